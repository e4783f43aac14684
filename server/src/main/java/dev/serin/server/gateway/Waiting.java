package dev.serin.server.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Observations by the second in which they came, the oldest first.
final class Waiting {

    private final long keptSeconds;
    private final int most;
    private final ArrayDeque<Second> seconds = new ArrayDeque<>();
    private int size;

    /// One second, or what is left of it.
    ///
    /// @param number of the second, monotonic
    record Second(long number, List<Outbox.Entry> entries) {

        Map<UUID, List<Outbox.Entry>> byRollout() {
            var byRollout = new LinkedHashMap<UUID, List<Outbox.Entry>>();
            for (var entry : entries) {
                byRollout.computeIfAbsent(entry.rollout(), _ -> new ArrayList<>()).add(entry);
            }
            return byRollout;
        }
    }

    /// @param kept how long one waits at most
    /// @param most how many wait at most
    Waiting(Duration kept, int most) {
        this.keptSeconds = Math.max(1, kept.toSeconds());
        this.most = most;
    }

    /// Adds one, and returns how many were dropped to make room.
    synchronized int add(Outbox.Entry entry, long nanos) {
        long number = second(nanos);
        var last = seconds.peekLast();
        if (last == null || last.number() != number) {
            last = new Second(number, new ArrayList<>());
            seconds.addLast(last);
        }
        last.entries().add(entry);
        size++;
        int dropped = 0;
        while (size > most && seconds.size() > 1) {
            dropped += dropFirst(seconds.getFirst().number());
        }
        return dropped;
    }

    /// Drops the seconds that have waited too long.
    ///
    /// @return how many observations were in them
    synchronized int dropOld(long nanos) {
        int dropped = 0;
        while (!seconds.isEmpty() && second(nanos) - seconds.getFirst().number() > keptSeconds) {
            dropped += dropFirst(seconds.getFirst().number());
        }
        return dropped;
    }

    /// Takes all of them out.
    synchronized List<Second> take() {
        var all = List.copyOf(seconds);
        seconds.clear();
        size = 0;
        return all;
    }

    /// Puts back what could not be stored, before what has come since.
    synchronized void putBack(List<Second> left) {
        for (var second : left.reversed()) {
            seconds.addFirst(new Second(second.number(), new ArrayList<>(second.entries())));
            size += second.entries().size();
        }
    }

    synchronized int size() {
        return size;
    }

    /// A second may lie there in two parts; it goes as a whole.
    private int dropFirst(long number) {
        int dropped = 0;
        while (!seconds.isEmpty() && seconds.getFirst().number() == number) {
            dropped += seconds.removeFirst().entries().size();
        }
        size -= dropped;
        return dropped;
    }

    private static long second(long nanos) {
        return Math.floorDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    }
}
