package dev.serin.server.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How labels look in the database. Calls from before labels could come late have bare verdicts.
final class LabelsJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String BESIDE = "beside";

    private LabelsJson() {}

    static @Nullable String write(CallLabels labels) {
        if (labels.byName().isEmpty()) {
            return null;
        }
        var all = JSON.createObjectNode();
        labels.byName()
                .forEach((name, kept) -> {
                    var one = all.putObject(name);
                    put(one, kept.verdict());
                    one.put("at", kept.at().toString());
                    if (kept.judge() != null) {
                        one.put("judge", kept.judge());
                    }
                    if (kept.version() != null) {
                        one.put("version", kept.version());
                    }
                    if (kept.counts()) {
                        one.put("counts", true);
                    }
                });
        return text(all);
    }

    /// @param at when the call began, for labels that say no time of their own
    static CallLabels read(@Nullable String stored, Instant at) {
        Map<String, CallLabels.Kept> byName = new HashMap<>();
        if (stored != null) {
            for (var field : tree(stored).properties()) {
                byName.put(field.getKey(), kept(field.getValue(), at));
            }
        }
        return CallLabels.of(byName);
    }

    /// @param beside what was said beside the verdict; null if nothing was
    static String write(Verdict verdict, Verdict.@Nullable Score beside) {
        var one = JSON.createObjectNode();
        put(one, verdict);
        if (beside != null) {
            one.put(BESIDE, beside.value());
        }
        return text(one);
    }

    static Verdict read(String stored) {
        return verdict(tree(stored));
    }

    /// What was said beside a verdict; null if nothing was.
    static Verdict.@Nullable Score readScore(String stored) {
        var beside = tree(stored).path(BESIDE);
        return beside.isNumber() ? new Verdict.Score(beside.doubleValue()) : null;
    }

    private static void put(ObjectNode into, Verdict verdict) {
        switch (verdict) {
            case Verdict.Mark(boolean bad) -> into.put("bad", bad);
            case Verdict.Score(double value) -> into.put("score", value);
            case Verdict.Failed _ -> into.put("failed", true);
        }
    }

    private static CallLabels.Kept kept(JsonNode value, Instant at) {
        if (value.isBoolean()) {
            return new CallLabels.Kept(
                    new Verdict.Mark(value.booleanValue()), null, null, at, false);
        }
        return new CallLabels.Kept(
                verdict(value),
                value.path("judge").textValue(),
                value.path("version").textValue(),
                Instant.parse(value.path("at").asText()),
                value.path("counts").booleanValue());
    }

    private static Verdict verdict(JsonNode value) {
        if (value.has("score")) {
            return new Verdict.Score(value.get("score").doubleValue());
        }
        return value.has("bad")
                ? new Verdict.Mark(value.get("bad").booleanValue())
                : new Verdict.Failed();
    }

    private static JsonNode tree(String stored) {
        try {
            return JSON.readTree(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored labels cannot be read", e);
        }
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text and numbers always become JSON", e);
        }
    }
}
