package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.simulator.profile.ModelProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What to change in a plan, told from the plan, the traffic, the models' true numbers and what
/// became of them.
final class Advice {

    /// What the mixture of bets costs over the best one, in nats (statistics.md 1.1).
    private static final double PRICE_OF_GRID = 1.6;

    private static final double LATE_GATE = 0.5;
    private static final double MANY = 0.05;

    private final LabOrder order;
    private final Plan plan;
    private final Truth harmless;
    private final Truth baseline;
    private final List<String> said = new ArrayList<>();

    private Advice(LabOrder order) {
        this.order = order;
        this.plan = order.plan();
        this.harmless = new Truth(Model.of(order.candidates().getFirst(), plan));
        this.baseline = new Truth(Model.of(order.baseline(), plan));
    }

    static List<String> on(LabOrder order, List<LabResult> results) {
        var advice = new Advice(order);
        advice.whatNoCallTells();
        advice.limitsThatTheBaselineBreaks();
        advice.budget();
        advice.shortSteps();
        advice.lastStep();
        advice.gates();
        advice.results(results);
        return List.copyOf(advice.said);
    }

    /// A condition of which a profile tells nothing stays unsure in every run.
    private void whatNoCallTells() {
        for (var condition : plan.conditions()) {
            var metric = condition.metric();
            if (!condition.decides()) {
                continue;
            }
            if (harmless.reporting(metric) == 0) {
                silent(condition, order.candidates().getFirst(), "play a profile");
            } else if (condition.isRelative() && baseline.reporting(metric) == 0) {
                silent(condition, order.baseline(), "play the baseline by a profile");
            }
        }
    }

    private void silent(Condition condition, ModelProfile of, String play) {
        say(
                "%s: no call of %s %s, so it stays unsure and nothing is promoted; %s",
                condition.text(),
                of.name(),
                carries(condition.metric()),
                giving(condition.metric(), play));
    }

    private static String carries(Metric metric) {
        return metric.number() != null
                ? "carries the number " + metric.number()
                : metric.label() != null ? "carries the label " + metric.label() : "tells of it";
    }

    private static String giving(Metric metric, String play) {
        if (metric instanceof Metric.Score) {
            return "no profile gives scores, so the lab cannot try it";
        }
        var field = metric.number() != null ? "numbers" : "labels";
        var name = metric.number() != null ? metric.number() : metric.label();
        return name == null
                ? play + " whose calls do, such as gpt-4"
                : "write %s: { %s: … } into a profile's file, and play that one"
                        .formatted(field, name);
    }

    private void limitsThatTheBaselineBreaks() {
        for (var condition : plan.conditions()) {
            if (condition.limit() instanceof Limit.Absolute(double limit)) {
                double value = baseline.value(condition.metric());
                boolean breaks =
                        condition.side() == Side.AT_LEAST ? value >= limit : value <= limit;
                if (breaks) {
                    say(
                            "%s: the baseline itself breaks this limit, its value is %s; raise the"
                                    + " limit, or hold the candidate against the baseline",
                            condition.text(), told(condition.metric(), value));
                }
            }
        }
    }

    private void budget() {
        var budget = plan.errorBudget();
        if (budget != null && harmless.bad() >= budget) {
            say(
                    "errorBudget: %s of %s's calls are bad in some way and the budget is %s, so it is"
                            + " used up before anything is met and the plan never promotes it; raise"
                            + " the budget",
                    percent(harmless.bad()), order.candidates().getFirst().name(), percent(budget));
        }
        if (budget != null && baseline.bad() >= budget) {
            say(
                    "errorBudget: %s of the baseline's own calls are bad in some way, and the"
                            + " candidate is given %s; one that is no worse than the baseline is never"
                            + " promoted",
                    percent(baseline.bad()), percent(budget));
        }
    }

    private record Need(Condition condition, double calls) {}

    /// The condition that takes a harmless candidate the most calls in one step.
    private Optional<Need> slowest() {
        Need slowest = null;
        for (var condition : plan.conditions()) {
            if (condition.decides() && condition.limit() instanceof Limit.Absolute(double limit)) {
                double calls = calls(condition, limit);
                if (calls > 0 && (slowest == null || calls > slowest.calls())) {
                    slowest = new Need(condition, calls);
                }
            }
        }
        return Optional.ofNullable(slowest);
    }

