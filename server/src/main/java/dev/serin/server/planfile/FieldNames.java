package dev.serin.server.planfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names that a group of fields knows.
public interface FieldNames {

    List<String> names();

    /// Other ways to write a name, with the name.
    Map<String, String> aliases();

    default boolean knows(String written) {
        return names().contains(written) || aliases().containsKey(written);
    }

    /// The name that `written` stands for.
    default String canonical(String written) {
        return aliases().getOrDefault(written, written);
    }

    default List<String> all() {
        var all = new ArrayList<>(names());
        all.addAll(aliases().keySet());
        return all;
    }

    /// What to do instead of writing `written`, where no name is near to it.
    default Optional<String> instead(String written) {
        return written.equals("<<")
                ? Optional.of("merge keys are not read, repeat the fields")
                : Optional.empty();
    }
}
