package dev.serin.server.planfile;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A group of fields with known names; unknown fields are refused when it is opened.
public final class Section {

    private final Value.Fields fields;
    private final String path;
    private final Refusals refusals;
    private final Map<String, Value.Field> byName = new HashMap<>();

    private Section(Value.Fields fields, String path, Refusals refusals) {
        this.fields = fields;
        this.path = path;
        this.refusals = refusals;
    }

    /// Opens `value` as a `shape`; null if it is no group of fields.
    public static @Nullable Section open(
            Value value, FieldNames shape, String path, Refusals refusals) {
        if (!(value instanceof Value.Fields fields)) {
            refusals.add(
                    value,
                    path.isEmpty() ? refusals.document() : path,
                    "%s stands where a group of fields belongs; write %s: …"
                            .formatted(value.kind(), shape.names().getFirst()));
            return null;
        }
        var section = new Section(fields, path, refusals);
        fields.fields().forEach(field -> section.take(field, shape));
        return section;
    }

    private void take(Value.Field field, FieldNames shape) {
        var written = field.name();
        if (!shape.knows(written)) {
            var plain = Refusals.quoted(written);
            var name = plain.isBlank() ? "\"%s\"".formatted(plain) : plain;
            refusals.add(
                    field.place(),
                    join(name),
                    written,
                    name + " is no field here" + unknown(written, shape));
            return;
        }
        var earlier = byName.putIfAbsent(shape.canonical(written), field);
        if (earlier != null) {
            refusals.add(
                    field.place(),
                    join(written),
                    field.value().shown(),
                    "%s says the same as %s in line %d; keep one of them"
                            .formatted(written, earlier.name(), earlier.place().line()));
        }
    }

    private static String unknown(String written, FieldNames shape) {
        return shape.instead(written)
                .map(mend -> "; " + mend)
                .orElseGet(() -> Names.meant(written, shape.all()));
    }

    /// The value of `name`; null if it was left out.
    public @Nullable Value get(String name) {
        var field = byName.get(name);
        return field == null || field.value() instanceof Value.Nothing ? null : field.value();
    }

    /// The value of `name`; null and refused if it was left out.
    public @Nullable Value need(String name, String mend) {
        var value = get(name);
        if (value == null) {
            var field = byName.get(name);
            refusals.add(
                    field == null ? fields.place() : field.place(),
                    path(name),
                    "",
                    "%s is missing; %s".formatted(name, mend));
        }
        return value;
    }

    public boolean has(String name) {
        return get(name) != null;
    }

    /// The path of `name` as the document writes it.
    public String path(String name) {
        var field = byName.get(name);
        return join(field == null ? name : field.name());
    }

    /// How the document writes `name`.
    public String written(String name) {
        var field = byName.get(name);
        return field == null ? name : field.name();
    }

    public Place place() {
        return fields.place();
    }

    /// Where the name of a field stands, or the section if it was left out.
    public Place placeOf(String name) {
        var field = byName.get(name);
        return field == null ? fields.place() : field.place();
    }

    private String join(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
