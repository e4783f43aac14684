package dev.serin.server.planfile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The groups of fields that a plan's document has, with the names that each knows. The names of
/// the original description are read too.
@SuppressWarnings("ImmutableEnumChecker") // List.of and Map.of do not change
enum Shape implements FieldNames {
    PLAN(
            List.of(
                    "route",
                    "baseline",
                    "candidate",
                    "team",
                    "steps",
                    "rollback",
                    "metrics",
                    "objectives",
                    "errorBudget",
                    "confidence",
                    "margin",
                    "costCap",
                    "minCalls",
                    "patience",
                    "exposure",
                    "key",
                    "always",
                    "never",
                    "approvals",
                    "labels",
                    "judge",
                    "source",
                    "links",
                    "notify"),
            Map.of(
                    "rollback_conditions", "rollback",
                    "rollbackConditions", "rollback",
                    "error_budget", "errorBudget")),
    STEP(
            List.of("name", "share", "duration", "gate", "mirror"),
            Map.of(
                    "weight", "share",
                    "duration_seconds", "duration",
                    "durationSeconds", "duration",
                    "manual_gate", "gate",
                    "manualGate", "gate")),
    GATE(List.of("kind", "note", "within", "then"), Map.of()),
    CONDITION(List.of("when", "metric", "threshold", "comparator", "then", "cap"), Map.of()),
    METRIC(List.of("label", "score", "number", "percentile", "cap"), Map.of()),
    OBJECTIVE(List.of("indicator", "target", "within", "window"), Map.of()),
    CONFIDENCE(List.of("rollback", "promote"), Map.of()),
    PATIENCE(List.of("time", "calls"), Map.of()),
    EXPOSURE(List.of("badCalls", "usd"), Map.of()),
    CALLERS(List.of("header", "is", "key"), Map.of()),
    APPROVALS(List.of("count", "notBy", "within"), Map.of()),
    LABELS(List.of("share", "deadline"), Map.of()),
    JUDGE(List.of("model", "prompt", "share", "label", "usd"), Map.of()),
    SOURCE(List.of("name", "every", "counts"), Map.of()),
    COUNTS(List.of("bad", "total", "rate"), Map.of()),
    LINKS(List.of("trace"), Map.of());

    /// The path of the document itself.
    static final String WHOLE = Refusals.PLAN;

    private final List<String> names;
    private final Map<String, String> aliases;

    Shape(List<String> names, Map<String, String> aliases) {
        this.names = names;
        this.aliases = aliases;
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public Map<String, String> aliases() {
        return aliases;
    }

    @Override
    public Optional<String> instead(String written) {
        return written.equals("analysis")
                ? Optional.of("write it as a condition under rollback")
                : FieldNames.super.instead(written);
    }
}
