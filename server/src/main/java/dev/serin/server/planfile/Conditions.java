package dev.serin.server.planfile;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads `rollback`, and what belongs to it: `metrics` and `costCap`.
final class Conditions {

    static final Map<String, Consequence> CONSEQUENCES =
            Map.of(
                    "rollback", Consequence.ROLL_BACK,
                    "ask", Consequence.ASK,
                    "show", Consequence.SHOW);

    /// A cap that nobody gave, by the limit.
    private static final double CAP_BY_LIMIT = 5;

    private static final double MOST = 1e9;

    private final Section plan;
    private final Scalars scalars;
    private final Refusals refusals;
    private final ConditionText grammar;
    private final List<String> averages;
    private final Map<String, Placed<Double>> caps = new HashMap<>();

    Conditions(Section plan, Metrics.Defined metrics, Scalars scalars, Refusals refusals) {
        this.plan = plan;
        this.scalars = scalars;
        this.refusals = refusals;
        this.grammar = new ConditionText(scalars, metrics.byName());
        this.averages =
                metrics.byName().values().stream()
                        .filter(Conditions::needsCap)
                        .map(Metric::name)
                        .toList();
        caps.putAll(metrics.caps());
        var cap = plan.get("costCap");
        if (cap != null) {
            readCaps(cap);
        }
    }

    /// A condition before its cap is known.
    private record Draft(
            Value value,
            String path,
            ConditionText.Comparison of,
            Consequence then,
            @Nullable Placed<Double> cap) {}

    /// The conditions that could be read.
    List<Placed<Condition>> read() {
        var value =
                plan.need(
                        "rollback",
                        "without a condition nothing is judged; write - " + ConditionText.EXAMPLE);
        var field = plan.path("rollback");
        var items = value == null ? null : scalars.items(value, field, ConditionText.EXAMPLE);
        if (value == null || items == null) {
            return List.of();
        }
        if (items.isEmpty() || items.size() > Plan.MOST_CONDITIONS) {
            refusals.add(
                    value,
                    field,
                    items.isEmpty()
                            ? "without a condition nothing is judged; write - "
                                    + ConditionText.EXAMPLE
                            : "a plan has at most %d conditions, got %d; take some out"
                                    .formatted(Plan.MOST_CONDITIONS, items.size()));
            return List.of();
        }
        var drafts = new ArrayList<Draft>();
        for (int i = 0; i < items.size(); i++) {
            var draft = draft(items.get(i), "%s[%d]".formatted(field, i));
            if (draft != null) {
                drafts.add(draft);
            }
        }
        if (drafts.size() == items.size()
                && drafts.stream().allMatch(draft -> draft.then == Consequence.SHOW)) {
            refusals.add(
                    value,
                    field,
                    "all conditions only show, so nothing could stop the candidate; let one of"
                            + " them rollback or ask");
        }
        return conditions(drafts);
    }

    private @Nullable Draft draft(Value value, String path) {
        if (!(value instanceof Value.Fields)) {
            var comparison = grammar.read(value, path);
            return comparison == null
                    ? null
                    : new Draft(value, path, comparison, Consequence.ROLL_BACK, null);
        }
        var section = Section.open(value, Shape.CONDITION, path, refusals);
        if (section == null) {
            return null;
        }
        var when = section.get("when");
        var comparison = when == null ? inParts(section) : alone(section, when);
        var then = section.get("then");
        var consequence =
                then == null
                        ? Consequence.ROLL_BACK
                        : scalars.word(then, section.path("then"), CONSEQUENCES);
        var cap = section.get("cap");
        var most = cap == null ? null : scalars.positive(cap, section.path("cap"), "a cap", MOST);
        if (comparison == null || consequence == null) {
            return null;
        }
        if (cap != null && !needsCap(comparison.metric())) {
            return scalars.refuse(
                    cap, section.path("cap"), "only averages have a cap; leave it out");
        }
        return new Draft(
                value,
                path,
                comparison,
                consequence,
                cap == null || most == null ? null : Placed.at(cap, section.path("cap"), most));
    }

    private ConditionText.@Nullable Comparison alone(Section section, Value when) {
        for (var part : List.of("metric", "threshold", "comparator")) {
            var value = section.get(part);
            if (value != null) {
                refusals.add(
                        value, section.path(part), part + " stands beside when; keep one of them");
            }
        }
        return grammar.read(when, section.path("when"));
    }

