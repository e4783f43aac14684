package dev.serin.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.engine.judge.Call;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a posted row. What is null is left out.
final class RowFields {

    static final int MOST_TEXT = 200;
    static final int MOST_LABELS = 32;
    static final int MOST_NUMBERS = 32;

    /// RFC 3339 writes years with four digits, and PostgreSQL has no year 0.
    private static final Instant FIRST_YEAR = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST_YEAR = Instant.parse("9999-01-01T00:00:00Z");

    private RowFields() {}

    static @Nullable Instant at(ObjectNode row) throws Wrong {
        var value = text(row, "at");
        if (value == null) {
            return null;
        }
        try {
            var at = OffsetDateTime.parse(value).toInstant();
            if (!at.isBefore(FIRST_YEAR) && at.isBefore(LAST_YEAR)) {
                // PostgreSQL keeps microseconds.
                return at.truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException _) {
            // told below, like a year that cannot be stored
        }
        throw new Wrong("at", value + " is no RFC 3339 time such as 2026-03-01T12:00:00Z");
    }

    static @Nullable Double number(ObjectNode row, String field) throws Wrong {
        var value = present(row, field);
        if (value == null) {
            return null;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= 0 && number <= Call.MOST_NUMBER)) {
            throw new Wrong(
                    field,
                    "is a number from 0 to %.0f, got %s".formatted(Call.MOST_NUMBER, shown(value)));
        }
        return number;
    }

    static @Nullable Long amount(ObjectNode row, String field) throws Wrong {
        var value = present(row, field);
        if (value == null) {
            return null;
        }
        boolean whole = value.isIntegralNumber() || (value.isNumber() && isWhole(value));
        if (!whole || !value.canConvertToLong() || value.longValue() < 0) {
            throw new Wrong(field, "is a whole number, 0 or more, got " + shown(value));
        }
        return value.longValue();
    }

    private static boolean isWhole(JsonNode value) {
        return value.doubleValue() == Math.rint(value.doubleValue());
    }

    static @Nullable Boolean bool(ObjectNode row, String field) throws Wrong {
        var value = present(row, field);
        if (value != null && !value.isBoolean()) {
            throw new Wrong(field, "is true or false, got " + shown(value));
        }
        return value == null ? null : (Boolean) value.booleanValue();
    }

    static @Nullable String text(ObjectNode row, String field) throws Wrong {
        var value = present(row, field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new Wrong(field, "is a text, got " + shown(value));
        }
        if (value.textValue().length() > MOST_TEXT) {
            throw new Wrong(field, "has at most %d characters".formatted(MOST_TEXT));
        }
        if (!isClean(value.textValue())) {
            throw new Wrong(field, "holds a character that cannot be stored");
        }
        return value.textValue();
    }

    /// Whether [#clean] would leave it as it is.
    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c == '\n' || Character.isSurrogate(c)) {
                return text.equals(clean(text));
            }
        }
        return true;
    }

    /// PostgreSQL stores no NUL, and half a surrogate pair is no character.
    static String clean(String text) {
        return new String(
                        text.replace("\0", "").getBytes(StandardCharsets.UTF_8),
                        StandardCharsets.UTF_8)
                .replace('\n', ' ');
    }

    static @Nullable JsonNode present(ObjectNode row, String field) {
        var value = row.get(field);
        return value == null || value.isNull() ? null : value;
    }

    static String shown(JsonNode value) {
        return cut(value.toString());
    }

    static String cut(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /// Refuses a row that has other fields than `known`.
    static void refuseOthers(ObjectNode row, Set<String> known) throws Wrong {
        for (var name : (Iterable<String>) row::fieldNames) {
            if (!known.contains(name)) {
                throw new Wrong(
                        name,
                        "no such field; known are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    /// A verdict on an answer: true for bad, false for good, or a score of 0 to 1.
    static Verdict verdict(String field, JsonNode value) throws Wrong {
        if (value.isBoolean()) {
            return new Verdict.Mark(value.booleanValue());
        }
        double score = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(score >= 0 && score <= 1)) {
            throw new Wrong(
                    field,
                    "is true for bad, false for good, or a score of 0 to 1, got " + shown(value));
        }
        return new Verdict.Score(score);
    }

    /// The name of a label as it is stored.
    static String labelName(String name, String field) throws Wrong {
        return name(name, field, "a label");
    }

    /// A name of the caller's own as it is stored.
    static String name(String name, String field, String whose) throws Wrong {
        if (name.isBlank() || name.length() > MOST_TEXT) {
            throw new Wrong(
                    field,
                    "%s's name has 1 to %d characters, got %d; write one of that length"
                            .formatted(whose, MOST_TEXT, name.length()));
        }
        return clean(name);
    }
}
