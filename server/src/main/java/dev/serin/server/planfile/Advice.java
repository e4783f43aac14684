package dev.serin.server.planfile;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what a valid plan hardly means.
final class Advice {

    /// More would seem to be known of a route's traffic than is.
    private static final int SAID_DIGITS = 2;

    private final Section document;
    private final Plan plan;
    private final Known known;
    private final List<Warning> warnings = new ArrayList<>();

    Advice(Section document, Plan plan, Known known) {
        this.document = document;
        this.plan = plan;
        this.known = known;
    }

    List<Warning> on(List<Placed<Step>> steps, List<Placed<Condition>> conditions) {
        steps.forEach(this::onStep);
        onLastStep(steps.getLast());
        conditions.forEach(this::onLabel);
        conditions.forEach(this::onNumber);
        onLateLabels(conditions);
        onLatency(conditions);
        onWhatRests(conditions);
        onWhatIsNotDone();
        return warnings.stream()
                .sorted(Comparator.comparingInt(Warning::line).thenComparingInt(Warning::column))
                .toList();
    }

    private void onStep(Placed<Step> step) {
        var it = step.it();
        boolean dark = !it.reachesCandidate();
        if (dark && it.duration().isZero()) {
            warn(step, "the step lasts 0s, so it measures nothing of the baseline");
        }
        var rate = known.callsPerSecond();
        if (dark || rate == null || it.duration().isZero()) {
            return;
        }
        double share = Math.max(it.share().fraction(), it.mirror().fraction());
        var slowest = slowest();
        if (slowest == null) {
            return;
        }
        double calls = rate * share * (it.duration().toMillis() / 1000.0);
        long gets = (long) Math.floor(calls * telling(slowest));
        if (gets < needs(slowest)) {
            warn(
                    step,
                    ("%s needs about %d %s to meet %s; at %s calls a second it gets %d in its"
                                    + " %s and waits for more")
                            .formatted(
                                    it.name(),
                                    needs(slowest),
                                    slowest.metric().label() == null ? "calls" : "labelled calls",
                                    slowest.metric().name(),
                                    perSecond(rate),
                                    gets,
                                    Times.text(it.duration())));
        }
    }

    private @Nullable Condition slowest() {
        return plan.conditions().stream()
                .filter(Condition::decides)
                .filter(condition -> condition.limit() instanceof Limit.Absolute)
                .max(Comparator.comparingDouble(it -> needs(it) / telling(it)))
                .orElse(null);
    }

    /// The part of the calls that are to tell the condition's metric.
    private double telling(Condition condition) {
        var labels = plan.labels();
        return labels == null || condition.metric().label() == null ? 1 : labels.share().fraction();
    }

    private static String perSecond(double rate) {
        return Scalars.plain(
                BigDecimal.valueOf(rate).round(new MathContext(SAID_DIGITS)).doubleValue());
    }

    /// Calls without a single bad one among them that meet `condition`.
    private long needs(Condition condition) {
        long least = plan.rules().minCalls();
        return switch (condition.metric()) {
            case Metric.Rate _ when condition.limit() instanceof Limit.Absolute(double limit) ->
                    Math.max(least, spotless(condition.side(), limit));
            case Metric.Percentile(_, _, double level) ->
                    Math.max(least, Need.spotless(1 - level, plan.rules().beta()));
            case Metric.Rate _, Metric.Score _, Metric.Mean _, Metric.CostPerSuccess _ -> least;
        };
    }

    /// 0 where the margin leaves nothing to prove, or more than there is.
    private long spotless(Condition.Side side, double limit) {
        double margin = plan.rules().margin();
        double bad =
                switch (side) {
                    case AT_LEAST -> limit * (1 + margin);
                    case AT_MOST -> 1 - limit * (1 - margin);
                };
        return bad > 0 && bad < 1 ? Need.spotless(bad, plan.rules().beta()) : 0;
    }