    /// Candidate calls after which the harmless candidate likely meets it; NaN where it never does.
    private double calls(Condition condition, double limit) {
        double growth = growth(condition, limit);
        double reported = harmless.reporting(condition.metric());
        if (!(growth > 0) || reported == 0) {
            return Double.NaN;
        }
        double needed = (-Math.log(plan.rules().beta()) + PRICE_OF_GRID) / growth;
        return Math.max(needed, (double) plan.rules().minCalls()) / reported;
    }

    /// Nats that a call of the harmless candidate adds to the evidence that the limit is kept.
    private double growth(Condition condition, double limit) {
        boolean highIsBad = condition.side() == Side.AT_LEAST;
        double value = harmless.value(condition.metric());
        double margin = limit * plan.rules().margin();
        double held = highIsBad ? limit + margin : limit - margin;
        if (highIsBad ? !(value < held) : !(value > held)) {
            return Double.NaN;
        }
        return switch (condition.metric()) {
            case Metric.Rate _ -> held < 1 ? divergence(value, held) : Double.NaN;
            case Metric.Mean _, Metric.Score _, Metric.CostPerSuccess _ ->
                    // The best bet wins some 0.8 of the gap by the cap (statistics.md 1.1).
                    0.8 * Math.abs(held - value) / condition.capOrDefault();
            case Metric.Percentile _ -> Double.NaN;
        };
    }

    private static double divergence(double p, double q) {
        double bad = p == 0 ? 0 : p * Math.log(p / q);
        double good = p == 1 ? 0 : (1 - p) * Math.log((1 - p) / (1 - q));
        return bad + good;
    }

    private void shortSteps() {
        var slowest = slowest();
        if (slowest.isEmpty()) {
            return;
        }
        var need = slowest.get();
        for (var step : plan.steps()) {
            double perSecond = order.callsPerSecond() * fraction(step);
            boolean passesAtOnce = step.equals(plan.steps().getLast()) && step.duration().isZero();
            if (perSecond == 0 || passesAtOnce) {
                continue;
            }
            double seconds = need.calls() / perSecond;
            if (seconds > 1.5 * step.duration().toMillis() / 1000.0) {
                say(
                        "%s: at %s of %s calls a second it takes about %s (%,.0f candidate calls) to"
                                + " show that %s is not reached when the truth is %s; the plan gives"
                                + " it %s, so it will last longer than that",
                        step.name(),
                        percent(fraction(step)),
                        number(order.callsPerSecond()),
                        span(seconds),
                        need.calls(),
                        need.condition().text(),
                        told(need.condition().metric(), harmless.value(need.condition().metric())),
                        span(step.duration().toMillis() / 1000.0));
            }
            if (need.calls() > plan.rules().patienceCalls()
                    || seconds > plan.rules().patience().toSeconds()) {
                say(
                        "%s: its patience (%s or %,d candidate calls) is over before that, so it will"
                                + " ask a person each time; give it a margin, more traffic or a"
                                + " limit further from the truth",
                        step.name(),
                        span(plan.rules().patience().toMillis() / 1000.0),
                        plan.rules().patienceCalls());
            }
        }
    }

    private static double fraction(Step step) {
        return Math.max(step.share().fraction(), step.mirror().fraction());
    }

    private void lastStep() {
        var last = plan.steps().getLast();
        if (last.share().equals(Share.ALL) && last.duration().isZero() && last.gate() == null) {
            say(
                    "%s: nobody watches it, for it lasts 0 s; a candidate that turns bad at full"
                            + " share is then found by the objectives' alerts alone. Give it a"
                            + " duration such as 10m",
                    last.name());
        }
    }

    private void gates() {
        var gated = plan.steps().stream().filter(step -> step.gate() != null).findFirst();
        if (gated.isPresent() && gated.get().share().fraction() >= LATE_GATE) {
            say(
                    "%s: the first gate opens when %s of the traffic has the candidate already; put"
                            + " it at an earlier step if a person should look before",
                    gated.get().name(), percent(gated.get().share().fraction()));
        }
        if (plan.approvals().count() > 1 && gated.isEmpty()) {
            say(
                    "no step has a gate, so nobody is asked for the %d approvals",
                    plan.approvals().count());
        }
    }

