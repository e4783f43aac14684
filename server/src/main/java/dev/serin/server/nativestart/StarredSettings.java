package dev.serin.server.nativestart;

import io.smallrye.config.PropertyName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of settings whose names hold a star, found by the first two words of a name.
///
/// The map that they come from compares a name with nearly every key that it has: any key may equal any name, so
/// that all with the same brackets share one hash.
final class StarredSettings {

    private final Map<PropertyName, String> all;
    private final Map<String, List<Starred>> byWords = new HashMap<>();
    private final List<Starred> starredEarly = new ArrayList<>();

    /// @param begin what stands before the star
    private record Starred(String begin, PropertyName name, String value) {

        /// As a map has it: of another hash, nothing is found, whatever it equals.
        boolean isOf(String asked, PropertyName name) {
            return asked.startsWith(begin)
                    && name.hashCode() == this.name.hashCode()
                    && name.equals(this.name);
        }
    }

    /// @param all stays as it is while this is asked
    StarredSettings(Map<PropertyName, String> all) {
        this.all = all;
        for (var setting : all.entrySet()) {
            var name = setting.getKey().getName();
            var begin = name.substring(0, name.indexOf('*'));
            int end = afterTwoWords(name);
            var near =
                    end < begin.length()
                            ? byWords.computeIfAbsent(
                                    name.substring(0, end), _ -> new ArrayList<>())
                            : starredEarly;
            near.add(new Starred(begin, setting.getKey(), setting.getValue()));
        }
    }

    /// What the map answers for this name.
    @Nullable String get(String name) {
        var asked = new PropertyName(name);
        if (name.indexOf('*') >= 0) {
            return all.get(asked);
        }
        var near = byWords.getOrDefault(name.substring(0, afterTwoWords(name)), List.of());
        Starred found = null;
        for (var settings : List.of(near, starredEarly)) {
            for (var setting : settings) {
                if (setting.isOf(name, asked)) {
                    if (found != null) {
                        // Which of several it takes, only the map can tell.
                        return all.get(asked);
                    }
                    found = setting;
                }
            }
        }
        return found == null ? null : found.value;
    }

    /// Where the second word of a name ends.
    private static int afterTwoWords(String name) {
        int second = name.indexOf('.', name.indexOf('.') + 1);
        return second < 0 ? name.length() : second;
    }
}
