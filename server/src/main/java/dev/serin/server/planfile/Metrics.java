package dev.serin.server.planfile;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `metrics`.
final class Metrics {

    /// What a metric is of.
    private static final List<String> KINDS = List.of("label", "score", "number");

    private static final List<String> OF_NUMBERS = List.of("percentile", "cap");

    private static final Pattern METRIC_NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    private final Section plan;
    private final Scalars scalars;
    private final Refusals refusals;
    private final Map<String, Placed<Double>> caps = new HashMap<>();

    Metrics(Section plan, Scalars scalars, Refusals refusals) {
        this.plan = plan;
        this.scalars = scalars;
        this.refusals = refusals;
    }

    /// What the plan may limit.
    ///
    /// @param byName the standard metrics and those that the plan defines
    /// @param caps the most that one call can measure, by the metric's name, where the definition says
    record Defined(Map<String, Metric> byName, Map<String, Placed<Double>> caps) {}

    Defined read() {
        return new Defined(metrics(), caps);
    }

    private Map<String, Metric> metrics() {
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
        var kinds = KINDS.stream().filter(section::has).toList();
        if (kinds.size() > 1) {
            var second = kinds.get(1);
            return scalars.refuse(
                    Objects.requireNonNull(section.get(second)),
                    section.path(second),
                    "%s stands beside %s; a metric is of one of them, keep one"
                            .formatted(second, kinds.getFirst()));
        }
        var number = section.get("number");
        if (number != null) {
            return number(field.name(), section, number);
        }
        for (var only : OF_NUMBERS) {
            var value = section.get(only);
            if (value != null) {
                return scalars.refuse(
                        value,
                        section.path(only),
                        only + " belongs to a number; write number: output_words, or leave it out");
            }
        }
        var score = section.get("score");
        return score == null
                ? rate(field.name(), section, known)
                : score(field.name(), section, score, known);
    }

    /// A percentile of a number, or else its mean.
    private @Nullable Metric number(String name, Section section, Value value) {
        var number = scalars.name(value, section.path("number"));
        var level = section.get("percentile");
        var cap = section.get("cap");
        if (number == null) {
            return null;
        }
        var of = new Measure.Named(number);
        if (level != null) {
            var part = level(level, section.path("percentile"));
            if (cap != null) {
                return scalars.refuse(
                        cap, section.path("cap"), "only averages have a cap; leave it out");
            }
            return part == null ? null : new Metric.Percentile(name, of, part);
        }
        if (cap != null) {
            var most = scalars.positive(cap, section.path("cap"), "a cap", Call.MOST_NUMBER);
            if (most == null) {
                return null;
            }
            caps.put(name, Placed.at(cap, section.path("cap"), most));
        }
        return new Metric.Mean(name, of);
    }

    private @Nullable Double level(Value value, String field) {
        var rule = "a percentile is 1 to 99.99; write percentile: 95";
        var amount = Amount.parse(value.shown());
        if (amount == null || !(amount.unit().isEmpty() || amount.isPercent())) {
            return scalars.refuse(value, field, rule);
        }
        double percent = amount.number().doubleValue();
        return percent >= 1 && percent <= 99.99
                ? (Double) amount.number().movePointLeft(2).doubleValue()
                : scalars.<Double>refuse(value, field, rule);
    }

    private @Nullable Metric rate(String name, Section section, Map<String, Metric> known) {
        var value =
                section.need(
                        "label", "write label: complaint, score: quality or number: output_words");
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
