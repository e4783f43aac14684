package dev.serin.server.evidence;

import static dev.serin.server.evidence.RowFields.amount;
import static dev.serin.server.evidence.RowFields.at;
import static dev.serin.server.evidence.RowFields.bool;
import static dev.serin.server.evidence.RowFields.cut;
import static dev.serin.server.evidence.RowFields.number;
import static dev.serin.server.evidence.RowFields.present;
import static dev.serin.server.evidence.RowFields.shown;
import static dev.serin.server.evidence.RowFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.engine.judge.Call;
import dev.serin.engine.traffic.Arm;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a posted observation.
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
                    "labels",
                    "numbers",
                    "forced");

    private Reading() {}

    static Batch.Row row(int index, ObjectNode row) throws Wrong {
        return new Batch.Row(index, seen(row));
    }

    private static Seen seen(ObjectNode row) throws Wrong {
        RowFields.refuseOthers(row, FIELDS);
        amount(row, "tokensIn");
        var errorClass = text(row, "errorClass");
        var error = bool(row, "error");
        if (Boolean.FALSE.equals(error) && errorClass != null) {
            throw new Wrong("errorClass", "a call without an error has no errorClass");
        }
        var marks = new HashMap<String, Boolean>();
        var scores = new HashMap<String, Double>();
        labels(row.get("labels"), marks, scores);
        var call =
                new Call(
                        (error == null && errorClass != null) ? Boolean.TRUE : error,
                        // Under another name its latency, which is known to be as bad, counted
                        // nowhere.
                        errorClass != null && ErrorTypes.isTimeout(errorClass)
                                ? Call.TIMEOUT
                                : errorClass,
                        number(row, "latencyMs"),
                        number(row, "ttftMs"),
                        number(row, "costUsd"),
                        amount(row, "tokensOut"),
                        marks,
                        scores,
                        numbers(row.get("numbers")),
                        false);
        return new Seen(
                text(row, "id"),
                arm(row),
                at(row),
                step(row),
                text(row, "key"),
                text(row, "traceId"),
                false,
                Boolean.TRUE.equals(bool(row, "forced")),
                Moment.ENDED,
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

    private static Map<String, Double> numbers(@Nullable JsonNode value) throws Wrong {
        if (value == null || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject() || value.size() > RowFields.MOST_NUMBERS) {
            throw new Wrong(
                    "numbers",
                    "is an object of at most %d numbers by name, such as {\"output_words\": 180}, got %s"
                            .formatted(
                                    RowFields.MOST_NUMBERS,
                                    value.isObject() ? value.size() + " of them" : shown(value)));
        }
        var numbers = new HashMap<String, Double>();
        for (var field : value.properties()) {
            var path = "numbers." + cut(field.getKey());
            var name = RowFields.name(field.getKey(), path, "a number");
            if (!field.getValue().isNull()) {
                numbers.put(name, own(path, field.getValue()));
            }
        }
        return numbers;
    }

    private static double own(String path, JsonNode value) throws Wrong {
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= 0 && number <= Call.MOST_NUMBER)) {
            throw new Wrong(
                    path,
                    "is a number from 0 to %.0f, got %s; count it in another unit, or leave it out"
                            .formatted(Call.MOST_NUMBER, shown(value)));
        }
        return number;
    }

    private static void labels(
            @Nullable JsonNode value, Map<String, Boolean> marks, Map<String, Double> scores)
            throws Wrong {
        if (value == null || value.isNull()) {
            return;
        }
        if (!value.isObject() || value.size() > RowFields.MOST_LABELS) {
            throw new Wrong(
                    "labels",
                    "is an object of at most %d labels, each true for bad, or a score of 0 to 1"
                            .formatted(RowFields.MOST_LABELS));
        }
        for (var field : value.properties()) {
            var path = "labels." + cut(field.getKey());
            var name = RowFields.labelName(field.getKey(), path);
            switch (RowFields.verdict(path, field.getValue())) {
                case Verdict.Mark(boolean bad) -> marks.put(name, bad);
                case Verdict.Score(double score) -> scores.put(name, score);
                case Verdict.Failed _ -> {}
            }
        }
    }
}
