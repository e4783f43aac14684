package dev.serin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Judging, beside the exponentials that its equations are made of.
@State(Scope.Thread)
public class EvidenceBench {

    private static final int CONDITIONS = 10;
    private static final Instant START = Instant.parse("2026-01-05T14:00:00Z");
    private static final Strictness STRICT = new Strictness(0.05 / 16, 0.05, 0, 50);

    private final double[] n = new double[CONDITIONS];
    private final double[] bad = new double[CONDITIONS];
    private final ProportionWager[] rising = new ProportionWager[CONDITIONS];
    private final ProportionWager[] falling = new ProportionWager[CONDITIONS];
    private final double[] sizes = new double[Bets.COUNT];
    private final double[][] prices = new double[2 * CONDITIONS][Bets.COUNT];
    private List<Condition> conditions = List.of();
    private StepEvidence evidence = StepEvidence.silent(0, START);

    /// Ten conditions near their limits, and a step of 63 buckets.
    @Setup
    public void conditions() {
        for (int j = 0; j < Bets.COUNT; j++) {
            sizes[j] = Bets.size(j);
        }
        for (int i = 0; i < CONDITIONS; i++) {
            double limit = 0.02 * (i + 1);
            n[i] = 200 + 150 * i;
            bad[i] = Math.round(n[i] * limit * 0.8);
            rising[i] = ProportionWager.rising();
            falling[i] = ProportionWager.falling();
            rising[i].against(limit);
            falling[i].against(limit);
            for (int j = 0; j < Bets.COUNT; j++) {
                prices[2 * i][j] = Math.log1p(limit * Math.expm1(sizes[j]));
                prices[2 * i + 1][j] = Math.log1p(limit * Math.expm1(-sizes[j]));
            }
        }
        conditions =
                List.of(
                        atLeast(Metric.ERROR_RATE, 0.1),
                        atLeast(Metric.HALLUCINATION_RATE, 0.08),
                        atLeast(new Metric.Rate("thumbs_down", "thumbs_down"), 0.2),
                        atLeast(Metric.AVG_COST_USD, 0.1),
                        atLeast(Metric.P95_LATENCY_MS, 5000),
                        atLeast(new Metric.Mean("avg_tokens_out", Quantity.TOKENS_OUT), 400));
        evidence = step();
    }

    @Benchmark
    public double bareExponentials() {
        double sum = 0;
        for (int i = 0; i < CONDITIONS; i++) {
            for (int j = 0; j < Bets.COUNT; j++) {
                sum += Math.exp(sizes[j] * bad[i] - n[i] * prices[2 * i][j]);
                sum += Math.exp(-sizes[j] * bad[i] - n[i] * prices[2 * i + 1][j]);
            }
        }
        return sum;
    }

    @Benchmark
    public double upAndDown() {
        double sum = 0;
        for (int i = 0; i < CONDITIONS; i++) {
            sum += rising[i].log(n[i], bad[i], 0) + falling[i].log(n[i], bad[i], 0);
        }
        return sum;
    }

    /// Six absolute conditions over 63 restarts, with the intervals that are shown.
    @Benchmark
    public List<Finding> judgePass() {
        return Judge.candidate(conditions, STRICT, evidence, false, START.plusSeconds(900));
    }

    private StepEvidence step() {
        var tracks = Tracks.of(conditions, List.of());
        var random = new SplittableRandom(7);
        var buckets = new ArrayList<StepEvidence.Bucket>();
        var seen = Tallies.NONE;
        for (int i = 0; i < 63; i++) {
            var recorder = new Recorder(tracks, seen);
            for (int c = 0; c < 25; c++) {
                recorder.record(call(random));
            }
            seen = recorder.seen();
            buckets.add(new StepEvidence.Bucket(i, 1, recorder.tallies(), recorder.tallies()));
        }
        return new StepEvidence(0, START, 63, buckets, true);
    }

    private static Call call(SplittableRandom random) {
        double latency = 300 + 900 * -Math.log(1 - random.nextDouble());
        return new Call(
                random.nextInt(30) == 0,
                null,
                latency,
                latency / 4,
                0.02 + 0.03 * random.nextDouble(),
                50L + random.nextInt(300),
                Map.of(
                        "hallucination", random.nextInt(40) == 0,
                        "thumbs_down", random.nextInt(20) == 0));
    }

    private static Condition atLeast(Metric metric, double limit) {
        return new Condition(
                metric,
                Condition.Side.AT_LEAST,
                new Limit.Absolute(limit),
                Condition.Consequence.ROLL_BACK,
                null);
    }
}
