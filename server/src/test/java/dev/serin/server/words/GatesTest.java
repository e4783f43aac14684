package dev.serin.server.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Rollout;
import dev.serin.web.rollout.GateView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An open gate, as told to a person,")
class GatesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration FOUR_HOURS = Duration.ofHours(4);

    @Test
    @DisplayName(
            "says when it is rolled back without an answer, and that it is once its time is over")
    void rejects() {
        var gate = new Gate("", FOUR_HOURS, Gate.Lapse.REJECT);

        assertThat(told(gate, Duration.ofMinutes(210)).closes())
                .isEqualTo("Without an answer it is rolled back in 30 min.");
        assertThat(told(gate, FOUR_HOURS).closes())
                .isEqualTo("Its time is over; it is rolled back now.");
    }

    @Test
    @DisplayName(
            "says for how long an answer is asked for, and that it waits on where the plan says so")
    void stays() {
        var gate = new Gate("", FOUR_HOURS, Gate.Lapse.STAY);

        assertThat(told(gate, Duration.ofMinutes(210)).closes())
                .isEqualTo("An answer is asked for within 30 min.");
        assertThat(told(gate, FOUR_HOURS).closes())
                .isEqualTo("Its time is over; the plan lets it wait on.");
    }

    @Test
    @DisplayName("says nothing of time where the plan names none")
    void forEver() {
        assertThat(told(Gate.MANUAL, Duration.ofDays(9)).closes()).isNull();
    }

    @Test
    @DisplayName("says who may approve, how many have to, and who has")
    void countsPeople() {
        assertThat(told(Gate.MANUAL, Duration.ZERO).mayApprove())
                .isEqualTo(
                        "Anyone but ada, who started it, may approve. 1 of 2 people have approved: mira.");
    }

    @Test
    @DisplayName("calls nothing a gain or a price whose difference to the baseline nobody knows")
    void costPerSuccess() {
        var perSuccess = new Metric.CostPerSuccess("avg_cost_usd_per_success");
        var limit =
                new Condition(
                        perSuccess,
                        Condition.Side.AT_LEAST,
                        new Limit.Absolute(0.1),
                        Condition.Consequence.ROLL_BACK,
                        null);
        var plan = plan(Gate.MANUAL, Share.NONE, Share.percent(25), List.of(limit));

        assertThat(
                        told(plan, seen(costing(400, 0.02), costing(400, 0.04)), Duration.ZERO)
                                .changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.sense()).isEqualTo(GateView.Sense.EVEN);
                    assertThat(change.detail()).isEqualTo("400 and 400 calls");
                });
    }

    @Test
    @DisplayName("reckons with the calls of the route, of which copies are none")
    void outlook() {
        var seen = seen(costing(60, 0.02), costing(100, 0.01));
        var split = plan(Gate.MANUAL, Share.NONE, Share.percent(25), List.of());
        var shadow = plan(Gate.MANUAL, Share.percent(60), Share.NONE, List.of());

        assertThat(told(split, seen, Duration.ZERO).outlook())
                .isEqualTo("At 100 % about $14,000 a day more at today's traffic.");
        assertThat(told(shadow, seen, Duration.ZERO).outlook())
                .isEqualTo("At 100 % about $8,600 a day more at today's traffic.");
    }

    private static GateView told(Gate gate, Duration open) {
        return told(
                plan(gate, Share.NONE, Share.percent(25), List.of()),
                StepEvidence.silent(0, NOON),
                open);
    }

    private static GateView told(Plan plan, StepEvidence seen, Duration open) {
        var at = new Phase.Observing(0, NOON, Duration.ZERO, NOON, 0, Set.of());
        var waiting = new Phase.AwaitingApproval(at, NOON, Set.of(), List.of("mira"));
        var rollout = new Rollout(plan, "ada", waiting, NOON);
        var now = NOON.plus(open);
        return Gates.of(
                new Story(rollout, rollout.judge(Evidence.NONE, now), List.of(), now),
                waiting,
                seen,
                List.of(),
                "e-1");
    }

    /// What ten seconds have brought.
    private static StepEvidence seen(Tallies candidate, Tallies baseline) {
        var bucket = new StepEvidence.Bucket(0, 1, candidate, baseline);
        return new StepEvidence(0, NOON, 1, List.of(bucket), true);
    }

    /// Calls without a failure that cost the same each.
    private static Tallies costing(int calls, double usd) {
        var costs = new Tally.Moments(calls, calls * usd, 0, 0);
        return new Tallies(
                Map.of(
                        new Track.Calls(),
                        new Tally.Counts(calls, 0),
                        new Track.Marked(Metric.Rate.ERROR),
                        new Tally.Counts(calls, 0),
                        new Track.Sum(Quantity.COST_USD, 1),
                        costs,
                        new Track.CostWithFailures(0.1, 0.5),
                        costs));
    }

    private static Plan plan(Gate gate, Share mirror, Share share, List<Condition> conditions) {
        return new Plan(
                "support-chat",
                "gpt-3.5-turbo",
                "gpt-4",
                List.of(
                        new Step("first", share, Duration.ofMinutes(1), gate, mirror),
                        new Step("full", Share.ALL, Duration.ZERO, null)),
                conditions,
                List.of(),
                null,
                Plan.Rules.DEFAULT,
                null,
                Plan.Key.USER,
                new Plan.Approvals(2, true));
    }
}
