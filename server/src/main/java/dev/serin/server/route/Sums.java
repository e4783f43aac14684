package dev.serin.server.route;

import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.evidence.Served;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one route served over the last month at most, told apart by time.
///
/// @param slot length of the stretches into which the picture is cut
/// @param ages the windows asked about, the shortest first
record Sums(Instant from, Instant now, Duration slot, List<Duration> ages, List<Served.Sum> all) {

    /// Told by every plan, and so for every rollout alike.
    static final Track COST = new Track.Sum(Quantity.COST_USD, Quantity.COST_USD.usualCap());

    /// Over a month, a day each.
    private static final int SLOTS = 30;

    private static final Duration LEAST_SLOT = Duration.ofSeconds(10);

    /// Asks about one route since `first`, but not more than a month.
    static Sums of(
            Served served, String route, List<Promise> promises, Instant first, Instant now) {
        var month = now.minus(Promise.MONTH);
        var from = first.isBefore(month) ? month : first.isAfter(now) ? now : first;
        var slot = Duration.between(from, now).dividedBy(SLOTS);
        var length = slot.compareTo(LEAST_SLOT) < 0 ? LEAST_SLOT : slot;
        var ages = promises.stream().flatMap(Promise::ages).distinct().sorted().toList();
        Set<Track> tracks =
                Stream.concat(promises.stream().map(Promise::track), Stream.of(COST))
                        .collect(Collectors.toSet());
        var question = new Served.Question(Map.of(route, tracks), from, now, length, ages);
        return new Sums(from, now, length, ages, served.sums(question));
    }

    /// Calls of both arms within a window back from now.
    ///
    /// @param window one of the ages asked about
    Tally.Counts within(Track track, Duration window) {
        int age = ages.indexOf(window);
        return counts(track, sum -> sum.age() <= age);
    }

    /// Calls of both arms by slot; slots without calls are not there.
    TreeMap<Integer, Tally.Counts> bySlot(Track track) {
        var slots = new TreeMap<Integer, Tally.Counts>();
        of(track).forEach(sum -> slots.merge(sum.slot(), sum.counts(), Tally.Counts::plus));
        return slots;
    }

    /// What one arm cost by slot.
    TreeMap<Integer, Cost> costs(Arm arm) {
        var slots = new TreeMap<Integer, Cost>();
        of(COST).filter(sum -> sum.arm() == arm)
                .forEach(sum -> slots.merge(sum.slot(), new Cost(sum.n(), sum.sum()), Cost::plus));
        return slots;
    }

    /// Calls whose cost is known.
    record Cost(long calls, double usd) {

        static final Cost NONE = new Cost(0, 0);

        Cost plus(Cost other) {
            return new Cost(calls + other.calls, usd + other.usd);
        }

        double perCall() {
            return calls == 0 ? Double.NaN : usd / calls;
        }
    }

    /// When a slot begins.
    Instant begin(int slot) {
        return from.plus(this.slot.multipliedBy(slot));
    }

    /// When a slot ends; the newest is still open.
    Instant end(int slot) {
        var end = begin(slot + 1);
        return end.isAfter(now) ? now : end;
    }

    private Tally.Counts counts(Track track, Predicate<Served.Sum> which) {
        return of(track)
                .filter(which)
                .map(Served.Sum::counts)
                .reduce(Tally.Counts.NONE, Tally.Counts::plus);
    }

    private Stream<Served.Sum> of(Track track) {
        return all.stream().filter(sum -> sum.track().equals(track));
    }
}
