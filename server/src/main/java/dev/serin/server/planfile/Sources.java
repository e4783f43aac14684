package dev.serin.server.planfile;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads `source`.
final class Sources {

    private static final int MOST_METRICS = 20;

    private static final String EXAMPLE =
            "write error_rate: {bad: …, total: …} with a query for each counter";

    private final Section plan;
    private final Scalars scalars;
    private final Refusals refusals;
    private final List<Source.Counts> counts = new ArrayList<>();
    private final List<Source.Rate> rates = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    Sources(Section plan, Scalars scalars, Refusals refusals) {
        this.plan = plan;
        this.scalars = scalars;
        this.refusals = refusals;
    }

    /// @param waitsForLabels whether the plan waits for labels of single calls
    @Nullable Source read(
            Metrics.Defined metrics,
            List<Placed<Condition>> conditions,
            boolean waitsForLabels,
            Known known) {
        var value = plan.get("source");
        var section = value == null ? null : Section.open(value, Shape.SOURCE, "source", refusals);
        if (section == null) {
            return null;
        }
        var name = name(section, known);
        var every = every(section);
        var asked = section.need("counts", EXAMPLE);
        if (asked instanceof Value.Fields(_, List<Value.Field> fields)) {
            if (fields.isEmpty() || fields.size() > MOST_METRICS) {
                scalars.refuse(
                        asked,
                        section.path("counts"),
                        "a source counts for 1 to %d metrics, got %d; %s"
                                .formatted(MOST_METRICS, fields.size(), EXAMPLE));
            }
            var of = new OfMetric(metrics, conditions, waitsForLabels);
            fields.forEach(of::read);
            onWhatNobodyCounts(conditions);
        } else if (asked != null) {
            scalars.refuse(asked, section.path("counts"), "metrics have names; " + EXAMPLE);
        }
        return name == null || every == null ? null : new Source(name, every, counts, rates);
    }

    List<Warning> warnings() {
        return warnings;
    }

    private @Nullable String name(Section section, Known known) {
        var value =
                section.need(
                        "name",
                        "write name: NAME, as serin.sources.NAME.url in the settings has it");
        var name = value == null ? null : scalars.name(value, section.path("name"));
        var there = known.sources();
        if (value == null || name == null || there == null || there.contains(name)) {
            return name;
        }
        return scalars.refuse(
                value,
                section.path("name"),
                there.isEmpty()
                        ? "this server has no source; an admin sets serin.sources.%s.url"
                                .formatted(Refusals.quoted(name))
                        : "%s is no source of this server%s"
                                .formatted(
                                        Refusals.quoted(name),
                                        Names.meant(name, new TreeSet<>(there))));
    }

    private @Nullable Duration every(Section section) {
        var value = section.get("every");
        if (value == null) {
            return Source.USUAL;
        }
        var every = scalars.someTime(value, section.path("every"));
        if (every == null
                || (every.compareTo(Source.SHORTEST) >= 0
                        && every.compareTo(Source.LONGEST) <= 0
                        && every.equals(Duration.ofSeconds(every.toSeconds())))) {
            return every;
        }
        return scalars.refuse(
                value,
                section.path("every"),
                "a source is asked every 10s to 1h, in whole seconds; write 30s");
    }

    private void onWhatNobodyCounts(List<Placed<Condition>> conditions) {
        var counted = new HashSet<String>();
        counts.forEach(each -> counted.add(each.metric()));
        for (var placed : conditions) {
            var condition = placed.it();
            if (condition.decides() && !counted.contains(condition.metric().name())) {
                warnings.add(
                        new Warning(
                                placed.place().line(),
                                placed.place().column(),
                                placed.path(),
                                "the source counts nothing for %1$s; without observations that tell it, it stays unsure"
                                        .formatted(condition.metric().name())));
            }
        }
    }

    /// Reads what is asked for one metric.
    private final class OfMetric {

        private final Metrics.Defined metrics;
        private final List<Placed<Condition>> conditions;
        private final boolean waitsForLabels;

        OfMetric(
                Metrics.Defined metrics,
                List<Placed<Condition>> conditions,
                boolean waitsForLabels) {
            this.metrics = metrics;
            this.conditions = conditions;
            this.waitsForLabels = waitsForLabels;
        }

        void read(Value.Field field) {
            var path = "source.counts." + Refusals.quoted(field.name());
            var metric = metrics.byName().get(field.name());
            if (metric == null) {
                refusals.add(
                        field.place(),
                        path,
                        field.name(),
                        "%s is no metric%s"
                                .formatted(
                                        Refusals.quoted(field.name()),
                                        Names.meant(field.name(), metrics.byName().keySet())));
                return;
            }
            var section = Section.open(field.value(), Shape.COUNTS, path, refusals);
            if (section == null) {
                return;
            }
            var rate = section.get("rate");
            if (rate != null) {
                rate(metric, section, rate);
            } else {
                counts(metric, section, field);
            }
        }

