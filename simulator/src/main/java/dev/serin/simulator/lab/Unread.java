package dev.serin.simulator.lab;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The baseline's calls in one run of which nothing is read but whose they are. Almost nobody asks
/// even that, so they are drawn when somebody does, from a second copy of the chance that decides
/// who calls.
final class Unread {

    private static final int AT_ONCE = 1024;

    private final Reached[] reached;
    private final boolean[] copied;
    private final boolean[] reads;
    private final long gap;
    private final Callers callers;
    private final Keys[] met;

    private @Nullable SplittableRandom users;
    private @Nullable Answers baseline;
    private long next;

    private double[] seen = new double[64];
    private long[] began = new long[64];
    private int[] user = new int[64];
    private int[] step = new int[64];
    private int flying;

    /// @param reached by step, whose calls the candidate gets
    /// @param copied by step, whether the baseline answers those too
    /// @param reads by step, whether its calls are drawn by somebody else
    /// @param gap nanoseconds from one call to the next
    Unread(Reached[] reached, boolean[] copied, boolean[] reads, long gap) {
        this.reached = reached;
        this.copied = copied;
        this.reads = reads;
        this.gap = gap;
        this.callers = new Callers(gap);
        this.met = new Keys[reached.length];
        Arrays.setAll(met, _ -> new Keys());
    }

    /// A run begins.
    ///
    /// @param users draws whoever calls, like the run's own
    /// @param baseline draws its answers
    void begin(SplittableRandom users, Answers baseline) {
        this.users = users;
        this.baseline = baseline;
        next = gap;
        flying = 0;
        for (var keys : met) {
            keys.clear();
        }
    }

    /// Counts the keys of the calls seen by `now`, each in the stretch in which the first of its
    /// calls began.
    ///
    /// @param at the step in force since this was asked last
    void catchUp(int at, long now, StepBook[] books) {
        var users = Objects.requireNonNull(this.users);
        var baseline = Objects.requireNonNull(this.baseline);
        land(now, books);
        while (next <= now) {
            long until = Math.min(now, next + (AT_ONCE - 1) * gap);
            next = callers.draw(users, reached[at], copied[at], next, until);
            if (!reads[at]) {
                begin(at, now, baseline, books[at]);
            }
        }
    }

    private void begin(int at, long now, Answers baseline, StepBook book) {
        for (int i = 0; i < callers.baselines(); i++) {
            long begins = callers.baselineBegins(i);
            // Of unknown latency is NaN: seen at once.
            double seenAt = begins + 1e6 * baseline.drawLatencyMs(begins);
            if (seenAt > now) {
                fly(at, callers.baseline(i), begins, seenAt);
            } else if (met[at].meets(callers.baseline(i))) {
                book.firstSeenOfBaseline(begins);
            }
        }
    }

    private void fly(int at, int who, long begins, double seenAt) {
        if (flying == seen.length) {
            int room = 2 * flying;
            seen = Arrays.copyOf(seen, room);
            began = Arrays.copyOf(began, room);
            user = Arrays.copyOf(user, room);
            step = Arrays.copyOf(step, room);
        }
        seen[flying] = seenAt;
        began[flying] = begins;
        user[flying] = who;
        step[flying++] = at;
    }

    private void land(long now, StepBook[] books) {
        int kept = 0;
        for (int i = 0; i < flying; i++) {
            if (seen[i] > now) {
                seen[kept] = seen[i];
                began[kept] = began[i];
                user[kept] = user[i];
                step[kept++] = step[i];
            } else if (met[step[i]].meets(user[i])) {
                books[step[i]].firstSeenOfBaseline(began[i]);
            }
        }
        flying = kept;
    }
}
