package dev.serin.server.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Forced;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.slo.Objective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

public class PlanWriterProperties {

    @Property(tries = 100) // a plan written as JSON reads back as the same plan
    void jsonReadsBack(@ForAll("plans") Plan plan) {
        assertThat(Documents.plan(PlanWriter.json(plan))).isEqualTo(plan);
    }

    @Property(tries = 100) // a plan written as YAML reads back as the same plan
    void yamlReadsBack(@ForAll("plans") Plan plan) {
        assertThat(Documents.plan(PlanWriter.yaml(plan))).isEqualTo(plan);
    }

    @Provide
    public Arbitrary<Plan> plans() {
        return Combinators.combine(steps(), conditions(), objectives(), rules(), extras())
                .as((steps, conditions, objectives, rules, extras) ->
                        new Plan(
                                extras.route,
                                "openai/gpt-3.5-turbo",
                                extras.candidate,
                                steps,
                                conditions,
                                objectives,
                                extras.budget,
                                rules,
                                extras.exposure,
                                extras.key,
                                extras.approvals,
                                extras.labels,
                                extras.forced));
    }

    private record Extras(
            String route,
            String candidate,
            Double budget,
            Plan.Exposure exposure,
            Plan.Key key,
            Plan.Approvals approvals,
            Plan.Labels labels,
            Forced forced) {}

    private static Arbitrary<Extras> extras() {
        return Combinators.combine(
                        Arbitraries.of("chat", "5", "true", "null", "a.b:c-d_e", "süß"),
                        names(),
                        fractions().injectNull(0.3),
                        Combinators.combine(
                                        Arbitraries.longs().between(1, 1_000_000),
                                        positive().injectNull(0.3))
                                .as(Plan.Exposure::new)
                                .injectNull(0.3),
                        Arbitraries.of(Plan.Key.class),
                        Combinators.combine(
                                        Arbitraries.integers().between(1, 20),
                                        Arbitraries.of(true, false))
                                .as(Plan.Approvals::new),
                        Combinators.combine(
                                        Arbitraries.integers().between(1, 10_000),
                                        Arbitraries.integers().between(1, 1_000_000))
                                .as((points, seconds) ->
                                        new Plan.Labels(
                                                new Share(points / 10_000.0),
                                                Duration.ofSeconds(seconds)))
                                .injectNull(0.5),
                        Combinators.combine(
                                        callers().list().ofMinSize(1).ofMaxSize(3),
                                        callers().list().ofMaxSize(3))
                                .as(Forced::new)
                                .injectNull(0.5))
                .as(Extras::new);
    }

    private static Arbitrary<Forced.Who> callers() {
        return Arbitraries.oneOf(
                names().list().ofMaxSize(2).map(values -> new Forced.Header("X-Staff", values)),
                names().list().ofMinSize(1).ofMaxSize(2).map(Forced.Keys::new));
    }

