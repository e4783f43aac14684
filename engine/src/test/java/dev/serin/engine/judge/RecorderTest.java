package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serin.engine.slo.Objective;
import dev.serin.engine.slo.Objective.Indicator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A recorder")
class RecorderTest {

    private static final Condition COST =
            JudgeTest.condition(Metric.AVG_COST_USD, Condition.Side.AT_LEAST, 0.1);
    private static final Condition P95 =
            JudgeTest.condition(Metric.P95_LATENCY_MS, Condition.Side.AT_LEAST, 5000);
    private static final Objective DEAR =
            new Objective(Indicator.COST_PER_TASK, 0.95, 0.05, Duration.ofHours(1));
    private static final Set<Track> TRACKS = Tracks.of(List.of(COST, P95), List.of(DEAR.track()));

    @Test
    @DisplayName("counts a call for each metric of which it says something, and for no other")
    void missingFieldsCountNowhere() {
        var recorder = new Recorder(TRACKS, Tallies.NONE);
        recorder.record(call(null, null, null, null));
        recorder.record(call(false, null, 900.0, 0.03));
        var tallies = recorder.tallies();

        assertThat(tallies.counts(new Track.Calls())).isEqualTo(new Tally.Counts(2, 0));
        assertThat(tallies.counts(new Track.Marked("error"))).isEqualTo(new Tally.Counts(1, 0));
        assertThat(tallies.histogram(new Track.Spread(Quantity.LATENCY_MS)).n()).isEqualTo(1);
        assertThat(tallies.moments(new Track.Sum(Quantity.COST_USD, 0.5)).n()).isEqualTo(1);
        assertThat(tallies.byTrack()).doesNotContainKey(new Track.Keys());
    }

    @Test
    @DisplayName("lets a timeout be slow, and a call that failed at once have no latency")
    void failuresAndLatency() {
        var recorder = new Recorder(TRACKS, Tallies.NONE);
        recorder.record(call(true, "5xx", 12.0, null));
        recorder.record(call(true, Call.TIMEOUT, 30_000.0, null));
        var tallies = recorder.tallies();

        assertThat(tallies.counts(new Track.Reaches(Quantity.LATENCY_MS, 5000)))
                .isEqualTo(new Tally.Counts(1, 1));
        assertThat(tallies.counts(new Track.Failures("5xx"))).isEqualTo(new Tally.Counts(1, 1));
        assertThat(tallies.counts(new Track.Failures("timeout"))).isEqualTo(new Tally.Counts(1, 1));
    }

    @Test
    @DisplayName("counts exactly the limit as over it in a condition, and as good in an objective")
    void atTheLimit() {
        var recorder = new Recorder(TRACKS, Tallies.NONE);
        recorder.record(call(false, null, 5000.0, 0.05));
        var tallies = recorder.tallies();

        assertThat(tallies.counts(new Track.Reaches(Quantity.LATENCY_MS, 5000)).bad()).isEqualTo(1);
        assertThat(tallies.counts(DEAR.track())).isEqualTo(new Tally.Counts(1, 0));
    }

    @Test
    @DisplayName("hands its centre over to the next bucket, so that cutting time changes nothing")
    void centreIsHandedOver() {
        var track = new Track.Sum(Quantity.COST_USD, 0.5);
        var whole = new Recorder(TRACKS, Tallies.NONE);
        var first = new Recorder(TRACKS, Tallies.NONE);
        for (int i = 0; i < 40; i++) {
            whole.record(call(false, null, null, 0.03 + 0.001 * (i % 7)));
            first.record(call(false, null, null, 0.03 + 0.001 * (i % 7)));
        }
        var second = new Recorder(TRACKS, first.seen());
        for (int i = 0; i < 60; i++) {
            whole.record(call(false, null, null, 0.04));
            second.record(call(false, null, null, 0.04));
        }
        var pieces = first.tallies().plus(second.tallies()).moments(track);

        assertThat(pieces.n()).isEqualTo(100);
        assertThat(pieces.v()).isCloseTo(whole.tallies().moments(track).v(), within(1e-12));
    }

    @Test
    @DisplayName("tells so many classes of failures apart in a step, however time is cut")
    void boundsClasses() {
        var tallies = Tallies.NONE;
        for (int bucket = 0; bucket < 10; bucket++) {
            var recorder = new Recorder(TRACKS, tallies);
            for (int i = 0; i < 20; i++) {
                recorder.record(call(true, "odd-" + (20 * bucket + i), null, null));
            }
            recorder.record(call(true, "odd-3", null, null));
            tallies = recorder.seen();
        }

        assertThat(tallies.byTrack().keySet().stream().filter(Track.Failures.class::isInstance))
                .hasSize(Recorder.MOST_CLASSES + 1);
        assertThat(tallies.counts(new Track.Failures("odd-3")).n()).isEqualTo(11);
        assertThat(tallies.counts(new Track.Failures("other")).n())
                .isEqualTo(200 - Recorder.MOST_CLASSES);
    }

    @Test
    @DisplayName("counts calls over the cap")
    void overCap() {
        var recorder = new Recorder(TRACKS, Tallies.NONE);
        recorder.record(call(false, null, null, 0.5));
        recorder.record(call(false, null, null, 0.51));

        assertThat(recorder.tallies().moments(new Track.Sum(Quantity.COST_USD, 0.5)).overCap())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("knows keys only where it is told of them")
    void keys() {
        var recorder = new Recorder(TRACKS, Tallies.NONE);
        recorder.firstSeenKey();
        recorder.firstSeenKey();

        assertThat(recorder.tallies().counts(new Track.Keys()).n()).isEqualTo(2);
    }

    @Test
    @DisplayName("keeps what it tallies under keys that read back")
    void keysReadBack() {
        var tracks =
                List.of(
                        new Track.Calls(),
                        new Track.Keys(),
                        new Track.Marked("error"),
                        new Track.Marked("hallucination"),
                        new Track.Marked("odd >= 3/4"),
                        new Track.Failures("5xx/odd"),
                        new Track.Reaches(Quantity.LATENCY_MS, 5000),
                        new Track.Reaches(Quantity.COST_USD, Math.nextUp(0.05)),
                        new Track.Reaches(Quantity.TTFT_MS, 1e-7),
                        new Track.Spread(Quantity.MS_PER_TOKEN),
                        new Track.Sum(Quantity.TOKENS_OUT, 100_000),
                        new Track.Spent(),
                        new Track.CostWithFailures(0.1, 0.5));

        assertThat(tracks).allSatisfy(it -> assertThat(Track.parse(it.key())).isEqualTo(it));
        assertThat(TRACKS).allSatisfy(it -> assertThat(Track.parse(it.key())).isEqualTo(it));
        assertThatThrownBy(() -> Track.parse("latency_ms<3"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Call call(
            @Nullable Boolean error,
            @Nullable String errorClass,
            @Nullable Double latencyMs,
            @Nullable Double costUsd) {
        return new Call(error, errorClass, latencyMs, null, costUsd, null, Map.of());
    }
}
