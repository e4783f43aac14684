package dev.serin.server.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.planfile.PlanFile;
import dev.serin.server.planfile.Source;
import dev.serin.server.planfile.Template;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What has to be asked about a rollout, as it is stored beside it.
///
/// @param steps by their index, which arms get calls in them
@RegisterForReflection(
        targets = {
            Watching.class,
            Watching.Reached.class,
            Source.class,
            Source.Counts.class,
            Source.Rate.class
        })
record Watching(
        String route, String baseline, String candidate, List<Reached> steps, Source source) {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .findAndAddModules()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    record Reached(boolean baseline, boolean candidate) {}

    static Watching of(PlanFile file, Source source) {
        var plan = file.plan();
        return new Watching(
                plan.route(),
                plan.baseline(),
                plan.candidate(),
                plan.steps().stream().map(Watching::reached).toList(),
                source);
    }

    static Watching parse(String json) {
        try {
            return JSON.readValue(json, Watching.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored source cannot be read", e);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of text and numbers always become JSON", e);
        }
    }

    /// The arms that get calls in a step.
    List<Arm> arms(int step) {
        var arms = new ArrayList<Arm>();
        if (steps.get(step).candidate) {
            arms.add(Arm.CANDIDATE);
        }
        if (steps.get(step).baseline) {
            arms.add(Arm.BASELINE);
        }
        return arms;
    }

    /// `query` for one arm, in the source's language.
    ///
    /// @param limit of a percentile's condition; null for others
    String query(String query, Wire wire, UUID rollout, Arm arm, int step, @Nullable Double limit) {
        var values = new HashMap<String, String>();
        values.put("route", wire.escaped(route));
        values.put("rollout", rollout.toString());
        values.put("step", Integer.toString(step));
        values.put("window", Long.toString(source.every().toSeconds()));
        switch (arm) {
            case BASELINE -> {
                values.put("arm", "baseline");
                values.put("model", wire.escaped(baseline));
            }
            case CANDIDATE -> {
                values.put("arm", "candidate");
                values.put("model", wire.escaped(candidate));
            }
        }
        if (limit != null) {
            var number = BigDecimal.valueOf(limit);
            values.put("limit", plain(number));
            values.put("limitSeconds", plain(number.movePointLeft(3)));
        }
        return Template.fill(query, Map.copyOf(values));
    }

    private static Reached reached(Step step) {
        return new Reached(!step.share().equals(Share.ALL), step.reachesCandidate());
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
