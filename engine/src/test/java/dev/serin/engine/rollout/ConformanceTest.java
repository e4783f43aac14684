package dev.serin.engine.rollout;

import static dev.serin.engine.rollout.Histories.NOON;
import static dev.serin.engine.rollout.Histories.PLAN;
import static dev.serin.engine.rollout.Histories.after;
import static dev.serin.engine.rollout.Histories.at;
import static dev.serin.engine.rollout.Histories.atGate;
import static dev.serin.engine.rollout.Histories.paused;
import static dev.serin.engine.rollout.Histories.seen;
import static dev.serin.engine.rollout.RolloutTest.next;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Decision.Stays;
import dev.serin.engine.rollout.Histories.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Behaviours of other systems that Serin shares, each named by its source. Where Serin differs on
/// purpose (no data never passes, a timer never clears a question) the docs say so.
@DisplayName("Like other rollout controllers, a rollout")
class ConformanceTest {

    private static final Signal TICK = new Signal.Tick();

    @Test
    @DisplayName("is not done when half of what is measured is inconclusive (argo-metric-05)")
    void halfInconclusiveIsNoSuccess() {
        assertThat(at(PLAN, 1).decide(TICK, seen(1, Seen.UNLABELLED), after(60)))
                .isInstanceOf(Stays.class);
    }

    @Test
    @DisplayName("runs on while one metric is still open, and fails with its worst (argo-run-01)")
    void worstMetricWins() {
        assertThat(at(PLAN, 1).decide(TICK, seen(1, Seen.UNLABELLED), after(60)))
                .isInstanceOf(Stays.class);
        assertThat(next(at(PLAN, 1).decide(TICK, seen(1, Seen.HALLUCINATING), after(1))).share())
                .isEqualTo(Share.NONE);
    }

    @Test
    @DisplayName("is due again when its time comes (argo-time-01)")
    void isDueWhenTimeComes() {
        assertThat(at(PLAN, 1).due(after(10))).contains(after(30));
        assertThat(at(PLAN, 1).due(after(30))).contains(NOON.plus(Duration.ofHours(24)));
        assertThat(atGate(PLAN).due(after(30))).isEmpty();
    }

    @Test
    @DisplayName("names the condition that nobody reported (argo-eval-02, flagger-07)")
    void noDataIsAnswered() {
        var judged = at(PLAN, 1).judge(Evidence.NONE, after(60));

        assertThat(judged.current())
                .allSatisfy(finding -> {
                    assertThat(finding).isInstanceOf(Finding.Unsure.class);
                    assertThat(finding.sentence()).isNotBlank();
                });
    }

    @Test
    @DisplayName(
            "gives the candidate its step's share, all past the last, none when aborted"
                    + " (argo-step-01)")
    void derivesTheShare() {
        assertThat(at(PLAN, 1).share()).isEqualTo(Share.percent(5));
        var gate = atGate(PLAN);
        var all =
                gate.decide(new Signal.Approve("mira", "", "", Set.of()), seen(2, Seen.GOOD), NOON);
        assertThat(next(all).share()).isEqualTo(Share.ALL);
        var aborted = gate.decide(new Signal.RollBack("mira", ""), Evidence.NONE, NOON);
        assertThat(next(aborted).share()).isEqualTo(Share.NONE);
    }

    @Test
    @DisplayName("goes on once its step's time has passed (argo-step-03)")
    void goesOnAfterItsTime() {
        assertThat(next(at(PLAN, 1).decide(TICK, seen(1, Seen.GOOD), after(61))).step())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("at a gate writes nothing however often it is looked at (argo-step-05)")
    void ticksAtAGateWriteNothing() {
        for (int second = 0; second < 100; second++) {
            assertThat(atGate(PLAN).decide(TICK, seen(2, Seen.GOOD), after(second)))
                    .isInstanceOf(Stays.class);
        }
    }

    @Test
    @DisplayName("aborted from the middle keeps the step it reached in its history (argo-step-06)")
    void remembersTheStepItReached() {
        var aborted =
                next(at(PLAN, 2).decide(new Signal.RollBack("mira", ""), Evidence.NONE, NOON));

        assertThat(aborted.share()).isEqualTo(Share.NONE);
        assertThat(aborted.step()).isEqualTo(2);
    }

    @Test
    @DisplayName("that cannot decide pauses where it is and asks (argo-gate-01)")
    void inconclusivePauses() {
        var asked = next(at(PLAN, 1).decide(TICK, seen(1, Seen.UNLABELLED), after(90_000)));

        assertThat(asked.phase())
                .isInstanceOfSatisfying(
                        Phase.Paused.class,
                        phase -> assertThat(phase.why()).containsIgnoringCase("hallucination"));
        assertThat(asked.step()).isEqualTo(1);
    }

    @Test
    @DisplayName("takes a rollback while it is paused and ends (argo-rollouts#3756)")
    void pausedCanBeAborted() {
        assertThat(paused(PLAN, 1).decide(new Signal.RollBack("mira", ""), Evidence.NONE, NOON))
                .isInstanceOf(Moved.class);
    }

    @Test
    @DisplayName(
            "mirrors calls before the first user is exposed and stops when the share rises"
                    + " (flagger-05)")
    void mirrorsBeforeItExposes() {
        var shadow =
                new Step("shadow", Share.NONE, Duration.ofSeconds(30), null, Share.percent(20));
        var plan = Histories.plan(List.of(shadow, PLAN.step(1), PLAN.step(3)), PLAN.conditions());

        assertThat(at(plan, 0).share()).isEqualTo(Share.NONE);
        assertThat(at(plan, 0).decide(TICK, Evidence.NONE, after(31))).isInstanceOf(Stays.class);
        var exposed = next(at(plan, 0).decide(TICK, seen(0, Seen.GOOD), after(31)));
        assertThat(exposed.share()).isEqualTo(Share.percent(5));
        assertThat(plan.step(exposed.step()).mirror()).isEqualTo(Share.NONE);
    }

    @Test
    @DisplayName("lets one critical metric decide alone (kayenta-06)")
    void oneMetricDecidesAlone() {
        assertThat(next(at(PLAN, 1).decide(TICK, seen(1, Seen.HALLUCINATING), after(1))).outcome())
                .hasValueSatisfying(
                        outcome -> assertThat(outcome.kind()).isEqualTo(Outcome.Kind.BREACHED));
    }
}
