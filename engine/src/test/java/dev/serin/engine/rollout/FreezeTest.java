package dev.serin.engine.rollout;

import static dev.serin.engine.rollout.Histories.NOON;
import static dev.serin.engine.rollout.Histories.PLAN;
import static dev.serin.engine.rollout.Histories.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Decision.Refused;
import dev.serin.engine.rollout.Decision.Stays;
import dev.serin.engine.rollout.Histories.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rollout under a freeze")
class FreezeTest {

    private static final Instant PASSED = NOON.plusSeconds(50);
    private static final Freeze FREEZE = new Freeze(NOON.plusSeconds(600), "noor", "a holiday");

    /// 5 %, then all, which is watched.
    private static final Plan WATCHED =
            Histories.plan(
                    List.of(
                            new Step("5%", Share.percent(5), Duration.ofSeconds(30), null),
                            new Step("full", Share.ALL, Duration.ofSeconds(30), null)),
                    PLAN.conditions());

    private final Rollout at5 =
            ((Moved)
                            Rollout.start(PLAN, "ada", NOON)
                                    .next()
                                    .decide(new Signal.Tick(), Evidence.NONE, NOON.plusSeconds(11)))
                    .next();

    @Test
    @DisplayName("stays in a step that it would have passed, and says until when and why")
    void stays() {
        var decision = at5.decide(new Signal.Tick(), seen(1, Seen.GOOD), PASSED, FREEZE);
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Stays.class,
                        stays -> {
                            assertThat(stays.why())
                                    .isEqualTo(
                                            "waits until Sunday 1 Mar 12:10 UTC: frozen by noor:"
                                                    + " a holiday");
                            assertThat(stays.findings()).isNotEmpty();
                        });
    }

    @Test
    @DisplayName("goes on at the very moment at which the freeze ends")
    void goesOn() {
        assertThat(at5.decide(new Signal.Tick(), seen(1, Seen.GOOD), FREEZE.until(), FREEZE))
                .isInstanceOf(Moved.class);
    }

    @Test
    @DisplayName("refuses to finish a step early, and says to do it again later")
    void refusesPromote() {
        var promote = new Signal.Promote("mira", "", Set.of());
        assertThat(at5.decide(promote, seen(1, Seen.GOOD), PASSED, FREEZE))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.reason()).contains("again when that is over"));
    }

    @Test
    @DisplayName("is rolled back by a breach and by hand all the same")
    void isRolledBack() {
        var byBreach = at5.decide(new Signal.Tick(), seen(1, Seen.FAILING), PASSED, FREEZE);
        var byHand =
                at5.decide(new Signal.RollBack("mira", ""), seen(1, Seen.GOOD), PASSED, FREEZE);
        assertThat(List.of(byBreach, byHand))
                .allSatisfy(decision ->
                        assertThat(((Moved) decision).next().phase())
                                .isInstanceOf(Phase.RolledBack.class));
    }

    @Test
    @DisplayName("opens its gate, and refuses each approval of two until the freeze is over")
    void refusesApprovals() {
        var two =
                Histories.with(
                        Histories.plan(PLAN.conditions(), null),
                        null,
                        new Plan.Approvals(2, false));
        var opened =
                Histories.at(two, 2).decide(new Signal.Tick(), seen(2, Seen.GOOD), PASSED, FREEZE);
        var gate = ((Moved) opened).next();
        assertThat(gate.phase()).isInstanceOf(Phase.AwaitingApproval.class);

        var approve = new Signal.Approve("mira", "", "", Set.of());
        assertThat(gate.decide(approve, seen(2, Seen.GOOD), PASSED, FREEZE))
                .isInstanceOf(Refused.class);
        assertThat(gate.decide(approve, seen(2, Seen.FAILING), PASSED, FREEZE))
                .isInstanceOfSatisfying(
                        Moved.class,
                        moved ->
                                assertThat(moved.next().phase())
                                        .isInstanceOf(Phase.RolledBack.class));
        assertThat(gate.decide(approve, seen(2, Seen.GOOD), FREEZE.until(), FREEZE))
                .isInstanceOf(Moved.class);
    }

    @Test
    @DisplayName("that has all calls already is completed: nothing rises")
    void isCompleted() {
        var last = Histories.at(WATCHED, 1);
        assertThat(last.raisesNext()).isFalse();
        assertThat(last.decide(new Signal.Tick(), seen(1, Seen.GOOD), PASSED, FREEZE))
                .isInstanceOfSatisfying(
                        Moved.class,
                        moved ->
                                assertThat(moved.next().phase())
                                        .isInstanceOf(Phase.Complete.class));
    }

    @Test
    @DisplayName(
            "waits before a first step that gives the candidate calls, and enters it at the end")
    void waitsBeforeItsFirstStep() {
        var started = Rollout.start(WATCHED, "ada", NOON, FREEZE);
        var waiting = started.next();
        assertThat(started.entries()).hasSize(1).first().isInstanceOf(Entry.Started.class);
        assertThat(waiting.share()).isEqualTo(Share.NONE);
        assertThat(waiting.due(NOON)).isEmpty();

        var before = FREEZE.until().minusNanos(1);
        assertThat(waiting.decide(new Signal.Tick(), Evidence.NONE, before, FREEZE))
                .isInstanceOf(Stays.class);
        for (var signal :
                List.of(
                        new Signal.Promote("mira", "", Set.of()),
                        new Signal.Approve("mira", "", "", Set.of()),
                        new Signal.Pause("mira", ""),
                        new Signal.Resume("mira", ""))) {
            assertThat(waiting.decide(signal, Evidence.NONE, before, FREEZE))
                    .isInstanceOf(Refused.class);
        }
        assertThat(waiting.decide(new Signal.Tick(), Evidence.NONE, FREEZE.until(), FREEZE))
                .isInstanceOfSatisfying(
                        Moved.class,
                        moved -> {
                            assertThat(moved.next().share()).isEqualTo(Share.percent(5));
                            assertThat(moved.entries())
                                    .singleElement()
                                    .isInstanceOf(Entry.StepEntered.class);
                        });
    }

    @Test
    @DisplayName("can be stopped before its first step, and then met nobody")
    void isStoppedBefore() {
        var waiting = Rollout.start(WATCHED, "ada", NOON, FREEZE).next();
        var stop = new Signal.RollBack("mira", "no need");
        assertThat(waiting.decide(stop, Evidence.NONE, PASSED, FREEZE))
                .isInstanceOfSatisfying(
                        Moved.class,
                        moved ->
                                assertThat(moved.next().outcome().orElseThrow().reason())
                                        .isEqualTo(
                                                "mira stopped it before its first step: no need"));
    }

    @Test
    @DisplayName("begins with a first step that measures the baseline alone")
    void begins() {
        assertThat(Rollout.start(PLAN, "ada", NOON, FREEZE))
                .isEqualTo(Rollout.start(PLAN, "ada", NOON));
    }

    @Test
    @DisplayName("tells an end within a minute to the second, and never too early")
    void tellsSeconds() {
        var end = new Freeze(Instant.parse("2026-11-30T08:59:30.2Z"), "noor", " ");
        assertThat(end.sentence())
                .isEqualTo("waits until Monday 30 Nov 08:59:31 UTC: frozen by noor");
    }
}
