package dev.serin.server.words;

import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Phase;
import dev.serin.web.rollout.GateView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An open gate: what is gained, what it costs, how sure that is, and who may say yes.
public final class Gates {

    private static final int MOST_CHANGES = 6;
    private static final double SECONDS_A_DAY = 86_400;
    private static final List<String> REASONS =
            List.of("The answers are worse", "It costs too much", "Not now");

    private Gates() {}

    /// The gate as somebody sees it.
    ///
    /// @param seen names the evidence that is shown; it comes back with the decision
    public static GateView of(
            Story story,
            Phase.AwaitingApproval gate,
            StepEvidence evidence,
            List<String> exposed,
            String seen) {
        var plan = story.plan();
        var judged = story.judged();
        int step = gate.at().step();
        var rule = plan.step(step).gate();
        var differences = Differences.of(plan, evidence, story.now());
        return new GateView(
                plan.step(step).name(),
                "Go to %s?".formatted(RolloutWords.shareAfter(plan, step)),
                sentence(story),
                differences.stream().limit(MOST_CHANGES).map(Gates::change).toList(),
                outlook(plan.step(step), evidence),
                FindingWords.worst(judged.current()).map(FindingWords::line).orElse(null),
                judged.current().stream().map(FindingWords::line).toList(),
                exposed,
                mayApprove(story, gate),
                rule == null || rule.note().isBlank() ? null : rule.note(),
                seen,
                Times.seen(gate.since(), story.now()),
                rule == null ? null : closes(story, gate, rule),
                Actions.approve(story, step),
                Actions.reject(story),
                REASONS);
    }

    private static String sentence(Story story) {
        return "%s at %s."
                .formatted(
                        RolloutWords.full(RolloutWords.state(story.judged()))
                                .replaceFirst("\\.$", ""),
                        RolloutWords.share(story));
    }

    private static GateView.Change change(Differences difference) {
        var unit = MetricWords.unit(difference.metric());
        return new GateView.Change(
                MetricWords.name(difference.metric()),
                value(unit, difference.baseline()),
                value(unit, difference.candidate()),
                difference.isBetter()
                        ? GateView.Sense.GAIN
                        : difference.isWorse() ? GateView.Sense.PRICE : GateView.Sense.EVEN,
                detail(difference));
    }

    private static String value(Unit unit, @Nullable Estimate seen) {
        return seen == null || !seen.isKnown() ? Numbers.NOT_KNOWN : unit.print(seen.value());
    }

    /// `−4.1 points (−6.0 to −2.2), 412 and 409 calls`.
    public static String detail(Differences difference) {
        var calls =
                "%s and %s %s"
                        .formatted(
                                calls(difference.baseline()),
                                calls(difference.candidate()),
                                MetricWords.samples(difference.metric()));
        var seen = difference.difference();
        if (!seen.isKnown()) {
            return calls;
        }
        var unit = MetricWords.differenceUnit(difference.metric());
        return "%s (%s), %s"
                .formatted(signed(unit, seen.value()), FindingWords.interval(unit, seen), calls);
    }

    private static String signed(Unit unit, double value) {
        var text = unit.print(value);
        return unit != Unit.POINTS && value > 0 ? "+" + text : text;
    }

    private static String calls(@Nullable Estimate seen) {
        return Numbers.count(seen == null ? 0 : seen.calls());
    }

    /// What the candidate would cost if it got all calls that the route gets now, among which its
    /// copies of a shadow step are not.
    private static @Nullable String outlook(Step step, StepEvidence evidence) {
        var candidate = costPerCall(evidence.candidate());
        var baseline = costPerCall(evidence.baseline());
        var seconds =
                Duration.between(
                                        evidence.start(),
                                        evidence.start()
                                                .plus(
                                                        StepEvidence.WIDTH.multipliedBy(
                                                                evidence.buckets())))
                                .toMillis()
                        / 1000.0;
        double calls = evidence.baseline().counts(new Track.Calls()).n();
        if (!step.isShadow()) {
            calls += evidence.candidate().counts(new Track.Calls()).n();
        }
        if (Double.isNaN(candidate) || Double.isNaN(baseline) || !(seconds > 0) || calls == 0) {
            return null;
        }
        double more = (candidate - baseline) * calls / seconds * SECONDS_A_DAY;
        return "At 100 %% about %s a day %s at today's traffic."
                .formatted(Numbers.usd(Math.abs(more)), more < 0 ? "less" : "more");
    }

    /// The mean cost of the calls whose cost is known; NaN without any.
    public static double costPerCall(Tallies tallies) {
        var known = tallies.spent();
        return known.n() == 0 ? Double.NaN : known.sum() / known.n();
    }

    private static String mayApprove(Story story, Phase.AwaitingApproval gate) {
        var approvals = story.plan().approvals();
        var starter = story.rollout().startedBy();
        var parts = new ArrayList<String>();
        parts.add(
                approvals.notByStarter()
                        ? "Anyone but %s, who started it, may approve.".formatted(starter)
                        : "Any approver may approve.");
        if (approvals.count() > 1) {
            parts.add(
                    "%d of %d people have approved%s."
                            .formatted(
                                    gate.approvedBy().size(),
                                    approvals.count(),
                                    gate.approvedBy().isEmpty()
                                            ? ""
                                            : ": " + String.join(", ", gate.approvedBy())));
        }
        return String.join(" ", parts);
    }

    private static @Nullable String closes(Story story, Phase.AwaitingApproval gate, Gate rule) {
        var within = rule.within();
        if (within == null) {
            return null;
        }
        var left = Duration.between(story.now(), gate.since().plus(within));
        return switch (rule.then()) {
            case STAY ->
                    left.isPositive()
                            ? "An answer is asked for within %s.".formatted(Numbers.duration(left))
                            : "Its time is over; the plan lets it wait on.";
            case REJECT ->
                    left.isPositive()
                            ? "Without an answer it is rolled back in %s."
                                    .formatted(Numbers.duration(left))
                            : "Its time is over; it is rolled back now.";
        };
    }
}
