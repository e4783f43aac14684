package dev.serin.server.replay;

import dev.serin.engine.judge.Call;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A row's values by name, whatever the name's spelling: `latency_ms`, `latencyMs` and `Latency MS`
/// are one.
final class Fields {

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> spelled = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    /// Keeps a value; an empty one is none.
    void put(String name, @Nullable String value) {
        var key = key(name);
        known.add(key);
        if (value == null || value.isBlank()) {
            return;
        }
        values.put(key, value.strip());
        spelled.put(key, name);
    }

    /// The value of the first of these names that the row has.
    @Nullable Field first(String... names) {
        for (var name : names) {
            var value = values.get(name);
            if (value != null) {
                return new Field(spelled.getOrDefault(name, name), value);
            }
        }
        return null;
    }

    /// Whether the row has a place of one of these names, filled or not.
    boolean knows(String... names) {
        return Arrays.stream(names).anyMatch(known::contains);
    }

    static String key(String name) {
        var key = new StringBuilder(name.length());
        name.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetterOrDigit)
                .forEach(letter -> key.append((char) letter));
        return key.toString();
    }

    /// A value with the name that the file gives it.
    record Field(String name, String value) {

        /// The value as a number of 0 or more, times `unit`.
        double amount(double unit) throws UnreadableRow {
            double number;
            try {
                number = Double.parseDouble(value) * unit;
            } catch (NumberFormatException _) {
                throw new UnreadableRow("%s is a number, got %s".formatted(name, shown()));
            }
            if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
                throw new UnreadableRow(
                        "%s is a number, 0 or more, got %s".formatted(name, shown()));
            }
            return number;
        }

        /// The value as a score of 0 to 1.
        double score() throws UnreadableRow {
            double score = amount(1);
            if (score > 1) {
                throw new UnreadableRow("%s is a score of 0 to 1, got %s".formatted(name, shown()));
            }
            return score;
        }

        /// The value as a number of a plan's own.
        double number() throws UnreadableRow {
            double number = amount(1);
            if (number > Call.MOST_NUMBER) {
                throw new UnreadableRow(
                        "%s is 0 to %,.0f, got %s".formatted(name, Call.MOST_NUMBER, shown()));
            }
            return number;
        }

        boolean isTrue() throws UnreadableRow {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "true", "1", "1.0", "yes", "y" -> true;
                case "false", "0", "0.0", "no", "n" -> false;
                default ->
                        throw new UnreadableRow(
                                "%s is true or false, got %s".formatted(name, shown()));
            };
        }

        String shown() {
            return value.length() <= 40 ? value : value.substring(0, 39) + "…";
        }
    }
}
