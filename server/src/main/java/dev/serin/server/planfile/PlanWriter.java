package dev.serin.server.planfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Forced;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Step;
import dev.serin.engine.slo.Objective;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Writes a plan as the API shows it: every default is there, shares are fractions, durations ISO
/// 8601. What is written reads back as an equal plan.
public final class PlanWriter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double EXACT = 1L << 53;

    private PlanWriter() {}

    public static String json(Plan plan) {
        try {
            return JSON.writeValueAsString(document(plan));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and numbers always become JSON", e);
        }
    }

    public static String yaml(Plan plan) {
        var settings =
                DumpSettings.builder()
                        .setSchema(new CoreSchema())
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setDereferenceAliases(true)
                        .build();
        return new Dump(settings).dumpToString(document(plan));
    }

    /// The fields of `file`: its plan's, and those that stand beside it.
    public static Map<String, @Nullable Object> document(PlanFile file) {
        var fields = document(file.plan());
        fields.put("team", file.team());
        fields.put("links", file.traceLink() == null ? null : Map.of("trace", file.traceLink()));
        fields.put("notify", file.addresses());
        fields.put("source", source(file.source()));
        fields.put("judge", judge(file.judge()));
        return fields;
    }

    /// The fields of `plan`, in the order in which a person reads them.
    public static Map<String, @Nullable Object> document(Plan plan) {
        var rules = plan.rules();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("route", plan.route());
        fields.put("baseline", plan.baseline());
        fields.put("candidate", plan.candidate());
        fields.put("steps", plan.steps().stream().map(PlanWriter::step).toList());
        fields.put("rollback", plan.conditions().stream().map(PlanWriter::condition).toList());
        fields.put("metrics", metrics(plan));
        fields.put("objectives", plan.objectives().stream().map(PlanWriter::objective).toList());
        fields.put("errorBudget", plan.errorBudget());
        fields.put("confidence", ordered("rollback", rules.rollback(), "promote", rules.promote()));
        fields.put("margin", number(rules.margin()));
        fields.put("minCalls", rules.minCalls());
        fields.put(
                "patience",
                ordered("time", rules.patience().toString(), "calls", rules.patienceCalls()));
        fields.put("exposure", exposure(plan.exposure()));
        fields.put("key", plan.key().name().toLowerCase(Locale.ROOT));
        var forced = plan.forced();
        fields.put("always", forced == null ? null : callers(forced.always()));
        fields.put("never", forced == null ? null : callers(forced.never()));
        fields.put(
                "approvals",
                ordered(
                        "count",
                        plan.approvals().count(),
                        "notBy",
                        plan.approvals().notByStarter() ? "starter" : null));
        fields.put("labels", labels(plan.labels()));
        return fields;
    }

    private static @Nullable List<Map<String, @Nullable Object>> callers(List<Forced.Who> callers) {
        return callers.isEmpty()
                ? null
                : callers.stream()
                        .map(who ->
                                switch (who) {
                                    case Forced.Header(var name, var values) ->
                                            ordered(
                                                    "header",
                                                    name,
                                                    "is",
                                                    values.isEmpty() ? null : values);
                                    case Forced.Keys(var keys) -> key(keys);
                                })
                        .toList();
    }

    private static @Nullable Map<String, @Nullable Object> labels(Plan.@Nullable Labels labels) {
        return labels == null
                ? null
                : ordered(
                        "share",
                        number(labels.share().fraction()),
                        "deadline",
                        labels.deadline().toString());
    }

    private static @Nullable Map<String, @Nullable Object> source(@Nullable Source source) {
        if (source == null) {
            return null;
        }
        var counts = new LinkedHashMap<String, @Nullable Object>();
        source.counts()
                .forEach(each ->
                        counts.put(
                                each.metric(), ordered("bad", each.bad(), "total", each.total())));
        source.rates().forEach(each -> counts.put(each.metric(), Map.of("rate", each.rate())));
        var fields = ordered("name", source.name(), "every", source.every().toString());
        fields.put("counts", counts);
        return fields;
    }

    private static @Nullable Map<String, @Nullable Object> judge(@Nullable RouteJudge judge) {
        if (judge == null) {
            return null;
        }
        var fields = ordered("model", judge.model(), "prompt", judge.prompt());
        fields.put("share", number(judge.share().fraction()));
        fields.put("label", judge.label());
        fields.put("usd", number(judge.usd()));
        return fields;
    }

    private static Map<String, @Nullable Object> step(Step step) {
        var fields = ordered("name", step.name(), "share", number(step.share().fraction()));
        fields.put("duration", step.duration().toString());
        fields.put("gate", gate(step.gate()));
        fields.put("mirror", number(step.mirror().fraction()));
        return fields;
    }

    private static @Nullable Map<String, @Nullable Object> gate(@Nullable Gate gate) {
        if (gate == null) {
            return null;
        }
        var fields = ordered("kind", "manual", "note", gate.note());
        fields.put("within", gate.within() == null ? null : gate.within().toString());
        fields.put("then", gate.then().name().toLowerCase(Locale.ROOT));
        return fields;
    }

    private static Map<String, @Nullable Object> condition(Condition condition) {
        var fields = ordered("when", condition.text(), "then", then(condition.then()));
        if (condition.cap() != null) {
            fields.put("cap", number(condition.cap()));
        }
        return fields;
    }

    /// A consequence as a plan writes it.
    static String then(Consequence consequence) {
        return switch (consequence) {
            case ROLL_BACK -> "rollback";
            case ASK -> "ask";
            case SHOW -> "show";
        };
    }

    private static Map<String, @Nullable Object> metrics(Plan plan) {
        var defined = new TreeMap<String, @Nullable Object>();
        for (var condition : plan.conditions()) {
            var metric = condition.metric();
            if (Metric.named(metric.name()).isEmpty()) {
                defined.put(metric.name(), definition(metric));
            }
        }
        return defined;
    }

    private static Map<String, @Nullable Object> definition(Metric metric) {
        return switch (metric) {
            case Metric.Rate(_, var label) -> Map.of("label", label);
            case Metric.Score(_, var label) -> Map.of("score", label);
            case Metric.Mean(_, Measure.Named(var number)) -> Map.of("number", number);
            case Metric.Percentile(_, Measure.Named(var number), double level) ->
                    ordered("number", number, "percentile", percent(level));
            case Metric.Percentile _, Metric.Mean _, Metric.CostPerSuccess _ ->
                    throw new IllegalArgumentException(metric.name() + " is no metric of a plan");
        };
    }

    private static Map<String, @Nullable Object> objective(Objective objective) {
        var fields =
                ordered(
                        "indicator",
                        Objectives.name(objective.indicator()),
                        "target",
                        objective.target());
        fields.put("within", within(objective));
        fields.put("window", objective.window().toString());
        return fields;
    }

    private static @Nullable Object within(Objective objective) {
        var within = objective.within();
        if (within == null) {
            return null;
        }
        return objective.indicator() == Objective.Indicator.RESPONSE_LATENCY
                ? Duration.ofNanos(Math.round(within * 1e6)).toString()
                : number(within);
    }

    private static @Nullable Map<String, @Nullable Object> exposure(Plan.@Nullable Exposure cap) {
        return cap == null ? null : ordered("badCalls", cap.badCalls(), "usd", cap.usd());
    }

    private static Map<String, @Nullable Object> ordered(
            String one, @Nullable Object first, String other, @Nullable Object second) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put(one, first);
        fields.put(other, second);
        return fields;
    }

    private static Map<String, @Nullable Object> key(List<String> keys) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("key", keys);
        return fields;
    }

    private static Object percent(double part) {
        return number(BigDecimal.valueOf(part).movePointRight(2).doubleValue());
    }

    private static Object number(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT
                ? (Object) (long) value
                : (Object) value;
    }
}
