package dev.serin.engine.judge;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The tallies of one arm over one stretch of time, by track.
public record Tallies(Map<Track, Tally> byTrack) {

    public static final Tallies NONE = new Tallies(Map.of());

    public Tallies {
        byTrack = Map.copyOf(byTrack);
    }

    public Tallies plus(Tallies other) {
        return sum(Stream.of(this, other));
    }

    /// All of them together.
    public static Tallies sum(Stream<Tallies> all) {
        return sum(all, _ -> true);
    }

    /// All of them together, on the tracks that are wanted.
    static Tallies sum(Stream<Tallies> all, Predicate<Track> wanted) {
        var sum = new HashMap<Track, Tally>();
        all.forEach(some ->
                some.byTrack.forEach((track, tally) -> {
                    if (wanted.test(track)) {
                        sum.merge(track, tally, Tally::plus);
                    }
                }));
        return new Tallies(sum);
    }

    public Tally.Counts counts(Track track) {
        return byTrack.get(track) instanceof Tally.Counts counts ? counts : Tally.Counts.NONE;
    }

    public Tally.Moments moments(Track track) {
        return byTrack.get(track) instanceof Tally.Moments moments ? moments : Tally.Moments.NONE;
    }

    /// What the calls whose cost is known have cost: of the tracks that sum it up, the one that
    /// knows most. Rows of older versions and runs in virtual time have only those of judged calls.
    public Tally.Moments spent() {
        return byTrack.keySet().stream()
                .filter(Tallies::isCost)
                .map(this::moments)
                .max(
                        Comparator.comparingLong(Tally.Moments::n)
                                .thenComparingDouble(Tally.Moments::sum))
                .orElse(Tally.Moments.NONE);
    }

    /// Whether [#spent()] reads the track.
    public static boolean isCost(Track track) {
        return track instanceof Track.Spent
                || (track instanceof Track.Sum(var of, _) && of == Quantity.COST_USD);
    }

    public Histogram histogram(Track track) {
        return byTrack.get(track) instanceof Histogram histogram ? histogram : Histogram.NONE;
    }
}
