package dev.serin.simulator.lab;

import java.util.Arrays;

/// Calls on their way of which nothing will be read but whose they are.
final class Unread {

    private static final int USER_BITS = 20;
    private static final int STEP_BITS = 16;

    static {
        if (Crowd.USERS > 1 << USER_BITS) {
            throw new IllegalStateException("more users than fit into " + USER_BITS + " bits");
        }
    }

    private long[] seen = new long[64];
    private long[] what = new long[64];
    private int flying;
    private long[] landed = new long[64];

    void clear() {
        flying = 0;
    }

    /// @param bucket of the step in which it begins
    /// @param seenAt nanoseconds since the run's start
    void begin(int step, int bucket, int user, long seenAt) {
        if (flying == seen.length) {
            seen = Arrays.copyOf(seen, 2 * flying);
            what = Arrays.copyOf(what, 2 * flying);
            landed = new long[2 * flying];
        }
        seen[flying] = seenAt;
        what[flying++] = ((long) bucket << STEP_BITS | step) << USER_BITS | user;
    }

    /// Takes out the calls that are seen by `now`, in no order, and says how many; they are told
    /// until the next call begins.
    int land(long now) {
        int count = 0;
        int kept = 0;
        for (int i = 0; i < flying; i++) {
            long at = seen[i];
            long it = what[i];
            // Both are written and one is counted: nobody can guess which, so no branch.
            landed[count] = it;
            seen[kept] = at;
            what[kept] = it;
            int flies = (int) ((now - at) >>> 63);
            kept += flies;
            count += 1 - flies;
        }
        flying = kept;
        return count;
    }

    int user(int i) {
        return (int) landed[i] & ((1 << USER_BITS) - 1);
    }

    int step(int i) {
        return (int) (landed[i] >>> USER_BITS) & ((1 << STEP_BITS) - 1);
    }

    int bucket(int i) {
        return (int) (landed[i] >>> (USER_BITS + STEP_BITS));
    }
}
