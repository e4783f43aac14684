package dev.serin.engine.rollout;

import static dev.serin.engine.rollout.Histories.HALLUCINATIONS_TEXT;
import static dev.serin.engine.rollout.Histories.after;
import static dev.serin.engine.rollout.Histories.at;
import static dev.serin.engine.rollout.Histories.atGate;
import static dev.serin.engine.rollout.Histories.plan;
import static dev.serin.engine.rollout.Histories.rate;
import static dev.serin.engine.rollout.Histories.stepSeen;
import static dev.serin.engine.rollout.RolloutTest.next;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Decision.Refused;
import dev.serin.engine.rollout.Decision.Stays;
import dev.serin.engine.rollout.Histories.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A breach that only asks and is found late, in the evidence of an earlier step,")
class LateEvidenceTest {

    private static final Signal TICK = new Signal.Tick();
    private static final Signal RESUME = new Signal.Resume("mira", "");
    private static final String LATE = "late in step 5%: " + HALLUCINATIONS_TEXT;
    private static final Duration TIME = Duration.ofSeconds(30);

    private static final List<Condition> ASKING =
            List.of(rate(Metric.HALLUCINATION_RATE, 0.08, Consequence.ASK));

    private static final Plan PLAN =
            plan(
                    List.of(
                            new Step("5%", Share.percent(5), TIME, null),
                            new Step("25%", Share.percent(25), TIME, null),
                            new Step("50%", Share.percent(50), TIME, null),
                            new Step("full", Share.ALL, Duration.ZERO, null)),
                    ASKING);

    private static final Evidence FIRST_IS_BAD = steps(Seen.HALLUCINATING, Seen.GOOD, Seen.GOOD);

    @Test
    @DisplayName("pauses, once for all steps to come")
    void asksOnce() {
        var asked = next(at(PLAN, 1).decide(TICK, FIRST_IS_BAD, after(5)));
        assertThat(asked.phase())
                .isInstanceOfSatisfying(
                        Phase.Paused.class,
                        paused ->
                                assertThat(paused.why())
                                        .startsWith(
                                                "found late, in the evidence of step 5%: Hallucinations 30 %"));

        var resumed = next(asked.decide(RESUME, FIRST_IS_BAD, after(6)));
        var further = next(resumed.decide(TICK, FIRST_IS_BAD, after(40)));
        assertThat(further.share()).isEqualTo(Share.percent(50));
        assertThat(next(further.decide(TICK, FIRST_IS_BAD, after(80))).share())
                .isEqualTo(Share.ALL);
    }

    @Test
    @DisplayName("pauses again where it is of another step")
    void asksForEachStep() {
        var both = steps(Seen.HALLUCINATING, Seen.HALLUCINATING, Seen.GOOD);

        var asked = next(at(PLAN, 2).decide(TICK, FIRST_IS_BAD, after(5)));
        var resumed = next(asked.decide(RESUME, FIRST_IS_BAD, after(6)));
        assertThat(resumed.decide(TICK, FIRST_IS_BAD, after(7))).isInstanceOf(Stays.class);
        assertThat(next(resumed.decide(TICK, both, after(8))).phase())
                .isInstanceOf(Phase.Paused.class);
    }

    @Test
    @DisplayName("does not pause where it was waived to finish a step")
    void isWaived() {
        var finish = new Signal.Promote("mira", "", Set.of(LATE));
        var further = next(at(PLAN, 1).decide(finish, FIRST_IS_BAD, after(5)));
        assertThat(further.share()).isEqualTo(Share.percent(50));
        assertThat(further.decide(TICK, FIRST_IS_BAD, after(6))).isInstanceOf(Stays.class);
    }

    @Test
    @DisplayName("has an approval refused, until it is waived by name")
    void closesGate() {
        var plan = plan(ASKING, null);
        var evidence = steps(Seen.NOTHING, Seen.HALLUCINATING, Seen.GOOD);

        assertThat(atGate(plan).decide(TICK, evidence, after(60))).isInstanceOf(Stays.class);
        assertThat(atGate(plan).decide(approval(Set.of()), evidence, after(60)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason()).endsWith("waive " + LATE));
        assertThat(next(atGate(plan).decide(approval(Set.of(LATE)), evidence, after(60))).share())
                .isEqualTo(Share.ALL);
    }

    private static Signal approval(Set<String> waived) {
        return new Signal.Approve("mira", "", "e-1", waived);
    }

    /// What the candidate showed in each step from the first, beside a baseline that kept every limit.
    private static Evidence steps(Seen... candidate) {
        var steps = new ArrayList<StepEvidence>();
        for (var seen : candidate) {
            steps.add(stepSeen(steps.size(), seen, Seen.GOOD));
        }
        return new Evidence(steps);
    }
}