        private void rate(Metric metric, Section section, Value value) {
            var path = section.path("rate");
            if (section.has("bad") || section.has("total")) {
                scalars.refuse(value, path, "rate stands beside counters; keep bad and total");
                return;
            }
            if (of(metric).stream().anyMatch(Condition::decides)) {
                scalars.refuse(
                        value,
                        path,
                        "a bare rate can be shown, not judged: nobody knows of how many calls; write bad and total, or let %s only show (then: show)"
                                .formatted(metric.name()));
                return;
            }
            var query = query(value, path, Template.WORDS);
            if (query != null) {
                rates.add(new Source.Rate(metric.name(), query));
            }
        }

        private void counts(Metric metric, Section section, Value.Field field) {
            var badValue = section.need("bad", "write a query for the bad calls' counter");
            var totalValue = section.need("total", "write a query for all calls' counter");
            if (badValue == null || totalValue == null) {
                return;
            }
            var name = metric.name();
            switch (metric) {
                case Metric.Rate(_, var mark) -> {
                    if (waitsForLabels && metric.label() != null) {
                        refuse(
                                field,
                                "the plan waits for labels of single calls, and counters have none; leave labels out, or post the verdicts and leave "
                                        + name
                                        + " out here");
                        return;
                    }
                    var bad = query(badValue, section.path("bad"), Template.WORDS);
                    var total = query(totalValue, section.path("total"), Template.WORDS);
                    if (bad != null && total != null) {
                        counts.add(
                                new Source.Counts(
                                        name, new Track.Marked(mark).key(), null, bad, total));
                    }
                }
                case Metric.Percentile percentile ->
                        percentile(percentile, section, field, badValue, totalValue);
                case Metric.Mean _, Metric.Score _, Metric.CostPerSuccess _ ->
                        refuse(
                                field,
                                name
                                        + " is a mean, and two counters do not tell how far its values lie apart; post observations for it, or show its value with rate: …");
            }
        }

        private void percentile(
                Metric.Percentile metric,
                Section section,
                Value.Field field,
                Value badValue,
                Value totalValue) {
            var limits = new TreeSet<Double>();
            for (var condition : of(metric)) {
                if (condition.limit() instanceof Limit.Absolute(double limit)) {
                    limits.add(limit);
                } else if (condition.decides()) {
                    refuse(
                            field,
                            "%s compares whole distributions, and two counters answer only a fixed limit; write one such as %s >= 5s"
                                    .formatted(condition.text(), metric.name()));
                    return;
                }
            }
            if (limits.isEmpty()) {
                refuse(
                        field,
                        "no condition gives %1$s a fixed limit, so nobody knows which calls are bad; write one such as %1$s >= 5s"
                                .formatted(metric.name()));
                return;
            }
            var words = new TreeSet<>(Template.WORDS);
            words.addAll(Template.OF_LIMIT);
            var bad = query(badValue, section.path("bad"), words);
            var total = query(totalValue, section.path("total"), Template.WORDS);
            if (bad == null || total == null) {
                return;
            }
            if (limits.size() > 1
                    && Template.words(bad).stream().noneMatch(Template.OF_LIMIT::contains)) {
                scalars.refuse(
                        badValue,
                        section.path("bad"),
                        "%s has %d limits; write {{limit}} or {{limitSeconds}} where the query has one"
                                .formatted(metric.name(), limits.size()));
                return;
            }
            for (double limit : limits) {
                var track = new Track.Reaches(metric.of(), limit).key();
                counts.add(new Source.Counts(metric.name(), track, limit, bad, total));
            }
        }

        private List<Condition> of(Metric metric) {
            return conditions.stream()
                    .map(Placed::it)
                    .filter(condition -> condition.metric().equals(metric))
                    .toList();
        }

        private @Nullable String query(Value value, String path, Set<String> known) {
            var text = scalars.note(value, path);
            if (text == null) {
                return null;
            }
            var unknown = Template.unknown(text, known);
            if (unknown.isPresent()) {
                return scalars.refuse(
                        value,
                        path,
                        "{{%s}} stands for nothing here%s"
                                .formatted(
                                        Refusals.quoted(unknown.get()),
                                        Names.meant(unknown.get(), new TreeSet<>(known))));
            }
            var words = Template.words(text);
            if (!words.contains("arm") && !words.contains("model")) {
                return scalars.refuse(
                        value,
                        path,
                        "the query asks the same of both arms; write {{arm}} or {{model}} in it");
            }
            return text;
        }

        private void refuse(Value.Field field, String message) {
            refusals.add(field.place(), "source.counts." + field.name(), field.name(), message);
        }
    }
}
