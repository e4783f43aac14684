package dev.serin.server.breaker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One provider's breaker. Times are monotonic nanoseconds, and are handed in.
///
/// It opens when half of the last 20 calls failed; after a rest, as long as the provider asks for or
/// longer, one call tries, and its success closes it. A call that began before it last opened or
/// closed tells of a time that is over, and counts no more: while half of the calls fail, there is
/// always one under way that ends well.
public final class Breaker {

    /// Where it stands.
    public enum State {
        /// Calls are made.
        CLOSED,
        /// The provider rests.
        OPEN,
        /// One call tries whether it is well again.
        TRYING
    }

    private static final int LAST = 20;
    private static final int FEWEST = 10;
    private static final double OPENS = 0.5;

    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(2);

    /// How long a try may take before another call may try.
    private static final Duration LONGEST_TRY = Duration.ofMinutes(1);

    private final boolean[] failed = new boolean[LAST];
    private long calls;
    private int bad;
    private int rests;
    private boolean open;
    private boolean trying;
    private long until;
    private boolean turned;
    private long turnedAt;

    /// Whether a call that could go elsewhere is to be made. Whoever is told yes while it is open
    /// makes the one call that tries.
    public synchronized boolean lets(long now) {
        if (!open) {
            return true;
        }
        if (now - until < 0) {
            return false;
        }
        trying = true;
        until = now + LONGEST_TRY.toNanos();
        return true;
    }

    /// A call went well.
    ///
    /// @param began when it was made
    public synchronized void good(long began, long now) {
        if (isOver(began)) {
            return;
        }
        if (open) {
            // While it rests, calls go on that have nowhere else to go; they tell of it just as
            // well.
            turn(false, now);
            rests = 0;
            calls = 0;
            bad = 0;
        } else {
            count(false);
        }
    }

    /// A call failed, and not by its caller's fault.
    ///
    /// @param began when it was made
    /// @param wait how long the provider asks to be left alone; null if it does not say
    public synchronized void bad(long began, long now, @Nullable Duration wait) {
        if (isOver(began)) {
            return;
        }
        if (open) {
            if (trying) {
                rest(now, wait);
            }
            return;
        }
        count(true);
        if (calls >= FEWEST && bad >= OPENS * Math.min(calls, LAST)) {
            rest(now, wait);
        }
    }

    /// Nobody waits for a call any more, which tells nothing of the provider: if it was the one that
    /// tried, the next one tries.
    ///
    /// @param began when it was made
    public synchronized void letGo(long began, long now) {
        if (open && trying && !isOver(began)) {
            trying = false;
            until = now;
        }
    }

    public synchronized State state(long now) {
        if (!open) {
            return State.CLOSED;
        }
        return trying || now - until >= 0 ? State.TRYING : State.OPEN;
    }

    /// How long it still rests; zero if it does not.
    public synchronized Duration rest(long now) {
        return open && !trying && now - until < 0 ? Duration.ofNanos(until - now) : Duration.ZERO;
    }

    private void rest(long now, @Nullable Duration wait) {
        var doubled = FIRST_REST.multipliedBy(1L << Math.min(10, rests));
        var rest = wait != null && wait.compareTo(doubled) > 0 ? wait : doubled;
        rests++;
        turn(true, now);
        until = now + (rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST).toNanos();
    }

    private void turn(boolean opens, long now) {
        open = opens;
        trying = false;
        turned = true;
        turnedAt = now;
    }

    private boolean isOver(long began) {
        return turned && began - turnedAt < 0;
    }

    private void count(boolean failure) {
        int place = (int) (calls % LAST);
        if (calls >= LAST && failed[place]) {
            bad--;
        }
        failed[place] = failure;
        bad += failure ? 1 : 0;
        calls++;
    }
}
