package dev.serin.engine.rollout;

import static dev.serin.engine.rollout.Histories.NOON;
import static dev.serin.engine.rollout.Histories.rate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally.Counts;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rollout whose arms are labelled")
class LabelRatioTest {

    private static final Duration DUE = Duration.ofHours(2);
    private static final Instant OVER = NOON.plusSeconds(10).plus(DUE);

    @Test
    @DisplayName("unlike each other is stopped from going on, and can be waived by name")
    void unlike() {
        var judged = judged(evidence(1_000, 450, 9_000, 8_900), OVER);
        assertThat(judged.blocks())
                .singleElement()
                .isEqualTo(
                        new Judgement.Block(
                                "label_ratio",
                                "the arms are not labelled alike: the label hallucination came back"
                                        + " for 45.0 % of 1,000 chosen calls of the candidate and for"
                                        + " 98.9 % of 9,000 of the baseline",
                                false));
        assertThat(judged.blocking(java.util.Set.of("label_ratio"))).isEmpty();
    }

    @Test
    @DisplayName("alike is not stopped, however few of its calls are labelled")
    void alike() {
        assertThat(judged(evidence(1_000, 110, 9_000, 1_010), OVER).blocks()).isEmpty();
        assertThat(judged(evidence(1_000, 1_000, 9_000, 9_000), OVER).blocks()).isEmpty();
    }

    @Test
    @DisplayName("is not stopped while the labels may still come")
    void early() {
        var evidence = evidence(1_000, 450, 9_000, 9_000);
        assertThat(judged(evidence, OVER.minusSeconds(1)).blocks()).isEmpty();
        assertThat(judged(evidence, OVER).blocks()).hasSize(1);
    }

    private static Judgement judged(Evidence evidence, Instant now) {
        var plan =
                new Plan(
                        "support-chat",
                        "gpt-3.5-turbo",
                        "gpt-4",
                        List.of(
                                new Step("10%", Share.percent(10), Duration.ofHours(9), null),
                                new Step("full", Share.ALL, Duration.ZERO, null)),
                        List.of(rate(Metric.HALLUCINATION_RATE, 0.08, Consequence.ROLL_BACK)),
                        List.of(),
                        null,
                        Plan.Rules.DEFAULT,
                        null,
                        Plan.Key.USER,
                        Plan.Approvals.ONE,
                        new Plan.Labels(Share.ALL, DUE),
                        null);
        return Rollout.start(plan, "ada", NOON).next().judge(evidence, now);
    }

    private static Evidence evidence(long chosen, long labelled, long others, long othersLabelled) {
        var bucket =
                new StepEvidence.Bucket(
                        0, 1, tallies(chosen, labelled), tallies(others, othersLabelled));
        return new Evidence(List.of(new StepEvidence(0, NOON, 1, List.of(bucket), false)));
    }

    private static Tallies tallies(long chosen, long labelled) {
        return new Tallies(
                Map.of(
                        new Track.Chosen("hallucination"), new Counts(chosen, 0),
                        new Track.Marked("hallucination"), new Counts(labelled, labelled / 100)));
    }
}
