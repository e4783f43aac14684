package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A number of a plan's own")
class OwnNumbersTest {

    private static final Measure WORDS = new Measure.Named("output_words");
    private static final Metric LENGTH = new Metric.Mean("answer_length", WORDS);
    private static final Metric LONGEST = new Metric.Percentile("p95_words", WORDS, 0.95);
    private static final Strictness STRICT = new Strictness(0.05, 0.05, 0, 50);

    @Test
    @DisplayName("is tallied of each call that carries it, a failed one too, and of no other")
    void talliesWhatCarriesIt() {
        var recorder =
                new Recorder(
                        Tracks.of(List.of(limit(LENGTH, 300), limit(LONGEST, 400)), List.of()),
                        Tallies.NONE);
        recorder.record(call(false, Map.of("output_words", 120.0)));
        recorder.record(call(true, Map.of("output_words", 400.0, "tool_calls", 3.0)));
        recorder.record(call(false, Map.of("tool_calls", 7.0)));
        recorder.record(call(false, Map.of()));
        var tallies = recorder.tallies();

        assertThat(tallies.moments(new Track.Sum(WORDS, 1500)).sum()).isEqualTo(520);
        assertThat(tallies.counts(new Track.Reaches(WORDS, 400))).isEqualTo(new Tally.Counts(2, 1));
        assertThat(tallies.histogram(new Track.Spread(WORDS)).n()).isEqualTo(2);
        assertThat(tallies.byTrack())
                .doesNotContainKey(new Track.Spread(new Measure.Named("tool_calls")));
    }

    @Test
    @DisplayName("breaches by the mean of its calls, and the sentence names the metric")
    void meanBreaches() {
        var finding = judged(limit(LENGTH, 300), 420, 380, 410, 400);

        assertThat(finding).isInstanceOf(Finding.Breached.class);
        assertThat(finding.sentence())
                .matches(
                        "Mean \"answer_length\" 403 of 400 calls, at least 3[0-9]{2}: over the"
                                + " limit of 300\\.");
    }

    @Test
    @DisplayName("is met by the mean of its calls, and the sentence has no unit")
    void meanMet() {
        var finding = judged(limit(LENGTH, 300), 120, 80, 110, 100);

        assertThat(finding).isInstanceOf(Finding.Met.class);
        assertThat(finding.sentence())
                .startsWith("Mean \"answer_length\" 103 of 400 calls, between ")
                .endsWith(": kept below the limit of 300.");
    }

    @Test
    @DisplayName("breaches by a percentile of its calls, which keeps its own name in the sentence")
    void percentileBreaches() {
        var finding = judged(limit(LONGEST, 400), 100, 100, 100, 900);

        assertThat(finding).isInstanceOf(Finding.Breached.class);
        assertThat(finding.sentence()).startsWith("\"p95_words\" ").contains("of 400 calls");
    }

    @Test
    @DisplayName("is unsure where no call carries it")
    void unsureWithoutCalls() {
        var seen = Seen.errors(0, 400);

        assertThat(seen.judged(limit(LENGTH, 300), STRICT)).isInstanceOf(Finding.Unsure.class);
        assertThat(seen.judged(limit(LONGEST, 400), STRICT)).isInstanceOf(Finding.Unsure.class);
    }

    @Test
    @DisplayName("is not met by a mean while a call lies above the cap, and says so")
    void overTheCap() {
        var seen = new Seen().bucket();
        var values = new double[400];
        java.util.Arrays.fill(values, 10);
        values[7] = 5_000;
        seen.candidate(new Track.Sum(WORDS, 1500), Seen.moments(1500, values));

        assertThat(seen.judged(limit(LENGTH, 300), STRICT)).isInstanceOf(Finding.Unsure.class);
    }

    @Test
    @DisplayName("is held against the baseline's under a cap, and not without one")
    void relative() {
        var limit = new Limit.Relative(1.2, 0);
        var condition = new Condition(LENGTH, Side.AT_LEAST, limit, Consequence.ROLL_BACK, 1500.0);
        var seen = new Seen().bucket();
        var candidate = new double[600];
        java.util.Arrays.fill(candidate, 900);
        var baseline = new double[600];
        java.util.Arrays.fill(baseline, 300);
        seen.candidate(new Track.Sum(WORDS, 1500), Seen.moments(1500, candidate));
        seen.baseline(new Track.Sum(WORDS, 1500), Seen.moments(1500, baseline));

        assertThat(seen.judged(condition, STRICT)).isInstanceOf(Finding.Breached.class);
        assertThatThrownBy(() ->
                        new Condition(LENGTH, Side.AT_LEAST, limit, Consequence.ROLL_BACK, null))
                .hasMessageContaining("answer_length compares means of output_words")
                .hasMessageContaining("needs a cap");
    }

    @Test
    @DisplayName("is refused where it is negative, no number, or above what limits reach")
    void refused() {
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1.1e9}) {
            assertThatThrownBy(() -> call(false, Map.of("output_words", wrong)))
                    .hasMessageContaining("the number output_words is 0 to 1000000000, got");
        }
        assertThatThrownBy(() -> new Measure.Named(" "))
                .hasMessageContaining("1 to 200 characters");
    }

    private static Finding judged(Condition condition, double... values) {
        var recorder = new Recorder(Tracks.of(condition), Tallies.NONE);
        for (int i = 0; i < 400; i++) {
            recorder.record(call(false, Map.of("output_words", values[i % values.length])));
        }
        var seen = new Seen().bucket();
        recorder.tallies().byTrack().forEach(seen::candidate);
        return seen.judged(condition, STRICT);
    }

    private static Condition limit(Metric metric, double limit) {
        return new Condition(
                metric, Side.AT_LEAST, new Limit.Absolute(limit), Consequence.ROLL_BACK, null);
    }

    private static Call call(@Nullable Boolean error, Map<String, Double> numbers) {
        return new Call(error, null, null, null, null, null, Map.of(), Map.of(), numbers, false);
    }
}
