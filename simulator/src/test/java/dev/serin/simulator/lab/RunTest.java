package dev.serin.simulator.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Signal;
import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.simulator.play.Act;
import dev.serin.simulator.play.Pace;
import dev.serin.simulator.play.Play;
import dev.serin.simulator.play.Played;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.PlainProfile;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.traffic.Arrivals;
import dev.serin.simulator.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A run of the lab")
class RunTest {

    private static final Duration APPROVAL = Duration.ofSeconds(10);
    private static final String SALT = "run-test";

    private static final ModelProfile NEAR = new PlainProfile("near", 3000, 2030, 0.07, 0.05, 0.05);
    private static final ModelProfile OVER = new PlainProfile("over", 900, 300, 0.02, 0.14, 0.03);
    private static final ModelProfile WORSE = new PlainProfile("worse", 300, 200, 0.18, 0.04, 0.12);
    private static final ModelProfile SLOW = new PlainProfile("slow", 700, 5200, 0.01, 0.01, 0.01);

    static Stream<Arguments> runs() {
        var runs = new ArrayList<Arguments>();
        for (var candidate : List.of(Profiles.GPT_4_GOOD, OVER, WORSE, SLOW, Profiles.GPT_4_BAD)) {
            for (long seed = 1; seed <= 2; seed++) {
                runs.add(Arguments.of("upgrade", Plans.UPGRADE, candidate, 20.0, seed));
                runs.add(Arguments.of("odd", Plans.ODD, candidate, 6.0, seed));
            }
        }
        runs.add(Arguments.of("relative", Plans.RELATIVE, OVER, 30.0, 4L));
        runs.add(Arguments.of("upgrade", Plans.UPGRADE, NEAR, 100.0, 5L));
        runs.add(Arguments.of("odd", Plans.ODD, NEAR, 15.0, 6L));
        runs.add(Arguments.of("relative", Plans.RELATIVE, Profiles.GPT_3_5, 30.0, 7L));
        for (var candidate : List.of(Profiles.GPT_4_GOOD, Profiles.GPT_3_5, SLOW, NEAR)) {
            runs.add(Arguments.of("beside", Plans.BESIDE, candidate, 30.0, 8L));
        }
        runs.add(Arguments.of("asking first", Plans.ASKING_FIRST, Profiles.GPT_4_GOOD, 20.0, 9L));
        runs.add(Arguments.of("copies first", Plans.COPIES_FIRST, Profiles.GPT_4_GOOD, 20.0, 10L));
        return runs.stream();
    }

    @ParameterizedTest(name = "{0}, {2}, {3} calls a second, seed {4}")
    @MethodSource("runs")
    @DisplayName(
            "enters the same steps at the same times and ends as a play that looks every second")
    void isAPlay(String name, Plan plan, ModelProfile candidate, double perSecond, long seed) {
        var limit = Duration.ofMinutes(plan == Plans.RELATIVE || plan == Plans.BESIDE ? 3 : 14);
        var run = run(plan, candidate, perSecond, limit);
        var ending = run.play(Model.of(Profiles.GPT_3_5), Model.of(candidate), seed).orElseThrow();
        var played = play(plan, candidate, perSecond, seed, limit);

        assertThat(ending.nanos())
                .as("end")
                .isEqualTo(Duration.between(Instant.EPOCH, played.end()).toNanos());
        assertThat(run.entered())
                .as("steps")
                .isEqualTo(played.steps().stream().map(step -> step.entered()).toList());
        assertThat(ending.fate()).isEqualTo(fate(played));
        assertThat(ending.given())
                .as("candidate calls")
                .isEqualTo(played.steps().stream().mapToLong(step -> step.candidateCalls()).sum());
    }

    @Test
    @DisplayName("goes past copies that keep the conditions: nobody was given them")
    void passesCopies() {
        var run = run(Plans.COPIES_FIRST, Profiles.GPT_4_GOOD, 20, Duration.ofHours(1));
        var ending =
                run.play(Model.of(Profiles.GPT_3_5), Model.of(Profiles.GPT_4_GOOD), 3)
                        .orElseThrow();

        assertThat(ending.fate()).isEqualTo(Ending.Fate.PROMOTED);
    }

    @Test
    @DisplayName("asks the engine at hardly any look")
    void asksSeldom() {
        var run = run(Plans.UPGRADE, Profiles.GPT_4_GOOD, 20, Duration.ofHours(1));
        var ending =
                run.play(Model.of(Profiles.GPT_3_5), Model.of(Profiles.GPT_4_GOOD), 3)
                        .orElseThrow();

        assertThat(ending.fate()).isEqualTo(Ending.Fate.PROMOTED);
        assertThat(run.asked()).isLessThan(Duration.ofNanos(ending.nanos()).toSeconds() / 5);
    }

    @Test
    @DisplayName("asks the engine seldom too where percentiles are held against the baseline's")
    void asksSeldomBesideTheBaseline() {
        var run = run(Plans.BESIDE, Profiles.GPT_3_5, 20, Duration.ofHours(2));
        var ending =
                run.play(Model.of(Profiles.GPT_3_5), Model.of(Profiles.GPT_3_5), 3).orElseThrow();

        assertThat(run.asked()).isLessThan(Duration.ofNanos(ending.nanos()).toSeconds() / 5);
    }

    private static Run run(Plan plan, ModelProfile candidate, double perSecond, Duration limit) {
        var order =
                new LabOrder(
                        plan,
                        Profiles.GPT_3_5,
                        List.of(candidate),
                        1,
                        1,
                        perSecond,
                        APPROVAL,
                        limit);
        return new Run(order, new Crowd(SALT), () -> false);
    }

    private static Ending.Fate fate(Played played) {
        return switch (played.rollout().phase()) {
            case Phase.Complete _ -> Ending.Fate.PROMOTED;
            case Phase.RolledBack _ -> Ending.Fate.ROLLED_BACK;
            case Phase.Waiting _, Phase.Observing _, Phase.AwaitingApproval _, Phase.Paused _ ->
                    Ending.Fate.STUCK;
        };
    }

    private static Played play(
            Plan plan, ModelProfile candidate, double perSecond, long seed, Duration limit) {
        var traffic =
                Traffic.between(
                        Profiles.GPT_3_5,
                        candidate,
                        new TrafficSplit(SALT),
                        Arrivals.steady(perSecond),
                        Instant.EPOCH,
                        seed);
        var people =
                Run.approvals(plan).stream()
                        .map(approve -> atGate((Signal.Approve) approve))
                        .toList();
        return Play.of(plan, Run.STARTER, Instant.EPOCH, traffic, people, Pace.tirelessly(limit));
    }

    private static Act atGate(Signal.Approve approve) {
        return new Act(new Act.Moment.Gate(), APPROVAL, approve);
    }
}