    private void onLastStep(Placed<Step> last) {
        if (!last.it().duration().isZero() || last.it().gate() != null) {
            return;
        }
        var before = plan.steps().subList(0, plan.steps().size() - 1);
        boolean never =
                last.it().share().equals(Share.ALL)
                        && before.stream().noneMatch(Step::reachesCandidate);
        if (never) {
            warn(
                    last,
                    "no step judges the candidate: it is promoted before its first call, without any evidence; write - "
                            + Steps.EXAMPLE
                            + " before it, and duration: 10m here");
        } else {
            warn(
                    last,
                    "the last step lasts 0s, so nobody watches the candidate at %s; write duration: 10m"
                            .formatted(Steps.percent(last.it().share())));
        }
    }

    private void onLabel(Placed<Condition> condition) {
        var seen = known.labels();
        var metric = condition.it().metric();
        var label = metric.label();
        if (seen != null && label != null && !seen.contains(label)) {
            warn(
                    condition,
                    ("no call of this route ever carried the label %1$s; without it %2$s stays"
                                    + " unsure; send it with an observation, as \"labels\":"
                                    + " {\"%1$s\": false}, or later to /api/v1/feedback")
                            .formatted(label, metric.name()));
        }
    }

    private void onNumber(Placed<Condition> condition) {
        var seen = known.numbers();
        var metric = condition.it().metric();
        var number = metric.number();
        if (seen != null && number != null && !seen.contains(number)) {
            warn(
                    condition,
                    ("no call of this route ever carried the number %1$s; without it %2$s stays"
                                    + " unsure; send it with an observation, as \"numbers\":"
                                    + " {\"%1$s\": 180}")
                            .formatted(number, metric.name()));
        }
    }

    /// Verdicts that come sooner when they are bad roll back good models.
    private void onLateLabels(List<Placed<Condition>> conditions) {
        if (plan.labels() != null) {
            return;
        }
        conditions.stream()
                .filter(condition ->
                        condition.it().decides() && condition.it().metric().label() != null)
                .findFirst()
                .ifPresent(condition ->
                        warn(
                                condition,
                                "labels count as they come, and bad verdicts that come first look like"
                                        + " a bad model; if labels come after their call, write"
                                        + " labels: { share: 20%, deadline: 2h }"));
    }

    private void onLatency(List<Placed<Condition>> conditions) {
        boolean perToken =
                plan.conditions().stream()
                        .anyMatch(c ->
                                c.metric() instanceof Metric.Percentile(_, Quantity of, _)
                                        && of != Quantity.LATENCY_MS);
        if (perToken) {
            return;
        }
        conditions.stream()
                .filter(c -> c.it().metric() instanceof Metric.Percentile(_, Quantity _, _))
                .findFirst()
                .ifPresent(condition ->
                        warn(
                                condition,
                                "%s grows with the length of the answers; also limit"
                                                .formatted(condition.it().metric().name())
                                        + " p95_ttft_ms or p95_ms_per_token"));
    }

    private void onWhatRests(List<Placed<Condition>> conditions) {
        boolean onlyRelative =
                plan.conditions().stream()
                        .filter(Condition::decides)
                        .allMatch(Condition::isRelative);
        if (onlyRelative && plan.steps().getLast().share().fraction() == 1) {
            warn(
                    conditions.getFirst(),
                    "all conditions are relative and rest at 100%, where no baseline is left;"
                            + " add one with a fixed limit");
        }
    }

    private void onWhatIsNotDone() {
        if (plan.baseline().equals(PlanReader.ROUTES_MODEL)) {
            warn("plan", document.place(), "baseline is left out: the route's model will be it");
        }
    }

    private void warn(Placed<?> where, String message) {
        warn(where.path(), where.place(), message);
    }

    private void warn(String field, Place place, String message) {
        warnings.add(new Warning(place.line(), place.column(), field, message));
    }
}
