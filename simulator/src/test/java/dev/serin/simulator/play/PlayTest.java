package dev.serin.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Outcome;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Signal;
import dev.serin.engine.traffic.Arm;
import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.PlainProfile;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.traffic.Arrivals;
import dev.serin.simulator.traffic.SimulatedCall;
import dev.serin.simulator.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A play")
class PlayTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Pace PACE = Pace.everySecond(Duration.ofMinutes(5));

    private static final Condition ERRORS = condition(Metric.ERROR_RATE, 0.10);
    private static final Condition HALLUCINATIONS = condition(Metric.HALLUCINATION_RATE, 0.08);

    private static final Plan PLAN = plan(List.of(ERRORS, HALLUCINATIONS));

    @Test
    @DisplayName("of a good candidate ends promoted once its gate was approved")
    void promotesAGoodOne() {
        var played = play(Profiles.GPT_4_GOOD, 1, approvals());

        assertThat(played.rollout().outcome().map(Outcome::kind)).contains(Outcome.Kind.PROMOTED);
        assertThat(played.entries())
                .anySatisfy(entry ->
                        assertThat(entry)
                                .isInstanceOfSatisfying(
                                        Entry.Approved.class,
                                        it -> assertThat(it.by()).isEqualTo("Ada")));
        assertThat(played.steps())
                .extracting(PlayedStep::name)
                .containsExactly("canary", "half", "full");
        assertThat(played.steps().get(0).findings()).allMatch(Finding.Met.class::isInstance);
        assertThat(played.waitsFor()).isEmpty();
    }

    @Test
    @DisplayName("of a bad candidate ends rolled back, and counts the calls that were on their way")
    void rollsBackABadOne() {
        var failing = new PlainProfile("failing", 3000, 0, 0.6, 0, 0.01);
        var played = play(failing, 2, approvals());

        assertThat(played.rollout().outcome().map(Outcome::kind)).contains(Outcome.Kind.BREACHED);
        var step = played.steps().getLast();
        var judged = step.findings().getFirst().estimate().calls();
        assertThat(step.candidateCalls()).isGreaterThan(judged);
    }

    @Test
    @DisplayName("ends where it waits for a person and none answers")
    void endsAtAGateWithoutPeople() {
        var played = play(Profiles.GPT_4_GOOD, 3, List.of());

        assertThat(played.rollout().phase()).isInstanceOf(Phase.AwaitingApproval.class);
        assertThat(played.rollout().outcome()).isEmpty();
    }

    @Test
    @DisplayName("lets people reject, roll back by hand, pause and resume")
    void letsPeopleAct() {
        var rejected = play(Profiles.GPT_4_GOOD, 4, List.of(Act.reject("Bo", Duration.ZERO, "no")));
        assertThat(rejected.rollout().outcome().map(Outcome::kind)).contains(Outcome.Kind.REJECTED);

        var byHand =
                play(
                        Profiles.GPT_4_GOOD,
                        5,
                        List.of(
                                Act.inStep(
                                        0, Duration.ofSeconds(5), new Signal.RollBack("Bo", ""))));
        assertThat(byHand.rollout().outcome().map(Outcome::kind))
                .contains(Outcome.Kind.ROLLED_BACK_BY_HAND);

        var paused =
                play(
                        Profiles.GPT_4_GOOD,
                        6,
                        List.of(
                                Act.inStep(
                                        1, Duration.ofSeconds(5), new Signal.Pause("Bo", "lunch")),
                                Act.resume("Bo", Duration.ofSeconds(60), "back")));
        assertThat(paused.entries()).anyMatch(Entry.Resumed.class::isInstance);
    }

    @Test
    @DisplayName("ends undecided at its limit")
    void endsAtItsLimit() {
        var onTheEdge = new PlainProfile("edge", 100, 0, 0.10, 0, 0.01);
        var played = play(onTheEdge, 7, approvals());

        assertThat(played.rollout().isActive()).isTrue();
        assertThat(played.end()).isEqualTo(NOON.plus(PACE.limit()));
        assertThat(played.waitsFor()).isNotEmpty();
    }

    @Test
    @DisplayName("ends early where it waits only for what can never be met")
    void endsWhereNothingCanCome() {
        var played =
                Play.of(
                        PLAN,
                        "test",
                        NOON,
                        silentOnLabels(8),
                        approvals(),
                        PACE,
                        Set.of(HALLUCINATIONS.text()));

        assertThat(played.rollout().isActive()).isTrue();
        assertThat(Duration.between(NOON, played.end())).isLessThan(Duration.ofMinutes(2));
        assertThat(played.steps()).hasSize(1);
        assertThat(played.steps().getFirst().findings().getFirst()).isInstanceOf(Finding.Met.class);
    }

    @Test
    @DisplayName(
            "counts refusals by a used-up quota for neither arm, and waits where it is the candidate's")
    void countsNoQuota() {
        var refused = new Call(true, "insufficient_quota", 5.0, null, 0.0, null, Map.of());
        var ofBaseline =
                Play.of(
                        PLAN,
                        "test",
                        NOON,
                        traffic(12, () -> refused, PlayTest::unlabelled),
                        List.of(),
                        PACE);
        var tallied = ofBaseline.evidence().steps().getFirst().baseline();
        assertThat(tallied.counts(new Track.Marked("error")).n()).isZero();
        assertThat(tallied.counts(new Track.Calls()).n()).isZero();
        assertThat(ofBaseline.steps().getFirst().baselineCalls()).isPositive();

        var ofCandidate =
                Play.of(
                        PLAN,
                        "test",
                        NOON,
                        traffic(13, PlayTest::unlabelled, () -> refused),
                        List.of(),
                        PACE);
        assertThat(ofCandidate.waitsFor()).contains("quota");
        assertThat(ofCandidate.rollout().isActive()).isTrue();
    }

    @Test
    @DisplayName(
            "takes each call for its caller's first, once it remembers as many callers as it may")
    void remembersSoManyCallers() {
        var folding = new Folding(PLAN, 1);
        folding.enter(0, NOON);
        var call = new Call(false, null, 1.0, null, null, null, Map.of());
        for (int i = 0; i < Folding.MOST_KEYS + 100; i++) {
            folding.add(new SimulatedCall(0, Arm.CANDIDATE, "user-" + i, NOON, NOON, call));
        }
        for (int i = 0; i < 30; i++) {
            folding.add(new SimulatedCall(0, Arm.CANDIDATE, "user-0", NOON, NOON, call));
        }
        var tallied = folding.evidence(NOON).steps().getFirst();

        assertThat(tallied.candidateCounts(new Track.Keys()).n())
                .isEqualTo(Folding.MOST_KEYS + 100);
        assertThat(tallied.candidateCounts(new Track.Calls()).n())
                .isEqualTo(Folding.MOST_KEYS + 100 + 19);
    }

    @Test
    @DisplayName("gives itself again for its seed, entry by entry")
    void seedGivesItAgain() {
        var one = play(Profiles.GPT_4_GOOD, 9, approvals());
        var same = play(Profiles.GPT_4_GOOD, 9, approvals());
        var other = play(Profiles.GPT_4_GOOD, 10, approvals());

        assertThat(one).isEqualTo(same);
        assertThat(one.evidence()).isNotEqualTo(other.evidence());
    }

    @Test
    @DisplayName("gives itself again whenever it begins")
    void timeOfDayDoesNotMatter() {
        var noon = play(Profiles.GPT_4_GOOD, 11, approvals());
        var later = NOON.plus(Duration.ofDays(3)).plusMillis(123);
        var again =
                Play.of(
                        PLAN,
                        "test",
                        later,
                        traffic(Profiles.GPT_4_GOOD, 11, later),
                        approvals(),
                        PACE);

        assertThat(Duration.between(noon.rollout().last(), again.rollout().last()))
                .isEqualTo(Duration.between(NOON, later));
        assertThat(again.steps())
                .extracting(PlayedStep::candidateCalls)
                .isEqualTo(noon.steps().stream().map(PlayedStep::candidateCalls).toList());
    }

    private static Played play(ModelProfile candidate, long seed, List<Act> people) {
        return Play.of(PLAN, "test", NOON, traffic(candidate, seed, NOON), people, PACE);
    }

    private static List<Act> approvals() {
        return List.of(Act.approve("Ada", Duration.ofSeconds(10), "looks good"));
    }

    private static Traffic traffic(ModelProfile candidate, long seed, Instant from) {
        return Traffic.between(
                Profiles.GPT_3_5,
                candidate,
                new TrafficSplit("play"),
                Arrivals.steady(100),
                from,
                seed);
    }

    private static Traffic silentOnLabels(long seed) {
        return traffic(seed, PlayTest::unlabelled, PlayTest::unlabelled);
    }

    private static Traffic traffic(long seed, Supplier<Call> baseline, Supplier<Call> candidate) {
        var random = new java.util.SplittableRandom(seed);
        return new Traffic(
                new TrafficSplit("play"),
                Arrivals.steady(100),
                NOON,
                () -> "user-" + random.nextInt(Traffic.USERS),
                baseline,
                candidate);
    }

    private static Call unlabelled() {
        return new Call(false, null, 100.0, null, null, null, Map.of());
    }

    private static Condition condition(Metric metric, double limit) {
        return new Condition(
                metric,
                Condition.Side.AT_LEAST,
                new Limit.Absolute(limit),
                Condition.Consequence.ROLL_BACK,
                null);
    }

    private static Plan plan(List<Condition> conditions) {
        return new Plan(
                "chat",
                "old",
                "new",
                List.of(
                        new Step("canary", Share.percent(10), Duration.ofSeconds(20), null),
                        new Step("half", Share.percent(50), Duration.ofSeconds(20), Gate.MANUAL),
                        new Step("full", Share.ALL, Duration.ZERO, null)),
                conditions,
                List.of(),
                null,
                Plan.Rules.DEFAULT,
                null,
                Plan.Key.USER,
                Plan.Approvals.ONE);
    }
}
