package dev.serin.simulator.lab;

import java.util.SplittableRandom;

/// Who calls between two looks, on the side that answers them, in the order of their calls.
final class Callers {

    private static final int USER_BITS = 16;
    private static final int USER = (1 << USER_BITS) - 1;

    static {
        if (Crowd.USERS > USER) {
            throw new IllegalStateException("more users than fit into " + USER_BITS + " bits");
        }
    }

    private final long gap;
    private long first;
    private long[] ofBaseline = new long[64];
    private long[] ofCandidate = new long[64];
    private int baselines;
    private int candidates;
    private int before;

    /// @param gap nanoseconds from one call to the next, above 0
    Callers(long gap) {
        this.gap = gap;
    }

    /// Draws who makes the calls from `first` to `now`.
    ///
    /// @param reached whose calls go to the candidate, or are copied to it
    /// @param copied whether the baseline answers those too
    /// @return when the next call begins
    long draw(SplittableRandom users, Reached reached, boolean copied, long first, long now) {
        int count = expect(first, now);
        int toBaseline = 0;
        int toCandidate = 0;
        for (int i = 0; i < count; i++) {
            int user = users.nextInt(Crowd.USERS);
            long call = (long) i << USER_BITS | user;
            int reaches = reached.countOf(user);
            // Written on both sides and counted on one: nobody can guess which, so no branch.
            ofBaseline[toBaseline] = call;
            ofCandidate[toCandidate] = call;
            toBaseline += copied ? 1 : 1 - reaches;
            toCandidate += reaches;
        }
        baselines = toBaseline;
        candidates = toCandidate;
        return first + count * gap;
    }

    /// The same where nobody asks for the baseline's.
    long drawReached(SplittableRandom users, Reached reached, long first, long now) {
        int count = expect(first, now);
        var calls = ofCandidate;
        int toCandidate = 0;
        for (int i = 0; i < count; i++) {
            int user = users.nextInt(Crowd.USERS);
            calls[toCandidate] = (long) i << USER_BITS | user;
            toCandidate += reached.countOf(user);
        }
        baselines = 0;
        candidates = toCandidate;
        return first + count * gap;
    }

    /// How many calls begin from `first` to `now`; there is room for them then.
    private int expect(long first, long now) {
        this.first = first;
        int count = count(first, now);
        before = count;
        if (count > ofBaseline.length) {
            ofBaseline = new long[2 * count];
            ofCandidate = new long[2 * count];
        }
        return count;
    }

    /// Mostly as many as the time before, which is seen without a division.
    private int count(long first, long now) {
        if (before > 0 && first + (before - 1) * gap <= now && first + before * gap > now) {
            return before;
        }
        return first > now ? 0 : Math.toIntExact((now - first) / gap + 1);
    }

    int baselines() {
        return baselines;
    }

    /// Whose call the i-th of the baseline's is.
    int baseline(int i) {
        return (int) ofBaseline[i] & USER;
    }

    /// When the i-th of the baseline's calls begins.
    long baselineBegins(int i) {
        return first + (ofBaseline[i] >>> USER_BITS) * gap;
    }

    int candidates() {
        return candidates;
    }

    /// Whose call the i-th of the candidate's is.
    int candidate(int i) {
        return (int) ofCandidate[i] & USER;
    }

    /// When the i-th of the candidate's calls begins.
    long candidateBegins(int i) {
        return first + (ofCandidate[i] >>> USER_BITS) * gap;
    }
}
