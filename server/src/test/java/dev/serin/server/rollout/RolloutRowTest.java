package dev.serin.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.StepEvidence.Bucket;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Rollout;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A look at a rollout that measures the baseline alone")
class RolloutRowTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RolloutRow row = new RolloutRow();

    @Test
    @DisplayName("finds something new when calls have come, though its evidence keeps its name")
    void findsCalls() {
        assertThat(row.found(judged(0), "same", 0, NOON)).isTrue();
        assertThat(row.found(judged(20), "same", 1, later(1))).isTrue();
        assertThat(row.judged).isEqualTo(judged(20));
    }

    @Test
    @DisplayName("finds nothing new while all is quiet, as what was stored is read again the same")
    void findsNothing() {
        row.found(judged(20), "same", 1, NOON);
        row.judged = readAgain(row.judged);
        assertThat(row.found(judged(20), "same", 1, later(1))).isFalse();
        assertThat(row.judgedAt).isEqualTo(later(1));
    }

    @Test
    @DisplayName("finds something new when calls that came before have become evidence by now")
    void findsWhatHasRipened() {
        row.found(judged(20), "same", 1, NOON);
        assertThat(row.found(judged(30), "same", 1, later(1))).isTrue();
    }

    /// So many calls of the baseline, a tenth of them errors.
    private static Judgement judged(int calls) {
        var read = (PlanReading.Read) PlanReader.read(Server.measuring("row"), Known.NOTHING);
        var tallies =
                new Tallies(
                        Map.of(
                                new Track.Calls(), new Tally.Counts(calls, calls / 10),
                                new Track.Marked("error"), new Tally.Counts(calls, calls / 10)));
        var bucket = new Bucket(0, 1, Tallies.NONE, tallies);
        var step = new StepEvidence(0, NOON, 1, List.of(bucket), false);
        return Rollout.start(read.file().plan(), "somebody", NOON)
                .next()
                .judge(new Evidence(List.of(step)), later(30));
    }

    private static Instant later(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static Judgement readAgain(Judgement judged) {
        return new Judgement(
                judged.current(),
                judged.late(),
                EngineJson.findings(EngineJson.writeFindings(judged.baseline())),
                judged.calls(),
                judged.rate(),
                judged.exposed(),
                judged.blocks());
    }
}