    private void results(List<LabResult> results) {
        var harmlessResult = results.getFirst();
        if (harmlessResult.stuck() > MANY * harmlessResult.runs()) {
            say(
                    "the plan does not decide on %s in %d of %d runs: %s",
                    harmlessResult.name(),
                    harmlessResult.stuck(),
                    harmlessResult.runs(),
                    harmlessResult.reasons().keySet().stream()
                            .filter(reason -> !reason.equals(Causes.PROMOTED))
                            .findFirst()
                            .orElse("it is stuck"));
        }
        for (int i = 0; i < results.size(); i++) {
            var result = results.get(i);
            var truth = i == 0 ? harmless : new Truth(Model.of(order.candidates().get(i), plan));
            var broken = plan.conditions().stream().filter(some -> breaks(some, truth)).findFirst();
            if (broken.isPresent() && result.promoted() > 0) {
                say(
                        "%s was promoted in %d of %d runs although its %s breaks %s; take more"
                                + " confidence or less margin",
                        result.name(),
                        result.promoted(),
                        result.runs(),
                        told(broken.get().metric(), truth.value(broken.get().metric())),
                        broken.get().text());
            }
            if (result.rolledBack() > MANY * result.runs() && keepsAll(truth)) {
                rolledBackForNothing(result, truth);
            }
        }
    }

    private void rolledBackForNothing(LabResult result, Truth truth) {
        var reason =
                result.reasons().keySet().stream()
                        .filter(Causes::isRollback)
                        .findFirst()
                        .orElse("it is rolled back");
        var cap = plan.exposure();
        var most = cap == null ? null : cap.badCalls();
        say(
                "%s breaks no limit, and the plan rolls it back in %d of %d runs: %s%s",
                result.name(),
                result.rolledBack(),
                result.runs(),
                reason,
                !reason.equals(Causes.EXPOSED)
                        ? ""
                        : most == null || truth.bad() == 0
                                ? "; raise the cap"
                                : "; %s of its calls are bad in some way, so %,d bad calls are some %,.0f calls; raise the cap"
                                        .formatted(percent(truth.bad()), most, most / truth.bad()));
    }

    /// Whether a model of these numbers keeps every condition that decides.
    private boolean keepsAll(Truth truth) {
        return plan.conditions().stream()
                .filter(Condition::decides)
                .noneMatch(condition ->
                        switch (condition.limit()) {
                            case Limit.Absolute _ -> breaks(condition, truth);
                            case Limit.Relative(double factor, double offset) ->
                                    isPast(
                                            condition,
                                            truth,
                                            factor * baseline.value(condition.metric()) + offset);
                        });
    }

    private static boolean breaks(Condition condition, Truth truth) {
        if (!condition.decides() || !(condition.limit() instanceof Limit.Absolute(double limit))) {
            return false;
        }
        return isPast(condition, truth, limit);
    }

    private static boolean isPast(Condition condition, Truth truth, double limit) {
        double value = truth.value(condition.metric());
        return condition.side() == Side.AT_LEAST ? value >= limit : value <= limit;
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in no library that we have
    private void say(String format, Object... arguments) {
        var sentence = String.format(Locale.ROOT, format, arguments);
        said.add(sentence.endsWith(".") ? sentence : sentence + ".");
    }

    private static String told(Metric metric, double value) {
        return switch (metric) {
            case Metric.Rate _ -> percent(value);
            case Metric.Score _ -> number(value);
            case Metric.CostPerSuccess _ -> "$" + number(value);
            case Metric.Percentile(_, var of, _) -> told(of, value);
            case Metric.Mean(_, var of) -> told(of, value);
        };
    }

    private static String told(Measure of, double value) {
        return switch (of) {
            case Quantity.COST_USD -> "$" + number(value);
            case Quantity.LATENCY_MS, Quantity.TTFT_MS, Quantity.MS_PER_TOKEN ->
                    number(value) + " ms";
            case Quantity.TOKENS_OUT -> number(value) + " tokens";
            case Measure.Named _ -> number(value);
        };
    }

    private static String percent(double fraction) {
        return number(100 * fraction) + " %";
    }

    /// Three digits that count.
    private static String number(double value) {
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String span(double seconds) {
        var time = Duration.ofSeconds(Math.round(seconds));
        if (time.toSeconds() < 120) {
            return time.toSeconds() + " s";
        }
        return time.toMinutes() < 120 ? time.toMinutes() + " min" : time.toHours() + " h";
    }
}
