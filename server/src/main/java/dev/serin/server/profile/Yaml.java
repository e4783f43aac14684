package dev.serin.server.profile;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Values in one line of YAML.
final class Yaml {

    /// Text that reads back as text without quotes.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*|[0-9.]+%");

    private static final Pattern WORD = Pattern.compile("(?i)true|false|null");

    private Yaml() {}

    static String line(Object value) {
        return switch (value) {
            case Map<?, ?> fields ->
                    fields.entrySet().stream()
                            .map(it -> text(it.getKey().toString()) + ": " + line(it.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
            case List<?> items ->
                    items.stream().map(Yaml::line).collect(Collectors.joining(", ", "[", "]"));
            case Double number -> Spread.plain(number);
            default -> text(value.toString());
        };
    }

    static String text(String text) {
        return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(it -> {
                    if (it == '"' || it == '\\') {
                        quoted.append('\\').appendCodePoint(it);
                    } else if (it < 0x20 || (it >= 0x7F && it < 0xA0)) {
                        quoted.append("\\u%04x".formatted(it));
                    } else {
                        quoted.appendCodePoint(it);
                    }
                });
        return quoted.append('"').toString();
    }
}
