package dev.serin.engine.slo;

import dev.serin.engine.judge.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// Counts good and bad events of the last while, in a ring of buckets of equal width. It belongs to
/// one thread.
///
/// An event costs the same and the ring takes the same memory whatever the traffic; buckets expire
/// by their number, never by a timer. The window read is that wide or up to one bucket narrower.
public final class Ring {

    private static final long NEVER = Long.MIN_VALUE;

    private final long widthMs;
    private final long[] numbers;
    private final long[] counts;
    private final long[] bad;

    /// @param window above 0
    /// @param buckets how many make up the window, 1 or more; the window's error is one of them
    public Ring(Duration window, int buckets) {
        if (buckets < 1 || window.toMillis() < buckets) {
            throw new IllegalArgumentException(
                    "a ring needs buckets of a millisecond or more, got %d in %s"
                            .formatted(buckets, window));
        }
        widthMs = window.toMillis() / buckets;
        numbers = new long[buckets];
        counts = new long[buckets];
        bad = new long[buckets];
        Arrays.fill(numbers, NEVER);
    }

    /// Counts one event; one that is older than the window is let go.
    public void record(Instant at, boolean isBad) {
        long number = number(at);
        int slot = Math.floorMod(number, numbers.length);
        if (numbers[slot] > number) {
            return;
        }
        if (numbers[slot] < number) {
            numbers[slot] = number;
            counts[slot] = 0;
            bad[slot] = 0;
        }
        counts[slot]++;
        if (isBad) {
            bad[slot]++;
        }
    }

    /// The events of the window that ends at `now`.
    public Tally.Counts until(Instant now) {
        return within(now, numbers.length);
    }

    /// The events of the newest buckets only, for a rule's short window.
    ///
    /// @param newest 1 to all
    public Tally.Counts within(Instant now, int newest) {
        long last = number(now);
        long n = 0;
        long k = 0;
        for (int slot = 0; slot < numbers.length; slot++) {
            if (numbers[slot] <= last && numbers[slot] > last - newest) {
                n += counts[slot];
                k += bad[slot];
            }
        }
        return new Tally.Counts(n, k);
    }

    private long number(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), widthMs);
    }
}
