package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A condition on labels that come later")
class LateLabelsTest {

    private static final Duration DUE = Duration.ofMinutes(2);
    private static final Strictness STRICT = new Strictness(0.05 / 16, 0.05, 0, 50, DUE);
    private static final Track MARKED = new Track.Marked("hallucination");
    private static final Track CHOSEN = new Track.Chosen("hallucination");

    private static final Condition HALLUCINATIONS =
            limit(Metric.HALLUCINATION_RATE, Side.AT_LEAST, new Limit.Absolute(0.08));
    private static final Condition QUALITY =
            limit(
                    new Metric.Score("answer_quality", "quality"),
                    Side.AT_MOST,
                    new Limit.Absolute(0.7));

    @Test
    @DisplayName("is not broken by bad verdicts that are merely the first to come")
    void takesWaitingCallsForGood() {
        var early = chosen(400, 30, 30);
        assertThat(early.judged(HALLUCINATIONS, STRICT, early.end()))
                .isInstanceOf(Finding.Unsure.class);
        assertThat(early.judged(HALLUCINATIONS, new Strictness(0.05 / 16, 0.05, 0, 50)))
                .isInstanceOf(Finding.Breached.class);
    }

    @Test
    @DisplayName("is broken before all labels are there, if the rest could not mend it")
    void breaksWhateverTheRestSays() {
        var early = chosen(100, 60, 60);
        assertThat(early.judged(HALLUCINATIONS, STRICT, early.end()))
                .isInstanceOf(Finding.Breached.class);
    }

    @Test
    @DisplayName("is met only by calls before the first that still waits")
    void meetsOnThePrefix() {
        var seen = chosen(300, 0, 299);
        seen.bucket().candidate(CHOSEN, Seen.counts(0, 300));
        seen.candidate(MARKED, Seen.counts(0, 300));
        var finding = seen.judged(HALLUCINATIONS, STRICT, seen.end());
        assertThat(finding).isInstanceOf(Finding.Unsure.class);
        assertThat(finding.sentence()).contains("599 of 600 chosen calls labelled, 1 waiting.");

        assertThat(seen.judged(HALLUCINATIONS, STRICT, seen.end().plus(DUE)))
                .isInstanceOf(Finding.Met.class);
    }

    @Test
    @DisplayName("leaves out what never came once its deadline is over, and says so")
    void tellsWhatNeverCame() {
        var seen = chosen(93, 1, 61);
        var finding = seen.judged(HALLUCINATIONS, STRICT, seen.end().plus(DUE));
        assertThat(finding.estimate().calls()).isEqualTo(61);
        assertThat(finding.arms().candidateLabels()).isEqualTo(new Coverage(93, 61, 0));
        assertThat(finding.sentence()).endsWith(" 61 of 93 chosen calls labelled, 32 never came.");
    }

    @Test
    @DisplayName("says what it waits for while no label is there at all")
    void saysWhatItWaitsFor() {
        var seen = new Seen().bucket().candidate(CHOSEN, Seen.counts(0, 12));
        assertThat(seen.judged(HALLUCINATIONS, STRICT, seen.end()).sentence())
                .isEqualTo(
                        "hallucination_rate >= 0.08: no label has come yet."
                                + " 0 of 12 chosen calls labelled, 12 waiting.");
    }

    @Test
    @DisplayName("waits for a call before it waits for its label")
    void waitsForCalls() {
        var silent = new Seen().bucket();
        var assigned = new Seen().bucket().candidate(new Track.Keys(), Seen.counts(0, 7));
        for (var seen : List.of(silent, assigned)) {
            assertThat(seen.judged(HALLUCINATIONS, STRICT, seen.end()).sentence())
                    .contains("hallucination_rate >= 0.08: no call has come yet.");
        }
    }

    @Test
    @DisplayName("beside the baseline says what is missing of the baseline")
    void saysWhatIsMissingOfTheBaseline() {
        var relative = limit(Metric.HALLUCINATION_RATE, Side.AT_LEAST, new Limit.Relative(1.5, 0));
        var alone = chosen(40, 2, 40);
        assertThat(alone.judged(relative, STRICT, alone.end()).sentence())
                .contains("no call of the baseline has come yet");
        var unlabelled = chosen(40, 2, 40).baseline(CHOSEN, Seen.counts(0, 12));
        assertThat(unlabelled.judged(relative, STRICT, unlabelled.end()).sentence())
                .contains("no label of the baseline has come yet");
    }

