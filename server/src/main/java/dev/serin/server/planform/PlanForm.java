package dev.serin.server.planform;

import java.util.List;
import java.util.function.Predicate;

/// What stands in the form's fields, right or wrong; empty text where nothing does.
///
/// @param more the fields that a plan may leave out
/// @param rest further fields of the plan, as YAML
public record PlanForm(
        String route,
        String baseline,
        String candidate,
        List<StepRow> steps,
        List<ConditionRow> conditions,
        List<ObjectiveRow> objectives,
        More more,
        String rest) {

    static final int MOST_STEPS = 100;
    static final int MOST_CONDITIONS = 50;
    static final int MOST_OBJECTIVES = 20;

    /// A step.
    ///
    /// @param share in percent; the sign may be left out
    record StepRow(String name, String share, String duration, boolean gate) {

        static final StepRow EMPTY = new StepRow("", "", "", false);

        boolean isEmpty() {
            return equals(EMPTY);
        }
    }

    /// A condition.
    ///
    /// @param side `>=` or `<=`
    /// @param amount with its unit, such as `10%` or `5s`
    /// @param then `rollback`, `ask` or `show`
    /// @param cap of an average: the most that one call can measure, where that is this condition's own;
    ///     empty for the metric's
    record ConditionRow(
            String metric, String side, Against against, String amount, String then, String cap) {

        static final ConditionRow EMPTY =
                new ConditionRow("", ">=", Against.FIXED, "", Clause.ROLLBACK);

        ConditionRow(String metric, String side, Against against, String amount, String then) {
            this(metric, side, against, amount, then, "");
        }

        ConditionRow withCap(String other) {
            return new ConditionRow(metric, side, against, amount, then, other);
        }

        boolean isEmpty() {
            return metric.isEmpty() && amount.isEmpty();
        }
    }

    /// What a condition's amount is measured against.
    enum Against {
        FIXED,
        MORE,
        LESS,
        TIMES,
        /// The amount is the whole limit, as a plan writes it.
        FORMULA;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Against of(String key) {
            for (var each : values()) {
                if (each.key().equals(key)) {
                    return each;
                }
            }
            return FIXED;
        }
    }

    record ObjectiveRow(String indicator, String target, String within, String window) {

        static final ObjectiveRow EMPTY = new ObjectiveRow("", "", "", "");

        boolean isEmpty() {
            return equals(EMPTY);
        }
    }

    /// What a plan may leave out.
    ///
    /// @param costCap the most that one call can cost, in US dollars
    record More(
            String errorBudget,
            String patience,
            String patienceCalls,
            String badCalls,
            String usd,
            String costCap) {

        static final More EMPTY = new More("", "", "", "", "", "");

        boolean isEmpty() {
            return equals(EMPTY);
        }
    }

    public PlanForm {
        steps = List.copyOf(steps);
        conditions = List.copyOf(conditions);
        objectives = List.copyOf(objectives);
    }

    /// The usual steps and conditions; the names are left to who fills it in.
    public static PlanForm usual() {
        return new PlanForm(
                "",
                "",
                "",
                List.of(
                        new StepRow("baseline", "0%", "10m", false),
                        new StepRow("5% canary", "5%", "1h", false),
                        new StepRow("25% ramp", "25%", "1h", false),
                        new StepRow("50% ramp", "50%", "1h", true),
                        new StepRow("full", "100%", "1h", false)),
                List.of(
                        new ConditionRow("error_rate", ">=", Against.FIXED, "10%", Clause.ROLLBACK),
                        new ConditionRow(
                                "p95_latency_ms", ">=", Against.FIXED, "5s", Clause.ROLLBACK),
                        new ConditionRow("error_rate", ">=", Against.MORE, "2%", Clause.ROLLBACK)),
                List.of(),
                More.EMPTY,
                "");
    }

    PlanForm withSteps(List<StepRow> other) {
        return new PlanForm(route, baseline, candidate, other, conditions, objectives, more, rest);
    }

    PlanForm withConditions(List<ConditionRow> other) {
        return new PlanForm(route, baseline, candidate, steps, other, objectives, more, rest);
    }

    PlanForm withObjectives(List<ObjectiveRow> other) {
        return new PlanForm(route, baseline, candidate, steps, conditions, other, more, rest);
    }

    /// Whether a condition has a cap of its own, so that there is a field for them.
    boolean capsConditions() {
        return conditions.stream().anyMatch(condition -> !condition.cap().isEmpty());
    }

    /// Whether anything is said that only those ask for who know plans well.
    boolean saysMore() {
        return !more.isEmpty() || !rest.isBlank();
    }

    static <T> List<T> said(List<T> rows, Predicate<T> empty) {
        return rows.stream().filter(empty.negate()).toList();
    }
}