    /// Names as people choose them, those that YAML takes for something else among them.
    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "gpt-4",
                        "yes",
                        "~",
                        "1.0",
                        "# a",
                        "a: b",
                        "'",
                        "\"",
                        "*x",
                        "&y",
                        "!z",
                        "{}",
                        "[",
                        "5%",
                        "- a",
                        "|",
                        "模型",
                        "🐤",
                        "0x1F",
                        "2024-01-01",
                        "a\\b"),
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .ofMinLength(1)
                        .ofMaxLength(30)
                        .filter(name -> name.strip().equals(name) && !name.isEmpty()));
    }

    private static Arbitrary<List<Step>> steps() {
        var first =
                Combinators.combine(Arbitraries.of(0, 1, 2), durations())
                        .as((kind, time) ->
                                switch (kind) {
                                    case 1 -> List.of(new Step("b", Share.NONE, time, null));
                                    case 2 ->
                                            List.of(
                                                    new Step(
                                                            "s",
                                                            Share.NONE,
                                                            time,
                                                            null,
                                                            new Share(0.2)));
                                    default -> List.<Step>of();
                                });
        var rest =
                Combinators.combine(
                                Arbitraries.integers()
                                        .between(1, 10_000)
                                        .set()
                                        .ofMinSize(1)
                                        .ofMaxSize(6),
                                durations().list().ofSize(6),
                                gates().injectNull(0.5).list().ofSize(6),
                                names())
                        .as((points, times, gates, name) -> {
                            var steps = new ArrayList<Step>();
                            for (int point : points.stream().sorted().toList()) {
                                int i = steps.size();
                                steps.add(
                                        new Step(
                                                name + i,
                                                new Share(point / 10_000.0),
                                                times.get(i),
                                                gates.get(i)));
                            }
                            return steps;
                        });
        return Combinators.combine(first, rest)
                .as((dark, bright) -> {
                    var steps = new ArrayList<>(dark);
                    steps.addAll(bright);
                    return List.copyOf(steps);
                });
    }

    private static Arbitrary<Gate> gates() {
        return Combinators.combine(
                        Arbitraries.of("", "look: twice", "two\nlines\n", "  \"quoted\" #"),
                        durations().filter(Duration::isPositive),
                        Arbitraries.of(Gate.Lapse.class))
                .as(Gate::new);
    }

    private static Arbitrary<Duration> durations() {
        return Arbitraries.longs().between(0, 86_400_000L * 300).map(Duration::ofMillis);
    }

    private static Arbitrary<List<Condition>> conditions() {
        return Combinators.combine(
                        Arbitraries.of(metrics()),
                        Arbitraries.of(Condition.Side.class),
                        Arbitraries.of(Condition.Consequence.class),
                        fractions(),
                        Arbitraries.doubles().between(0.001, 900).ofScale(4).filter(f -> f != 1),
                        Arbitraries.integers().between(0, 3))
                .as(PlanWriterProperties::condition)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(conditions -> {
                    var byText = new TreeMap<String, Condition>();
                    conditions.forEach(c -> byText.put(c.text(), c));
                    return List.copyOf(byText.values());
                })
                .filter(conditions -> conditions.stream().anyMatch(Condition::decides));
    }

    private static final Measure WORDS = new Measure.Named("output words: all");

    private static List<Metric> metrics() {
        var metrics = new ArrayList<>(Metric.standard());
        metrics.add(new Metric.Rate("complaint_rate", "complaint: rude"));
        metrics.add(new Metric.Score("answer_quality", "quality"));
        metrics.add(new Metric.Mean("answer_length", WORDS));
        metrics.add(new Metric.Mean("answer_length_too", WORDS));
        metrics.add(new Metric.Percentile("p99_5_words", WORDS, 0.995));
        return metrics;
    }

    private static Condition condition(
            Metric metric,
            Condition.Side side,
            Condition.Consequence then,
            double part,
            double factor,
            int kind) {
        return switch (metric) {
            case Metric.Rate _, Metric.Score _ ->
                    new Condition(
                            metric,
                            side,
                            switch (kind) {
                                case 0 -> new Limit.Absolute(part);
                                case 1 -> new Limit.Relative(1, part);
                                case 2 -> new Limit.Relative(factor, -part);
                                default -> new Limit.Relative(factor, 0);
                            },
                            then,
                            null);
            case Metric.Percentile _ ->
                    new Condition(
                            metric,
                            side,
                            kind == 0
                                    ? new Limit.Absolute(factor)
                                    : new Limit.Relative(factor, kind == 1 ? part : 0),
                            then,
                            null);
            case Metric.Mean _ ->
                    new Condition(
                            metric,
                            side,
                            switch (kind) {
                                case 0 -> new Limit.Absolute(factor);
                                case 1 -> new Limit.Relative(factor, part);
                                default -> new Limit.Relative(factor, 0);
                            },
                            then,
                            factor * 7);
            case Metric.CostPerSuccess _ ->
                    new Condition(metric, side, new Limit.Absolute(part), then, part + factor);
        };
    }

    private static Arbitrary<List<Objective>> objectives() {
        return Combinators.combine(
                        Arbitraries.of(Objective.Indicator.class),
                        Arbitraries.doubles().between(0.5, 0.9999).ofScale(4),
                        Arbitraries.integers().between(1, 1_000_000),
                        Arbitraries.longs().between(1, 86_400L * 30))
                .as((indicator, target, within, window) ->
                        new Objective(
                                indicator,
                                target,
                                indicator.needsWithin() ? (Double) (double) within : null,
                                Duration.ofSeconds(window)))
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<Plan.Rules> rules() {
        return Combinators.combine(
                        fractions(),
                        fractions(),
                        Arbitraries.doubles().between(0, 1).ofScale(3),
                        Arbitraries.longs().between(1, 1_000_000),
                        durations().filter(Duration::isPositive),
                        Arbitraries.longs().between(1, 1_000_000))
                .as(Plan.Rules::new);
    }

    /// Above 0, below 1.
    private static Arbitrary<Double> fractions() {
        return Arbitraries.doubles().between(0.000001, 0.999999).ofScale(6);
    }

    private static Arbitrary<Double> positive() {
        return Arbitraries.doubles().between(0.0001, 1_000_000).ofScale(4);
    }
}
