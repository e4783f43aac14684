package dev.serin.simulator.lab;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Histogram;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.judge.Tracks;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.slo.Objective;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a run keeps of a call: all that a decision about the plan reads, and nothing that is only
/// shown. Counts come as two bits each, values as numbers.
final class Reading {

    /// What the engine calls a used-up quota of the provider.
    static final Track QUOTA = new Track.Failures("insufficient_quota");

    /// What the exposure reads of what was spent.
    static final Track SPENT = new Track.Sum(Quantity.COST_USD, Quantity.COST_USD.usualCap());

    static final int PER_WORD = 32;
    static final int GOOD = 1;
    static final int BAD = 2;

    /// Values that a mark can have: none, [#GOOD], [#BAD].
    static final int MARKS = 3;

    private final Set<Track> left;
    private final List<Track> counts;
    private final Asks[] asks;
    private final String[] names;
    private final Measure[] measures;
    private final double[] limits;
    private final List<Track> moments;
    private final List<Track.Spread> spreads;
    private final Window[] windows;

    /// The buckets of a histogram that can be told apart: what lies below or above counts as in the
    /// nearest.
    record Window(int low, int high) {

        private static final Window ALL = new Window(Integer.MIN_VALUE, Integer.MAX_VALUE);

        int bucketOf(double value) {
            return Math.clamp(Histogram.bucketOf(value), low, high);
        }
    }

    private Reading(Plan plan, Set<Track> tracks, Set<Track> left) {
        this.left = left;
        var counts = new ArrayList<Track>();
        var moments = new ArrayList<Track>();
        var spreads = new ArrayList<Track.Spread>();
        for (var track : tracks) {
            switch (track) {
                case Track.Calls _, Track.Marked _, Track.Reaches _, Track.Failures _ ->
                        counts.add(track);
                case Track.Sum _, Track.CostWithFailures _ -> moments.add(track);
                case Track.Spread spread -> spreads.add(spread);
                // No simulated answer carries a score, labels come with their answers, and all
                // calls
                // are judged.
                case Track.Keys _, Track.Score _, Track.Chosen _, Track.Spent _ -> {}
            }
        }
        this.counts = List.copyOf(counts);
        asks = counts.stream().map(Reading::asks).toArray(Asks[]::new);
        names = new String[asks.length];
        measures = new Measure[asks.length];
        limits = new double[asks.length];
        for (int i = 0; i < asks.length; i++) {
            names[i] = name(counts.get(i));
            measures[i] =
                    counts.get(i) instanceof Track.Reaches(var of, _) ? of : Quantity.COST_USD;
            limits[i] =
                    counts.get(i) instanceof Track.Reaches(_, double limit) ? limit : Double.NaN;
        }
        this.moments = List.copyOf(moments);
        this.spreads = List.copyOf(spreads);
        this.windows =
                spreads.stream().map(spread -> window(plan, spread.of())).toArray(Window[]::new);
    }

    static Reading of(Plan plan) {
        var tracks = new LinkedHashSet<Track>();
        tracks.add(new Track.Calls());
        if (plan.exposure() != null) {
            tracks.add(SPENT);
        }
        plan.objectives().stream().map(Objective::track).forEach(tracks::add);
        var left = Set.copyOf(tracks);
        tracks.add(QUOTA);
        plan.conditions().forEach(condition -> tracks.addAll(Tracks.of(condition)));
        return new Reading(plan, tracks, left);
    }

    /// Under fixed limits all that is asked of a percentile is on which side of them it lies. Nothing
    /// decides by the values further off, and a narrow histogram is judged much sooner.
    private static Window window(Plan plan, Measure of) {
        int low = Integer.MAX_VALUE;
        int high = Integer.MIN_VALUE;
        for (var condition : plan.conditions()) {
            if (!(condition.metric() instanceof Metric.Percentile(_, var measure, _))
                    || !measure.equals(of)) {
                continue;
            }
            if (!(condition.limit() instanceof Limit.Absolute(double limit))) {
                return Window.ALL;
            }
            double margin = limit * plan.rules().margin();
            low = Math.min(low, Histogram.bucketOf(limit - margin) - 1);
            high = Math.max(high, Histogram.bucketOf(limit + margin) + 1);
        }
        return new Window(low, high);
    }

    /// The tracks that budgets and exposure read.
    Set<Track> left() {
        return left;
    }

    /// Only these of a bucket's.
    Tallies left(Tallies all) {
        var kept = new HashMap<Track, Tally>();
        all.byTrack()
                .forEach((track, tally) -> {
                    if (left.contains(track)) {
                        kept.put(track, tally);
                    }
                });
        return new Tallies(kept);
    }

    List<Track> counts() {
        return counts;
    }

    List<Track> moments() {
        return moments;
    }

    List<Track.Spread> spreads() {
        return spreads;
    }

    /// Which of a spread's values are told apart.
    Window window(int spread) {
        return windows[spread];
    }