    /// The original's way: metric, threshold, comparator.
    private ConditionText.@Nullable Comparison inParts(Section section) {
        var metricValue = section.need("metric", "write when: " + ConditionText.EXAMPLE);
        if (metricValue == null) {
            return null;
        }
        var threshold = section.need("threshold", "write threshold: 0.1");
        var comparator = section.get("comparator");
        var field = section.path("metric");
        var name = scalars.text(metricValue, field);
        var metric = name == null ? null : grammar.metric(metricValue, field, name);
        var sign =
                comparator == null ? "gte" : scalars.text(comparator, section.path("comparator"));
        var side =
                sign == null
                        ? null
                        : grammar.side(
                                comparator == null ? metricValue : comparator,
                                section.path("comparator"),
                                sign);
        if (metric == null || threshold == null || side == null) {
            return null;
        }
        var limit =
                grammar.limit(
                        threshold, section.path("threshold"), metric, side, threshold.shown());
        return limit == null ? null : new ConditionText.Comparison(metric, side, limit);
    }

    private List<Placed<Condition>> conditions(List<Draft> drafts) {
        var conditions = new ArrayList<Placed<Condition>>();
        for (var draft : drafts) {
            var cap = capOf(draft, drafts);
            if (needsCap(draft.of.metric()) && !isAbove(cap, draft)) {
                continue;
            }
            var condition =
                    new Condition(
                            draft.of.metric(),
                            draft.of.side(),
                            draft.of.limit(),
                            draft.then,
                            cap.map(Placed::it).orElse(null));
            boolean twice =
                    conditions.stream().anyMatch(c -> c.it().text().equals(condition.text()));
            if (twice) {
                refusals.add(
                        draft.value,
                        draft.path,
                        condition.text() + " stands there twice; take one out");
            } else {
                conditions.add(Placed.at(draft.value, draft.path, condition));
            }
        }
        return conditions;
    }

    private Optional<Placed<Double>> capOf(Draft draft, List<Draft> all) {
        if (!needsCap(draft.of.metric())) {
            return Optional.empty();
        }
        return Optional.ofNullable(draft.cap)
                .or(() -> Optional.ofNullable(caps.get(draft.of.metric().name())))
                .or(() -> byLimit(draft, draft))
                .or(() ->
                        all.stream()
                                .filter(o -> o.of.metric().equals(draft.of.metric()))
                                .flatMap(other -> byLimit(other, draft).stream())
                                .findFirst());
    }

    private static Optional<Placed<Double>> byLimit(Draft absolute, Draft draft) {
        return absolute.of.limit() instanceof Limit.Absolute(double limit)
                ? Optional.of(Placed.at(draft.value, draft.path, CAP_BY_LIMIT * limit))
                : Optional.empty();
    }

    private boolean isAbove(Optional<Placed<Double>> cap, Draft draft) {
        var name = draft.of.metric().name();
        if (cap.isEmpty()) {
            refusals.add(
                    draft.value,
                    draft.path,
                    "%1$s has no cap, so nobody could prove it small; write %2$s"
                                    .formatted(name, capOf(draft.of.metric()))
                            + " with the most that one call can measure");
            return false;
        }
        if (draft.of.limit() instanceof Limit.Absolute(double limit) && cap.get().it() <= limit) {
            refusals.add(
                    cap.get().place(),
                    cap.get().path(),
                    Scalars.plain(cap.get().it()),
                    "the cap %s is not above the limit %s of %s, which could never be met; write %s"
                            .formatted(
                                    Scalars.plain(cap.get().it()),
                                    Scalars.plain(limit),
                                    name,
                                    Scalars.plain(CAP_BY_LIMIT * limit)));
            return false;
        }
        return true;
    }

    private static String capOf(Metric metric) {
        var number = metric.number();
        return number == null
                ? "costCap: {%s: …}".formatted(metric.name())
                : "metrics: {%s: {number: %s, cap: …}}".formatted(metric.name(), number);
    }

    private void readCaps(Value value) {
        var field = plan.path("costCap");
        if (!(value instanceof Value.Fields(_, List<Value.Field> fields))) {
            var cap = scalars.positive(value, field, "a cap", MOST);
            if (cap != null) {
                caps.put(Metric.AVG_COST_USD.name(), Placed.at(value, field, cap));
                caps.put("avg_cost_usd_per_success", Placed.at(value, field, cap));
            }
            return;
        }
        for (var each : fields) {
            var path = field + "." + Refusals.quoted(each.name());
            if (!averages.contains(each.name())) {
                refusals.add(
                        each.place(),
                        path,
                        each.name(),
                        Refusals.quoted(each.name())
                                + " has no cap"
                                + Names.meant(each.name(), averages));
                continue;
            }
            var cap = scalars.positive(each.value(), path, "a cap", MOST);
            if (cap != null) {
                caps.put(each.name(), Placed.at(each.value(), path, cap));
            }
        }
    }

    private static boolean needsCap(Metric metric) {
        return switch (metric) {
            case Metric.Mean _, Metric.CostPerSuccess _ -> true;
            case Metric.Rate _, Metric.Score _, Metric.Percentile _ -> false;
        };
    }
}
