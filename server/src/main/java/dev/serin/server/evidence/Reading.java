package dev.serin.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.engine.judge.Call;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads posted observations row by row: a row that is wrong does not take the others with it.
final class Reading {

    private static final Set<String> FIELDS =
            Set.of(
                    "id",
                    "arm",
                    "at",
                    "step",
                    "key",
                    "latencyMs",
                    "ttftMs",
                    "error",
                    "errorClass",
                    "costUsd",
                    "tokensIn",
                    "tokensOut",
                    "traceId",
                    "labels");

    private static final int MOST_TEXT = 200;
    private static final int MOST_LABELS = 32;

    private final List<Batch.Row> rows = new ArrayList<>();
    private final List<Answer.Refused> refused = new ArrayList<>();

    List<Batch.Row> rows() {
        return rows;
    }

    List<Answer.Refused> refused() {
        return refused;
    }

    /// An array of observations, or a single one.
    static Reading array(byte[] body) {
        var reading = new Reading();
        var json = Bodies.json(body);
        if (json.isObject()) {
            reading.take(0, json);
        } else if (json.isArray()) {
            int index = 0;
            for (var row : json) {
                reading.take(index++, row);
            }
        } else {
            throw ProblemException.badRequest("the body is to be an array of observations");
        }
        return reading;
    }

    /// One observation a line; empty lines count for nothing.
    static Reading lines(byte[] body) {
        var reading = new Reading();
        int index = 0;
        int from = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                var line = java.util.Arrays.copyOfRange(body, from, i);
                from = i + 1;
                if (!new String(line, StandardCharsets.UTF_8).isBlank()) {
                    reading.line(index++, line);
                }
            }
        }
        return reading;
    }

    private void line(int index, byte[] line) {
        try {
            take(index, Bodies.json(line));
        } catch (ProblemException e) {
            refused.add(new Answer.Refused(index, "", "the line is no JSON; " + e.getMessage()));
        }
    }

    private void take(int index, JsonNode json) {
        try {
            if (!(json instanceof ObjectNode row)) {
                throw new Wrong("", "an observation is a JSON object");
            }
            rows.add(new Batch.Row(index, seen(row)));
        } catch (Wrong e) {
            refused.add(new Answer.Refused(index, e.field, e.message));
        }
    }

    private static Seen seen(ObjectNode row) throws Wrong {
        for (var name : (Iterable<String>) row::fieldNames) {
            if (!FIELDS.contains(name)) {
                throw new Wrong(name, "no such field; known are " + sorted());
            }
        }
        amount(row, "tokensIn");
        var errorClass = text(row, "errorClass");
        var error = bool(row, "error");
        if (Boolean.FALSE.equals(error) && errorClass != null) {
            throw new Wrong("errorClass", "a call without an error has no errorClass");
        }
        var call =
                new Call(
                        (error == null && errorClass != null) ? Boolean.TRUE : error,
                        errorClass,
                        number(row, "latencyMs"),
                        number(row, "ttftMs"),
                        number(row, "costUsd"),
                        amount(row, "tokensOut"),
                        labels(row.get("labels")));
        return new Seen(
                text(row, "id"),
                arm(row),
                at(row),
                step(row),
                text(row, "key"),
                text(row, "traceId"),
                false,
                call);
    }

    private static Arm arm(ObjectNode row) throws Wrong {
        var value = text(row, "arm");
        return switch (value) {
            case null -> throw new Wrong("arm", "is missing; write baseline or candidate");
            case "baseline" -> Arm.BASELINE;
            case "candidate" -> Arm.CANDIDATE;
            default -> throw new Wrong("arm", value + " is no arm; write baseline or candidate");
        };
    }

    private static @Nullable Instant at(ObjectNode row) throws Wrong {
        var value = text(row, "at");
        if (value == null) {
            return null;
        }
        try {
            var at = OffsetDateTime.parse(value).toInstant();
            // PostgreSQL keeps microseconds; far years are nobody's.
            return at.truncatedTo(java.time.temporal.ChronoUnit.MICROS);
        } catch (DateTimeException | ArithmeticException e) {
            throw new Wrong("at", value + " is no RFC 3339 time such as 2026-03-01T12:00:00Z");
        }
    }

    private static @Nullable Integer step(ObjectNode row) throws Wrong {
        var value = present(row, "step");
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw new Wrong("step", "is the step's index, 0 or more, got " + shown(value));
        }
        return value.intValue();
    }

    private static Map<String, Boolean> labels(@Nullable JsonNode value) throws Wrong {
        var labels = new HashMap<String, Boolean>();
        if (value == null || value.isNull()) {
            return labels;
        }
        if (!value.isObject() || value.size() > MOST_LABELS) {
            throw new Wrong("labels", "is an object of at most 32 labels, each true for bad");
        }
        for (var field : value.properties()) {
            if (!field.getValue().isBoolean()
                    || field.getKey().isBlank()
                    || field.getKey().length() > MOST_TEXT) {
                throw new Wrong(
                        "labels." + cut(field.getKey()),
                        "is true for bad or false for good, got " + shown(field.getValue()));
            }
            labels.put(clean(field.getKey()), field.getValue().booleanValue());
        }
        return labels;
    }

    private static @Nullable Double number(ObjectNode row, String field) throws Wrong {
        var value = present(row, field);
        if (value == null) {
            return null;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
            throw new Wrong(field, "is a number, 0 or more, got " + shown(value));
        }
        return number;
    }

    private static @Nullable Long amount(ObjectNode row, String field) throws Wrong {
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

    private static @Nullable Boolean bool(ObjectNode row, String field) throws Wrong {
        var value = present(row, field);
        if (value != null && !value.isBoolean()) {
            throw new Wrong(field, "is true or false, got " + shown(value));
        }
        return value == null ? null : (Boolean) value.booleanValue();
    }

    private static @Nullable String text(ObjectNode row, String field) throws Wrong {
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
        if (!value.textValue().equals(clean(value.textValue()))) {
            throw new Wrong(field, "holds a character that cannot be stored");
        }
        return value.textValue();
    }

    /// PostgreSQL stores no NUL, and half a surrogate pair is no character.
    private static String clean(String text) {
        return new String(
                        text.replace("\0", "").getBytes(StandardCharsets.UTF_8),
                        StandardCharsets.UTF_8)
                .replace('\n', ' ');
    }

    private static @Nullable JsonNode present(ObjectNode row, String field) {
        var value = row.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static String shown(JsonNode value) {
        return cut(value.toString());
    }

    private static String cut(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static String sorted() {
        return String.join(", ", FIELDS.stream().sorted().toList());
    }

    /// A row that cannot be read.
    private static final class Wrong extends Exception {

        private final String field;
        private final String message;

        Wrong(String field, String message) {
            super(message, null, false, false);
            this.field = field;
            this.message = message;
        }
    }
}