    /// Words of marks that a call fills.
    int words() {
        return (counts.size() + PER_WORD - 1) / PER_WORD;
    }

    /// Numbers that a call fills.
    int values() {
        return moments.size() + spreads.size();
    }

    /// The most that a call of this moments track should measure.
    double cap(int moment) {
        return switch (moments.get(moment)) {
            case Track.Sum(_, double cap) -> cap;
            case Track.CostWithFailures(_, double cap) -> cap;
            case Track.Calls _,
                    Track.Marked _,
                    Track.Reaches _,
                    Track.Spread _,
                    Track.Score _,
                    Track.Chosen _,
                    Track.Keys _,
                    Track.Spent _,
                    Track.Failures _ ->
                    throw new IllegalArgumentException(moments.get(moment) + " has no cap");
        };
    }

    /// What is asked of each call for one count, without looking at the track again.
    private enum Asks {
        ANYTHING_BAD,
        ERROR,
        LABEL,
        REACHES,
        FAILURE
    }

    /// The label or the class of a failure; empty where there is none.
    private static String name(Track track) {
        return track instanceof Track.Marked(var mark)
                ? mark
                : track instanceof Track.Failures(var errorClass) ? errorClass : "";
    }

    private static Asks asks(Track track) {
        return switch (track) {
            case Track.Calls _ -> Asks.ANYTHING_BAD;
            case Track.Marked(var mark) -> mark.equals(Metric.Rate.ERROR) ? Asks.ERROR : Asks.LABEL;
            case Track.Reaches _ -> Asks.REACHES;
            case Track.Failures _ -> Asks.FAILURE;
            case Track.Sum _,
                    Track.CostWithFailures _,
                    Track.Spread _,
                    Track.Score _,
                    Track.Chosen _,
                    Track.Keys _,
                    Track.Spent _ ->
                    throw new IllegalArgumentException(track + " counts nothing");
        };
    }

    /// Writes a call's marks and values.
    void read(Call call, long[] marks, int marksAt, double[] values, int valuesAt) {
        for (int word = 0; word < words(); word++) {
            marks[marksAt + word] = 0;
        }
        for (int i = 0; i < asks.length; i++) {
            long mark = mark(i, call);
            marks[marksAt + i / PER_WORD] |= mark << (2 * (i % PER_WORD));
        }
        int at = valuesAt;
        for (int i = 0; i < moments.size(); i++) {
            values[at++] = value(moments.get(i), call);
        }
        for (int i = 0; i < spreads.size(); i++) {
            values[at++] = measured(call, spreads.get(i).of());
        }
    }

    /// What the call is to track `i` of the counts: [#GOOD], [#BAD], or 0 if it does not count.
    static int mark(long[] marks, int marksAt, int i) {
        return (int) (marks[marksAt + i / PER_WORD] >>> (2 * i)) & (GOOD | BAD);
    }

    /// Whether the call counts for track `i` of the counts.
    static boolean counts(long[] marks, int marksAt, int i) {
        return mark(marks, marksAt, i) != 0;
    }

    /// Whether it is a bad one there.
    static boolean isBad(long[] marks, int marksAt, int i) {
        return mark(marks, marksAt, i) == BAD;
    }

    private long mark(int i, Call call) {
        return switch (asks[i]) {
            case ANYTHING_BAD -> call.bad() ? BAD : GOOD;
            case ERROR -> told(call.error());
            case LABEL -> told(call.labels().get(names[i]));
            case REACHES -> {
                var value = call.measure(measures[i]);
                yield value == null ? 0 : value >= limits[i] ? BAD : GOOD;
            }
            case FAILURE ->
                    Boolean.TRUE.equals(call.error()) && names[i].equals(call.errorClass())
                            ? BAD
                            : 0;
        };
    }

    private static long told(@Nullable Boolean bad) {
        return bad == null ? 0 : bad ? BAD : GOOD;
    }

    private static double value(Track track, Call call) {
        return switch (track) {
            case Track.Sum(var of, _) -> measured(call, of);
            case Track.CostWithFailures(double penalty, _) -> {
                double cost = measured(call, Quantity.COST_USD);
                var error = call.error();
                yield error == null ? Double.NaN : error ? cost + penalty : cost;
            }
            case Track.Calls _,
                    Track.Marked _,
                    Track.Reaches _,
                    Track.Spread _,
                    Track.Score _,
                    Track.Chosen _,
                    Track.Keys _,
                    Track.Spent _,
                    Track.Failures _ ->
                    throw new IllegalArgumentException(track + " sums nothing");
        };
    }

    private static double measured(Call call, Measure of) {
        var measure = call.measure(of);
        return measure == null ? Double.NaN : measure;
    }

    /// Whether the plan asks for the baseline's own numbers where the candidate has calls.
    static boolean compares(Plan plan) {
        return plan.conditions().stream()
                .anyMatch(condition -> condition.limit() instanceof Limit.Relative);
    }
}
