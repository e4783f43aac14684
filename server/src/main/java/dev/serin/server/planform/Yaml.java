package dev.serin.server.planform;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Single values as YAML, quoted only where they would else be read as something different.
final class Yaml {

    /// Text that stands for itself within brackets too.
    private static final Pattern PLAIN =
            Pattern.compile(
                    "[\\p{L}\\p{N}$](?:[\\p{L}\\p{M}\\p{N}\\p{So} _./%()+*=<>$@'-]"
                            + "|:(?=[\\p{L}\\p{N}/]))*");

    private static final Pattern SOMETHING_ELSE =
            Pattern.compile(
                    "null|Null|NULL|true|True|TRUE|false|False|FALSE"
                            + "|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                            + "|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private Yaml() {}

    /// `text` as a value that is read as text.
    static String text(String text) {
        return isPlain(text) && !SOMETHING_ELSE.matcher(text).matches() ? text : quoted(text);
    }

    /// `text` as a value that may be a number.
    static String number(String text) {
        return isPlain(text) ? text : quoted(text);
    }

    /// A value of a document; groups and lists stand within brackets.
    static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> text(text);
            case Double number -> Clause.plain(number);
            case Map<?, ?> fields ->
                    fields.entrySet().stream()
                            .filter(field -> field.getValue() != null)
                            .map(field ->
                                    text(String.valueOf(field.getKey()))
                                            + ": "
                                            + value(field.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
            case List<?> items ->
                    items.stream().map(Yaml::value).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    private static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && text.strip().equals(text);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(character -> {
                    switch (character) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        case '\t' -> quoted.append("\\t");
                        default -> {
                            if (mayStand(character)) {
                                quoted.appendCodePoint(character);
                            } else if (character > 0xFFFF) {
                                quoted.append("\\U%08X".formatted(character));
                            } else {
                                quoted.append("\\u%04X".formatted(character));
                            }
                        }
                    }
                });
        return quoted.append('"').toString();
    }

    private static boolean mayStand(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE ->
                    false;
            default -> true;
        };
    }
}
