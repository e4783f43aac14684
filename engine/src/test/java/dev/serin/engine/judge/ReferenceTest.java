package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.engine.Oracle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The evidence agrees with the reference implementation")
class ReferenceTest {

    private static final Instant START = Instant.parse("2026-01-05T14:00:00Z");
    private static final Track ERRORS = new Track.Marked(Metric.Rate.ERROR);

    @ParameterizedTest
    @MethodSource
    @DisplayName("on a proportion")
    void proportionEvidence(JsonNode it) {
        var inquiry = proportion(it.get("k").asLong(), it.get("n").asLong());
        double p = it.get("p").asDouble();

        assertClose(inquiry.up(0, p), it.get("log_e_up").asDouble(), 1e-9);
        assertClose(inquiry.down(0, p), it.get("log_e_down").asDouble(), 1e-9);
    }

    static Stream<JsonNode> proportionEvidence() {
        return Oracle.cases("proportion_evidence");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("on a proportion's interval")
    void proportionInterval(JsonNode it) {
        var inquiry = proportion(it.get("k").asLong(), it.get("n").asLong());
        var interval = interval(inquiry, it.get("alpha").asDouble());

        assertThat(interval.low()).isCloseTo(it.get("lower").asDouble(), within(1e-9));
        assertThat(interval.high()).isCloseTo(it.get("upper").asDouble(), within(1e-9));
    }

    static Stream<JsonNode> proportionInterval() {
        return Oracle.cases("proportion_cs");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("on a mean and its interval")
    void mean(JsonNode it) {
        var recorder = new MomentsRecorder(1, 0, 0);
        for (double x : Oracle.numbers(it.get("x"))) {
            recorder.record(x);
        }
        var moments = recorder.tally();
        var inquiry = new AbsoluteInquiry(new Family.Mean(1), sums(Sums.Part.of(moments)));
        var interval = interval(inquiry, it.get("alpha").asDouble());

        assertThat(moments.n()).isEqualTo(it.get("n").asLong());
        assertThat(moments.sum()).isCloseTo(it.get("sum").asDouble(), within(1e-9));
        assertThat(moments.v()).isCloseTo(it.get("v").asDouble(), within(1e-9));
        assertClose(inquiry.up(0, 0.2), it.get("log_e_up_at_0_2").asDouble(), 1e-9);
        assertClose(inquiry.down(0, 0.2), it.get("log_e_down_at_0_2").asDouble(), 1e-9);
        assertThat(interval.low()).isCloseTo(it.get("lower").asDouble(), within(1e-9));
        assertThat(Math.min(1, interval.high()))
                .isCloseTo(it.get("upper").asDouble(), within(1e-9));
    }

    static Stream<JsonNode> mean() {
        return Oracle.cases("mean_cs");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("on the difference and the ratio of two proportions")
    void difference(JsonNode it) {
        var candidate = sums(new Sums.Part(it.get("nc").asDouble(), it.get("kc").asDouble(), 0));
        var baseline = sums(new Sums.Part(it.get("nb").asDouble(), it.get("kb").asDouble(), 0));
        var family = new Family.Proportion();
        var difference =
                new RelativeInquiry(family, candidate, baseline, new Limit.Relative(1, 0.01));
        var ratio = new RelativeInquiry(family, candidate, baseline, new Limit.Relative(1.5, 0));
        var interval = interval(difference, it.get("alpha").asDouble());

        assertClose(difference.up(0, 0.01), it.get("log_e_up_delta_0_01").asDouble(), 1e-6);
        assertClose(difference.down(0, 0.01), it.get("log_e_down_delta_0_01").asDouble(), 1e-6);
        assertClose(ratio.up(0, 1.5), it.get("log_e_up_ratio_1_5").asDouble(), 1e-6);
        assertClose(ratio.down(0, 1.5), it.get("log_e_down_ratio_1_5").asDouble(), 1e-6);
        assertThat(interval.low()).isCloseTo(it.get("lower").asDouble(), within(1e-6));
        assertThat(interval.high()).isCloseTo(it.get("upper").asDouble(), within(1e-6));
    }

    static Stream<JsonNode> difference() {
        return Oracle.cases("difference_cs");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("on the ratio of two percentiles")
    void quantileRatio(JsonNode it) {
        double ratio = it.get("theta").asDouble();
        var inquiry =
                new SpreadInquiry(
                        spread(Oracle.numbers(it.get("c"))),
                        spread(Oracle.numbers(it.get("b"))),
                        0.95,
                        new Limit.Relative(ratio, 0));

        assertClose(inquiry.up(0, ratio), it.get("log_e_up").asDouble(), 1e-9);
        assertClose(inquiry.down(0, ratio), it.get("log_e_down").asDouble(), 1e-9);
    }

    static Stream<JsonNode> quantileRatio() {
        return Oracle.cases("quantile_ratio");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("on evidence that starts anew every 25 calls")
    void restarted(JsonNode it) {
        var bits = it.get("bits").asText();
        int every = it.get("restart_every").asInt();
        var buckets = new ArrayList<StepEvidence.Bucket>();
        for (int from = 0; from < bits.length(); from += every) {
            var part = bits.substring(from, Math.min(bits.length(), from + every));
            long bad = part.chars().filter(bit -> bit == '1').count();
            var tallies = new Tallies(Map.of(ERRORS, new Tally.Counts(part.length(), bad)));
            buckets.add(new StepEvidence.Bucket(buckets.size(), 1, tallies, Tallies.NONE));
        }
        var restarts = Restarts.of(buckets.size());
        var inquiries =
                new Inquiries(
                        new StepEvidence(0, START, buckets.size(), buckets, false),
                        null,
                        START.plusSeconds(3600));
        var inquiry = inquiries.absolute(errorsAtLeast(0.1), Whose.CANDIDATE, 0.1, 0);
        var logs = new double[inquiry.restarts()];
        inquiry.evidenceUp(it.get("p").asDouble(), logs);

        assertClose(logs[0], it.get("log_e_up_plain").asDouble(), 1e-9);
        assertClose(
                LogSum.of(restarts.logWeight(), logs, logs.length),
                it.get("log_e_up_restarted").asDouble(),
                1e-9);
    }

    static Stream<JsonNode> restarted() {
        return Oracle.cases("restarted");
    }

    private static Condition errorsAtLeast(double limit) {
        return new Condition(
                Metric.ERROR_RATE,
                Condition.Side.AT_LEAST,
                new Limit.Absolute(limit),
                Condition.Consequence.ROLL_BACK,
                null);
    }

    private static Inquiry proportion(long bad, long n) {
        return new AbsoluteInquiry(
                new Family.Proportion(), sums(Sums.Part.of(new Tally.Counts(n, bad))));
    }

    private static Sums sums(Sums.Part part) {
        return Sums.of(Restarts.of(1), List.of(bucket(Tallies.NONE)), _ -> part, _ -> true);
    }

    private static Exceedances spread(double[] values) {
        var recorder = new HistogramRecorder();
        for (double value : values) {
            recorder.record(value);
        }
        var histogram = recorder.tally();
        return Exceedances.of(
                Restarts.of(1), List.of(bucket(Tallies.NONE)), _ -> histogram, _ -> true);
    }

    private static StepEvidence.Bucket bucket(Tallies tallies) {
        return new StepEvidence.Bucket(0, 1, tallies, Tallies.NONE);
    }

    /// The two-sided interval of the tables gives each side half of alpha.
    private static Estimate interval(Inquiry inquiry, double alpha) {
        return Bounds.plain(inquiry, new Strictness(alpha / 2, alpha / 2, 0, 1), 0.02);
    }

    private static void assertClose(double actual, double expected, double tolerance) {
        assertThat(actual).isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
    }
}
