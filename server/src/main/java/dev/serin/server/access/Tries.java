package dev.serin.server.access;

import dev.serin.server.Bounded;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Slows down whoever guesses: after five wrong passwords an address waits, each time twice as long, and
/// few are looked at together.
///
/// Counted by address and not by account, so that a stranger cannot keep the admin out.
@Singleton
class Tries {

    private static final int FREE = 5;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_ADDRESSES = 10_000;

    /// Passwords that are stretched, or wait for it, at a time. A wrong one is counted only afterwards, so
    /// that as many of one address slip by; and each holds a thread, of which others are in need.
    static final int AT_ONCE = 20;

    static final int AT_ONCE_OF_ONE = 4;

    private final InstantSource clock = InstantSource.system();
    private final Map<String, Wrong> byAddress = Bounded.byUse(MOST_ADDRESSES);

    /// Addresses, as often as a password of theirs is looked at.
    private final List<String> underWay = new ArrayList<>();

    /// Wrong passwords in a row.
    private record Wrong(int count, Instant last) {

        Duration pause() {
            if (count < FREE) {
                return Duration.ZERO;
            }
            var doubled = FIRST.multipliedBy(1L << Math.min(20, count - FREE));
            return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        }
    }

    /// How long this address has to wait before its next try; zero if it need not.
    synchronized Duration waitOf(String address) {
        var wrong = byAddress.get(address);
        if (wrong == null) {
            return Duration.ZERO;
        }
        var left = Duration.between(clock.instant(), wrong.last().plus(wrong.pause()));
        return left.isPositive() ? left : Duration.ZERO;
    }

    /// Begins to look at a password, unless too many are looked at already.
    ///
    /// @return whether it has begun, and is to [#end]
    synchronized boolean begin(String address) {
        return underWay.size() < AT_ONCE
                && Collections.frequency(underWay, address) < AT_ONCE_OF_ONE
                && underWay.add(address);
    }

    synchronized void end(String address) {
        underWay.remove(address);
    }

    synchronized void wrong(String address) {
        var before = byAddress.get(address);
        byAddress.put(address, new Wrong(before == null ? 1 : before.count() + 1, clock.instant()));
    }

    synchronized void right(String address) {
        byAddress.remove(address);
    }
}
