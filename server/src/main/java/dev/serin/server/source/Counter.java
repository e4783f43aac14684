package dev.serin.server.source;

import dev.serin.engine.traffic.Arm;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a pair of counters stood when it was last read.
///
/// @param step in force then
/// @param moved when calls were last counted, or reading began anew
record Counter(Key key, int step, long bad, long total, Instant at, Instant moved) {

    /// @param track key of the track that the pair is tallied on
    record Key(Arm arm, String track) {}

    /// The largest number that telemetry, which counts in doubles, still tells apart from the next one.
    private static final double MOST = 1L << 53;

    private static final double WHOLE = 1e-6;

    /// What a reading brought.
    ///
    /// @param next what is stored now; null to leave what was stored
    /// @param n calls since the last reading
    /// @param bad of these
    /// @param problem why the reading counts nothing, or what is wrong all the same; null for nothing
    record Step(@Nullable Counter next, long n, long bad, @Nullable String problem) {}

    /// Reads on from `before`; null if there is none.
    static Step read(
            @Nullable Counter before, Key key, int step, Answer bad, Answer total, Span span) {
        var badCount = count(bad);
        var totalCount = count(total);
        if (badCount.why != null || totalCount.why != null) {
            return new Step(
                    null,
                    0,
                    0,
                    badCount.why != null ? "bad: " + badCount.why : "total: " + totalCount.why);
        }
        var now = span.to();
        var anew = new Counter(key, step, badCount.value, totalCount.value, now, now);
        if (before == null || before.step != step) {
            return new Step(anew, 0, 0, null);
        }
        var gap = Duration.between(before.at, now);
        var stale = Span.stale(span.every());
        if (gap.compareTo(stale) > 0) {
            return new Step(
                    anew,
                    0,
                    0,
                    "nothing was heard for %s; what was counted meanwhile counts for nothing"
                            .formatted(words(gap)));
        }
        long n = anew.total - before.total;
        long more = anew.bad - before.bad;
        if (n < 0 || more < 0) {
            return new Step(
                    anew,
                    0,
                    0,
                    "%s fell from %d to %d, a reset; this interval counts for nothing"
                            .formatted(
                                    n < 0 ? "total" : "bad",
                                    n < 0 ? before.total : before.bad,
                                    n < 0 ? anew.total : anew.bad));
        }
        if (more > n) {
            return new Step(
                    anew,
                    0,
                    0,
                    "%d calls more are bad and only %d were counted; this interval counts for nothing"
                            .formatted(more, n));
        }
        var moved = n > 0 ? now : before.moved;
        var next = new Counter(key, step, anew.bad, anew.total, now, moved);
        var still = Duration.between(moved, now);
        return new Step(
                next,
                n,
                more,
                still.compareTo(stale) > 0
                        ? "no call was counted for %s; ask less often (every) where calls are rare"
                                .formatted(words(still))
                        : null);
    }

    private record Count(long value, @Nullable String why) {}

    private static Count count(Answer heard) {
        return switch (heard) {
            case Answer.Nothing(var why) -> new Count(0, why);
            case Answer.Value(double value) ->
                    value >= 0 && value <= MOST && Math.abs(value - Math.rint(value)) <= WHOLE
                            ? new Count(Math.round(value), null)
                            : new Count(
                                    0,
                                    "%s is no count of calls; ask for the counter itself, without rate() or increase()"
                                            .formatted(value));
        };
    }

    private static String words(Duration time) {
        return time.toMinutes() < 2 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }
}
