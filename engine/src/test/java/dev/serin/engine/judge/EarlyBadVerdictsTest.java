package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A good model whose bad verdicts come sooner than its good ones")
class EarlyBadVerdictsTest {

    private static final int RUNS = 100;
    private static final int BUCKETS = 30;
    private static final int CALLS_A_BUCKET = 40;
    private static final double BAD = 0.06;
    private static final double BAD_AFTER_SECONDS = 5;
    private static final double GOOD_AFTER_SECONDS = 120;

    private static final Condition LIMIT =
            new Condition(
                    Metric.HALLUCINATION_RATE,
                    Side.AT_LEAST,
                    new Limit.Absolute(0.08),
                    Consequence.ROLL_BACK,
                    null);

    /// @param at seconds after the step's start at which the verdict comes
    private record Verdict(int bucket, boolean bad, double at) {}

    @Test
    @DisplayName("is rolled back no more often than it may be when its labels are waited for")
    void isNotRolledBack() {
        assertThat(rolledBack(Duration.ofMinutes(10))).isLessThanOrEqualTo(RUNS / 20);
    }

    @Test
    @DisplayName("is rolled back nearly always when verdicts count as they come")
    void isRolledBackInHaste() {
        assertThat(rolledBack(null)).isGreaterThan(RUNS * 9 / 10);
    }

    private static int rolledBack(@Nullable Duration due) {
        var random = new SplittableRandom(20240607);
        var strictness = new Strictness(0.05, 0.05, 0, 50, due);
        int rolledBack = 0;
        for (int run = 0; run < RUNS; run++) {
            if (breaks(verdicts(random), strictness)) {
                rolledBack++;
            }
        }
        return rolledBack;
    }

    private static boolean breaks(List<Verdict> verdicts, Strictness strictness) {
        for (int bucket = 1; bucket <= BUCKETS; bucket++) {
            var evidence = evidence(verdicts, bucket);
            var now = at(bucket);
            var finding = Judge.candidate(List.of(LIMIT), strictness, evidence, false, now);
            if (finding.getFirst() instanceof Finding.Breached) {
                return true;
            }
        }
        return false;
    }

    /// What is known when so many buckets are over.
    private static StepEvidence evidence(List<Verdict> verdicts, int buckets) {
        var n = new long[buckets];
        var bad = new long[buckets];
        for (var verdict : verdicts) {
            if (verdict.bucket < buckets && verdict.at <= 10.0 * buckets) {
                n[verdict.bucket]++;
                bad[verdict.bucket] += verdict.bad ? 1 : 0;
            }
        }
        var filled = new ArrayList<StepEvidence.Bucket>();
        for (int i = 0; i < buckets; i++) {
            var candidate =
                    new Tallies(
                            Map.of(
                                    new Track.Chosen("hallucination"),
                                    new Tally.Counts(CALLS_A_BUCKET, 0),
                                    new Track.Marked("hallucination"),
                                    new Tally.Counts(n[i], bad[i])));
            filled.add(new StepEvidence.Bucket(i, 1, candidate, Tallies.NONE));
        }
        return new StepEvidence(0, Seen.START, buckets, filled, false);
    }

    private static List<Verdict> verdicts(SplittableRandom random) {
        var verdicts = new ArrayList<Verdict>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            for (int call = 0; call < CALLS_A_BUCKET; call++) {
                boolean bad = random.nextDouble() < BAD;
                double mean = bad ? BAD_AFTER_SECONDS : GOOD_AFTER_SECONDS;
                double delay = -mean * Math.log(1 - random.nextDouble());
                double began = 10.0 * bucket + 10 * random.nextDouble();
                verdicts.add(new Verdict(bucket, bad, began + delay));
            }
        }
        return verdicts;
    }

    private static Instant at(int buckets) {
        return Seen.START.plusSeconds(10L * buckets);
    }
}
