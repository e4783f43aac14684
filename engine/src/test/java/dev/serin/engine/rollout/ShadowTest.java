package dev.serin.engine.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A shadow step's condition on labels")
class ShadowTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Track LABEL = new Track.Marked("hallucination");

    private static final Plan PLAN =
            Histories.plan(
                    List.of(
                            new Step(
                                    "shadow",
                                    Share.NONE,
                                    Duration.ofMinutes(1),
                                    null,
                                    Share.percent(20)),
                            new Step("full", Share.ALL, Duration.ZERO, null)),
                    List.of(Histories.HALLUCINATIONS));

    @Test
    @DisplayName("rests where copies come and nobody labels them")
    void rests() {
        assertThat(finding(200, Map.of()))
                .isInstanceOfSatisfying(
                        Finding.Resting.class,
                        resting -> assertThat(resting.why()).contains("nobody labels"));
    }

    @Test
    @DisplayName("does not rest in silence, which would pass the step on nothing")
    void waitsInSilence() {
        assertThat(finding(0, Map.of())).isInstanceOf(Finding.Unsure.class);
        assertThat(finding(49, Map.of())).isInstanceOf(Finding.Unsure.class);
    }

    @Test
    @DisplayName("is judged where a judge labels copies")
    void isJudged() {
        var bad = finding(200, Map.of(LABEL, new Tally.Counts(200, 100)));
        assertThat(bad).isInstanceOf(Finding.Breached.class);
        var few = finding(200, Map.of(LABEL, new Tally.Counts(3, 0)));
        assertThat(few).isInstanceOf(Finding.Unsure.class);
    }

    @Test
    @DisplayName("does not rest where copies are chosen to be labelled and a judge says nothing")
    void waitsForItsJudge() {
        var chosen = new Track.Chosen("hallucination");
        assertThat(finding(200, Map.of(chosen, new Tally.Counts(20, 0))))
                .isInstanceOf(Finding.Unsure.class);
    }

    private static Finding finding(long copies, Map<Track, Tally> labels) {
        var tallies = new HashMap<>(labels);
        if (copies > 0) {
            tallies.put(new Track.Calls(), new Tally.Counts(copies, 0));
        }
        var bucket = new StepEvidence.Bucket(0, 1, new Tallies(tallies), Tallies.NONE);
        var evidence = new StepEvidence(0, NOON, 1, List.of(bucket), true);
        return Judgement.judged(PLAN, evidence, NOON.plusSeconds(60)).getFirst();
    }
}
