package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LateLabelsProperties {

    private static final Track MARKED = new Track.Marked("hallucination");
    private static final Track CHOSEN = new Track.Chosen("hallucination");
    private static final Strictness STRICT = new Strictness(0.05, 0.05, 0, 1, Duration.ofHours(1));
    private static final Condition LIMIT =
            new Condition(
                    Metric.HALLUCINATION_RATE,
                    Side.AT_LEAST,
                    new Limit.Absolute(0.2),
                    Consequence.ROLL_BACK,
                    null);

    /// Chosen calls of one bucket.
    record Bucket(long bad, long good, long waiting) {}

    @Property(tries = 300) // what is met, is met by the calls before the first that waits, alone
    void waitingNeverMeets(@ForAll("buckets") List<Bucket> buckets) {
        var seen = seen(buckets);
        if (seen.judged(LIMIT, STRICT, seen.end()) instanceof Finding.Met) {
            var settled = buckets.stream().takeWhile(bucket -> bucket.waiting == 0).toList();
            assertThat(settled).isNotEmpty();
            assertThat(seen(settled).judged(LIMIT, STRICT, seen.end()))
                    .isNotInstanceOf(Finding.Breached.class)
                    .satisfies(finding ->
                            assertThat(finding.estimate().high()).isLessThanOrEqualTo(0.2));
        }
    }

    @Property(tries = 300) // a breach stands when all that wait turn out to be good
    void breachesStand(@ForAll("buckets") List<Bucket> buckets) {
        var seen = seen(buckets);
        if (seen.judged(LIMIT, STRICT, seen.end()) instanceof Finding.Breached) {
            var later = new Seen();
            for (var bucket : buckets) {
                long n = bucket.bad + bucket.good + bucket.waiting;
                later.bucket()
                        .candidate(CHOSEN, Seen.counts(0, n))
                        .candidate(MARKED, Seen.counts(bucket.bad, n));
            }
            assertThat(later.judged(LIMIT, STRICT, seen.end()))
                    .isInstanceOf(Finding.Breached.class);
        }
    }

    @Provide
    Arbitrary<List<Bucket>> buckets() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 30),
                        Arbitraries.longs().between(0, 60),
                        Arbitraries.of(0L, 0L, 1L, 20L))
                .as(Bucket::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static Seen seen(List<Bucket> buckets) {
        var seen = new Seen();
        for (var bucket : buckets) {
            long n = bucket.bad + bucket.good;
            seen.bucket()
                    .candidate(CHOSEN, Seen.counts(0, n + bucket.waiting))
                    .candidate(MARKED, Seen.counts(bucket.bad, n));
        }
        return seen;
    }
}
