package dev.serin.server.planform;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.slo.Objective;
import dev.serin.server.planfile.PlanFile;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanWriter;
import dev.serin.server.planform.PlanForm.ConditionRow;
import dev.serin.server.planform.PlanForm.More;
import dev.serin.server.planform.PlanForm.ObjectiveRow;
import dev.serin.server.planform.PlanForm.StepRow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Fills a form from a plan, as far as the form has fields for it.
final class Filling {

    /// Fields of a plan that the form has no field for, with what they are where they are left out.
    private static final Map<String, Object> USUAL =
            Map.ofEntries(
                    Map.entry("team", ""),
                    Map.entry("metrics", Map.of()),
                    Map.entry(
                            "confidence",
                            Map.of(
                                    "rollback",
                                    Plan.Rules.DEFAULT.rollback(),
                                    "promote",
                                    Plan.Rules.DEFAULT.promote())),
                    Map.entry("margin", 0L),
                    Map.entry("minCalls", Plan.Rules.DEFAULT.minCalls()),
                    Map.entry("key", "user"),
                    Map.entry("always", ""),
                    Map.entry("never", ""),
                    Map.entry("approvals", Map.of("count", 1)),
                    Map.entry("labels", ""),
                    Map.entry("judge", ""),
                    Map.entry("source", ""),
                    Map.entry("links", ""),
                    Map.entry("notify", List.of()));

    private static final Set<String> IN_USD =
            Set.of(Metric.AVG_COST_USD.name(), "avg_cost_usd_per_success");

    private final PlanFile file;
    private final Plan plan;
    private final Map<String, Double> caps;

    private Filling(PlanFile file) {
        this.file = file;
        this.plan = file.plan();
        this.caps = caps(plan.conditions());
    }

    static PlanForm of(PlanFile file) {
        return new Filling(file).form();
    }

    private PlanForm form() {
        return new PlanForm(
                plan.route(),
                plan.baseline().equals(PlanReader.ROUTES_MODEL) ? "" : plan.baseline(),
                plan.candidate(),
                plan.steps().stream()
                        .map(step ->
                                new StepRow(
                                        step.name(),
                                        Clause.percent(step.share().fraction()),
                                        time(step.duration()),
                                        step.gate() != null))
                        .toList(),
                plan.conditions().stream().map(this::row).toList(),
                plan.objectives().stream().map(Filling::objective).toList(),
                more(),
                rest());
    }

    /// With its cap, where the metric's other conditions have others.
    private ConditionRow row(Condition condition) {
        var row = Clause.row(condition);
        var cap = condition.cap();
        boolean ownCap =
                cap != null && !caps.containsKey(condition.metric().name()) && !isUsual(condition);
        return cap != null && ownCap ? row.withCap(Clause.plain(cap)) : row;
    }

    /// Whether a plan that gives no cap to the metric gives this one to its condition.
    private boolean isUsual(Condition condition) {
        return plan.conditions().stream()
                .filter(other -> other.metric().equals(condition.metric()))
                .allMatch(Filling::hasUsualCap);
    }

    private static ObjectiveRow objective(Objective objective) {
        var within = objective.within();
        var limit =
                switch (objective.indicator()) {
                    case RESPONSE_LATENCY ->
                            time(
                                    Duration.ofNanos(
                                            Math.round(Objects.requireNonNull(within) * 1e6)));
                    case COST_PER_TASK -> Clause.plain(Objects.requireNonNull(within));
                    case TASK_SUCCESS_RATE,
                            HALLUCINATION_RATE,
                            TOOL_CALL_ACCURACY,
                            POLICY_COMPLIANCE,
                            DELEGATION_DEPTH ->
                            "";
                };
        return new ObjectiveRow(
                objective.indicator().key(),
                Clause.percent(objective.target()),
                limit,
                time(objective.window()));
    }

    private More more() {
        var usual = Plan.Rules.DEFAULT;
        var rules = plan.rules();
        var budget = plan.errorBudget();
        var exposure = plan.exposure();
        return new More(
                budget == null ? "" : Clause.percent(budget),
                rules.patience().equals(usual.patience()) ? "" : time(rules.patience()),
                rules.patienceCalls() == usual.patienceCalls()
                        ? ""
                        : Long.toString(rules.patienceCalls()),
                exposure == null || exposure.badCalls() == null
                        ? ""
                        : exposure.badCalls().toString(),
                exposure == null || exposure.usd() == null ? "" : Clause.plain(exposure.usd()),
                isOneCapInUsd() ? Clause.plain(caps.values().iterator().next()) : "");
    }

    /// Whether one cap for all costs says the same; it would also cap those that need none.
    private boolean isOneCapInUsd() {
        return IN_USD.containsAll(caps.keySet())
                && new TreeSet<>(caps.values()).size() == 1
                && plan.conditions().stream()
                        .map(condition -> condition.metric().name())
                        .filter(IN_USD::contains)
                        .allMatch(caps::containsKey);
    }

    /// The caps that stand in no condition's limit, by metric.
    private static Map<String, Double> caps(List<Condition> conditions) {
        var caps = new TreeMap<String, Double>();
        conditions.stream()
                .filter(condition -> condition.cap() != null)
                .collect(Collectors.groupingBy(condition -> condition.metric().name()))
                .forEach((metric, of) -> {
                    var given = Objects.requireNonNull(of.getFirst().cap());
                    boolean agree = of.stream().allMatch(each -> given.equals(each.cap()));
                    boolean usual = of.stream().allMatch(Filling::hasUsualCap);
                    if (agree && !usual) {
                        caps.put(metric, given);
                    }
                });
        return caps;
    }

    private static boolean hasUsualCap(Condition condition) {
        return condition.limit() instanceof Limit.Absolute(double limit)
                && Objects.equals(condition.cap(), Condition.DEFAULT_CAP * limit);
    }

    private String rest() {
        var lines = new LinkedHashMap<String, @Nullable Object>();
        var document = PlanWriter.document(file);
        document.forEach((field, value) -> {
            var usual = USUAL.get(field);
            if (usual != null && value != null && !usual.equals(without(value))) {
                lines.put(field, value);
            }
        });
        if (!caps.isEmpty() && !isOneCapInUsd()) {
            lines.put("costCap", caps);
        }
        return lines.entrySet().stream()
                .map(field -> field.getKey() + ": " + Yaml.value(field.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /// `value` without what is null in it.
    private static Object without(Object value) {
        if (!(value instanceof Map<?, ?> fields)) {
            return value;
        }
        var told = new LinkedHashMap<Object, Object>();
        fields.forEach((name, each) -> {
            if (each != null) {
                told.put(name, each);
            }
        });
        return told;
    }

    /// `1h30m`, `500ms`, `0s`; a time below a millisecond as ISO 8601.
    private static String time(Duration time) {
        if (time.isZero()) {
            return "0s";
        }
        if (!time.equals(Duration.ofMillis(time.toMillis()))) {
            return time.toString();
        }
        return part(time.toDays(), "d")
                + part(time.toHoursPart(), "h")
                + part(time.toMinutesPart(), "m")
                + part(time.toSecondsPart(), "s")
                + part(time.toMillisPart(), "ms");
    }

    private static String part(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }
}
