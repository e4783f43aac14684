package dev.serin.server.evidence;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
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
        return text(json -> {
            for (var label : labels.byName().entrySet()) {
                json.writeObjectFieldStart(label.getKey());
                write(json, label.getValue());
                json.writeEndObject();
            }
        });
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
        return text(json -> {
            write(json, verdict);
            if (beside != null) {
                json.writeNumberField(BESIDE, beside.value());
            }
        });
    }

    static Verdict read(String stored) {
        return verdict(tree(stored));
    }

    /// What was said beside a verdict; null if nothing was.
    static Verdict.@Nullable Score readScore(String stored) {
        var beside = tree(stored).path(BESIDE);
        return beside.isNumber() ? new Verdict.Score(beside.doubleValue()) : null;
    }

    private static void write(JsonGenerator json, CallLabels.Kept kept) throws IOException {
        write(json, kept.verdict());
        json.writeStringField("at", kept.at().toString());
        if (kept.judge() != null) {
            json.writeStringField("judge", kept.judge());
        }
        if (kept.version() != null) {
            json.writeStringField("version", kept.version());
        }
        if (kept.counts()) {
            json.writeBooleanField("counts", true);
        }
    }

    private static void write(JsonGenerator json, Verdict verdict) throws IOException {
        switch (verdict) {
            case Verdict.Mark(boolean bad) -> json.writeBooleanField("bad", bad);
            case Verdict.Score(double value) -> json.writeNumberField("score", value);
            case Verdict.Failed _ -> json.writeBooleanField("failed", true);
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

    /// What the fields of one object are.
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /// Written without a tree: each call that brings labels comes by here.
    private static String text(Fields fields) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("text and numbers always become JSON", e);
        }
        return text.toString();
    }
}
