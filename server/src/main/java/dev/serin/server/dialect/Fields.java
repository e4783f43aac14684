package dev.serin.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The fields of one object of a question, of which none may stay unread. A field that is null counts
/// as one that is not there.
final class Fields {

    private final JsonNode object;
    private final String path;
    private final Set<String> read = new HashSet<>();

    private Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /// @throws Untranslatable if `node` is no object
    static Fields of(JsonNode node, String path) throws Untranslatable {
        if (!node.isObject()) {
            throw new Untranslatable(path.isEmpty() ? "body" : path, "an object belongs here");
        }
        return new Fields(node, path);
    }

    /// The field's value; null if it is not there.
    @Nullable JsonNode take(String name) {
        read.add(name);
        var found = object.get(name);
        return found == null || found.isNull() ? null : found;
    }

    /// What a field says that the other API has no need of.
    void pass(String... names) {
        read.addAll(List.of(names));
    }

    /// A field that changes nothing with such a value, and cannot be translated with any other.
    void neutral(String name, Predicate<JsonNode> changesNothing, String why)
            throws Untranslatable {
        var found = take(name);
        if (found != null && !changesNothing.test(found)) {
            throw refuse(name, why);
        }
    }

    @Nullable String text(String name) throws Untranslatable {
        var found = take(name);
        if (found != null && !found.isTextual()) {
            throw refuse(name, "a text belongs here");
        }
        return found == null ? null : found.textValue();
    }

    String needed(String name) throws Untranslatable {
        var found = text(name);
        if (found == null) {
            throw refuse(name, "is missing");
        }
        return found;
    }

    boolean flag(String name) throws Untranslatable {
        var found = take(name);
        if (found != null && !found.isBoolean()) {
            throw refuse(name, "true or false belongs here");
        }
        return found != null && found.booleanValue();
    }

    @Nullable Fields object(String name) throws Untranslatable {
        var found = take(name);
        return found == null ? null : of(found, at(name));
    }

    /// The objects of a list; empty if it is not there.
    List<Fields> objects(String name) throws Untranslatable {
        var found = take(name);
        if (found == null) {
            return List.of();
        }
        if (!found.isArray()) {
            throw refuse(name, "a list belongs here");
        }
        var all = new ArrayList<Fields>();
        for (int i = 0; i < found.size(); i++) {
            all.add(of(found.get(i), at(name) + "[" + i + "]"));
        }
        return all;
    }

    /// @throws Untranslatable if a field was not read
    void end() throws Untranslatable {
        for (var names = object.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!read.contains(name) && !object.get(name).isNull()) {
                throw refuse(name, "the model's provider speaks an API that has no word for this");
            }
        }
    }

    Untranslatable refuse(String name, String why) {
        return new Untranslatable(at(name), why);
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// Where it stands itself.
    String path() {
        return path;
    }
}
