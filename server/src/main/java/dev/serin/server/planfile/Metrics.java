package dev.serin.server.planfile;

import dev.serin.engine.judge.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `metrics`.
final class Metrics {

    private static final Pattern METRIC_NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    private final Section plan;
    private final Scalars scalars;
    private final Refusals refusals;

    Metrics(Section plan, Scalars scalars, Refusals refusals) {
        this.plan = plan;
        this.scalars = scalars;
        this.refusals = refusals;
    }

    /// The standard metrics and those that the plan defines, by name.
    Map<String, Metric> read() {
        var metrics = new LinkedHashMap<String, Metric>();
        Metric.standard().forEach(metric -> metrics.put(metric.name(), metric));
        var value = plan.get("metrics");
        if (value == null) {
            return metrics;
        }
        if (!(value instanceof Value.Fields(_, List<Value.Field> fields))) {
            refusals.add(
                    value,
                    "metrics",
                    "metrics have names; write complaint_rate: { label: complaint }");
            return metrics;
        }
        for (var field : fields) {
            var metric = metric(field, metrics);
            if (metric != null) {
                metrics.put(metric.name(), metric);
            }
        }
        return metrics;
    }

    private @Nullable Metric metric(Value.Field field, Map<String, Metric> known) {
        var path = "metrics." + Refusals.quoted(field.name());
        var name = new Value.Text(field.place(), field.name());
        if (!METRIC_NAME.matcher(field.name()).matches()) {
            return scalars.refuse(
                    name, path, "a metric's name is made of a-z, 0-9 and _; write complaint_rate");
        }
        if (known.containsKey(field.name())) {
            return scalars.refuse(
                    name,
                    path,
                    field.name() + " is a metric of its own already; write another name");
        }
        var section = Section.open(field.value(), Shape.METRIC, path, refusals);
        if (section == null) {
            return null;
        }
        var score = section.get("score");
        if (score != null && section.has("label")) {
            return scalars.refuse(
                    score,
                    section.path("score"),
                    "score stands beside label; a metric counts verdicts or averages scores, keep"
                            + " one of them");
        }
        return score == null
                ? rate(field.name(), section, known)
                : score(field.name(), section, score, known);
    }

    private @Nullable Metric rate(String name, Section section, Map<String, Metric> known) {
        var value = section.need("label", "write label: complaint, or score: quality");
        var label = value == null ? null : scalars.name(value, section.path("label"));
        if (value == null || label == null) {
            return null;
        }
        if (label.equals(Metric.Rate.ERROR)) {
            return scalars.refuse(
                    value, section.path("label"), "error is no label; use error_rate");
        }
        boolean isScore =
                known.values().stream()
                        .anyMatch(metric ->
                                metric instanceof Metric.Score(_, var other)
                                        && other.equals(label));
        return isScore
                ? scalars.refuse(
                        value,
                        section.path("label"),
                        label + " is a score in another metric; give the verdict a name of its own")
                : new Metric.Rate(name, label);
    }

    private @Nullable Metric score(
            String name, Section section, Value value, Map<String, Metric> known) {
        var label = scalars.name(value, section.path("score"));
        if (label == null) {
            return null;
        }
        boolean isVerdict =
                label.equals(Metric.Rate.ERROR)
                        || known.values().stream()
                                .anyMatch(metric ->
                                        metric instanceof Metric.Rate
                                                && label.equals(metric.label()));
        return isVerdict
                ? scalars.refuse(
                        value,
                        section.path("score"),
                        label + " is true or false already; give the score a name of its own")
                : new Metric.Score(name, label);
    }
}