    @Test
    @DisplayName("counts labels as they come where the plan waits for none")
    void countsAtOnceWithoutDeadline() {
        var seen = chosen(400, 0, 300);
        var finding = seen.judged(HALLUCINATIONS, new Strictness(0.05, 0.05, 0, 50), seen.end());
        assertThat(finding).isInstanceOf(Finding.Met.class);
        assertThat(finding.arms().candidateLabels()).isNull();
    }

    @Test
    @DisplayName("against the baseline takes the baseline's waiting calls for bad")
    void takesTheBaselinesForBad() {
        var condition =
                limit(Metric.HALLUCINATION_RATE, Side.AT_LEAST, new Limit.Relative(1, 0.05));
        var seen = chosen(400, 80, 400);
        seen.baseline(CHOSEN, Seen.counts(0, 400)).baseline(MARKED, Seen.counts(0, 200));
        assertThat(seen.judged(condition, STRICT, seen.end())).isInstanceOf(Finding.Unsure.class);
        assertThat(seen.judged(condition, STRICT, seen.end().plus(DUE)))
                .isInstanceOf(Finding.Breached.class);
    }

    @Test
    @DisplayName("against the baseline is not met while the baseline waits")
    void waitsForTheBaseline() {
        var condition = limit(Metric.HALLUCINATION_RATE, Side.AT_LEAST, new Limit.Relative(1, 0.2));
        var seen = chosen(400, 4, 400);
        seen.baseline(CHOSEN, Seen.counts(0, 400)).baseline(MARKED, Seen.counts(4, 399));
        assertThat(seen.judged(condition, STRICT, seen.end())).isInstanceOf(Finding.Unsure.class);
        assertThat(seen.judged(condition, STRICT, seen.end().plus(DUE)))
                .isInstanceOf(Finding.Met.class);
    }

    @Test
    @DisplayName("on scores is judged by their mean, with waiting calls at the best score")
    void judgesScores() {
        var poor = scored(120, 60, 0.3);
        assertThat(poor.judged(QUALITY, STRICT, poor.end())).isInstanceOf(Finding.Unsure.class);
        var finding = poor.judged(QUALITY, STRICT, poor.end().plus(DUE));
        assertThat(finding).isInstanceOf(Finding.Breached.class);
        assertThat(finding.estimate().value()).isEqualTo(0.3);

        var fine = scored(120, 120, 0.9);
        assertThat(fine.judged(QUALITY, STRICT, fine.end())).isInstanceOf(Finding.Met.class);
    }

    @Test
    @DisplayName("waits as long for merged buckets as for the last of them")
    void waitsForMergedBuckets() {
        var counts = new java.util.HashMap<Track, Tally>();
        counts.put(CHOSEN, Seen.counts(0, 400));
        counts.put(MARKED, Seen.counts(0, 399));
        var merged = new StepEvidence.Bucket(0, 8, new Tallies(counts), Tallies.NONE);
        var evidence = new StepEvidence(0, Seen.START, 80, java.util.List.of(merged), false);
        var due = Seen.START.plusSeconds(80).plus(DUE);
        assertThat(judged(evidence, due.minusSeconds(1))).isInstanceOf(Finding.Unsure.class);
        assertThat(judged(evidence, due)).isInstanceOf(Finding.Met.class);
    }

    private static Finding judged(StepEvidence evidence, Instant now) {
        return Judge.candidate(java.util.List.of(HALLUCINATIONS), STRICT, evidence, false, now)
                .getFirst();
    }

    private static Seen chosen(long chosen, long bad, long labelled) {
        return new Seen()
                .bucket()
                .candidate(CHOSEN, Seen.counts(0, chosen))
                .candidate(MARKED, Seen.counts(bad, labelled));
    }

    private static Seen scored(long chosen, long labelled, double score) {
        return new Seen()
                .bucket()
                .candidate(new Track.Chosen("quality"), Seen.counts(0, chosen))
                .candidate(
                        new Track.Score("quality"),
                        new Tally.Moments(labelled, labelled * score, labelled * score * score, 0));
    }

    private static Condition limit(Metric metric, Side side, Limit limit) {
        return new Condition(metric, side, limit, Consequence.ROLL_BACK, null);
    }
}
