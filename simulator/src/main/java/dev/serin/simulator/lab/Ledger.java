package dev.serin.simulator.lab;

import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One arm of one step, tallied by stretches of time as the server does it: at most 64, each `width`
/// buckets long.
final class Ledger {

    static final int STRETCHES = 64;

    private final Reading reading;
    private final Counts counts;
    private final Moments[] moments;
    private final Values[] spreads;
    private final long[] keys = new long[STRETCHES];
    private final boolean[] open = new boolean[STRETCHES];

    Ledger(Reading reading) {
        this.reading = reading;
        counts = new Counts(reading.counts().size());
        moments = new Moments[reading.moments().size()];
        Arrays.setAll(moments, i -> new Moments(reading.cap(i)));
        spreads = new Values[reading.spreads().size()];
        Arrays.setAll(spreads, i -> new Values(reading.window(i)));
    }

    void clear() {
        counts.clear();
        for (var moment : moments) {
            moment.clear();
        }
        for (var spread : spreads) {
            spread.clear();
        }
        Arrays.fill(keys, 0);
        Arrays.fill(open, false);
    }

    void firstSeenKey(int at) {
        keys[at]++;
    }

    /// Takes a call that began in the stretch.
    void add(int at, long[] marks, int marksAt, double[] values, int valuesAt) {
        if (!open[at]) {
            open[at] = true;
            for (var moment : moments) {
                moment.begin(at);
            }
        }
        counts.add(at, marks, marksAt);
        int from = valuesAt;
        for (var moment : moments) {
            double value = values[from++];
            if (value >= 0) {
                moment.add(at, value);
            }
        }
        for (var spread : spreads) {
            double value = values[from++];
            if (value >= 0) {
                spread.add(at, value);
            }
        }
    }

    /// Makes `factor` stretches one.
    void widen(int factor) {
        counts.widen(factor);
        for (int i = 0; i < STRETCHES; i++) {
            keys[i / factor] = i % factor == 0 ? keys[i] : keys[i / factor] + keys[i];
            open[i / factor] = i % factor == 0 ? open[i] : open[i / factor] || open[i];
        }
        Arrays.fill(keys, STRETCHES / factor, STRETCHES, 0);
        Arrays.fill(open, STRETCHES / factor, STRETCHES, false);
        for (var moment : moments) {
            moment.widen(factor);
            for (int i = 0; i < STRETCHES; i++) {
                if (open[i]) {
                    moment.begin(i);
                }
            }
        }
        for (var spread : spreads) {
            spread.widen(factor);
        }
    }

    /// Whether any call or key lies in the stretch.
    boolean holds(int at) {
        return open[at] || keys[at] > 0;
    }

    Counts counts() {
        return counts;
    }

    Values values(int spread) {
        return spreads[spread];
    }

    Moments moments(int moment) {
        return moments[moment];
    }

    long keys() {
        long sum = 0;
        for (long count : keys) {
            sum += count;
        }
        return sum;
    }

    /// What the engine is told of each stretch.
    Tallies[] tallies() {
        var told = new Tallies[STRETCHES];
        var buckets = Arrays.stream(spreads).map(Values::buckets).toList();
        for (int at = 0; at < STRETCHES; at++) {
            told[at] = holds(at) ? tallies(at, buckets) : Tallies.NONE;
        }
        return told;
    }

    /// The whole step in one, as far as budgets and exposure read it.
    Tallies left() {
        var tallies = new HashMap<Track, Tally>();
        for (var track : reading.left()) {
            int count = reading.counts().indexOf(track);
            int moment = reading.moments().indexOf(track);
            if (count >= 0 && counts.n(count) > 0) {
                tallies.put(track, new Tally.Counts(counts.n(count), counts.bad(count)));
            }
            if (moment >= 0 && moments[moment].tally().n() > 0) {
                tallies.put(track, moments[moment].tally());
            }
        }
        return new Tallies(tallies);
    }

    private Tallies tallies(int at, List<Values.Buckets> buckets) {
        var tallies = new ArrayList<Map.Entry<Track, Tally>>();
        var tracks = reading.counts();
        for (int i = 0; i < tracks.size(); i++) {
            if (counts.n(i, at) > 0) {
                var tally = new Tally.Counts(counts.n(i, at), counts.bad(i, at));
                tallies.add(Map.entry(tracks.get(i), tally));
            }
        }
        for (int i = 0; i < moments.length; i++) {
            if (moments[i].n(at) > 0) {
                tallies.add(Map.entry(reading.moments().get(i), moments[i].tally(at)));
            }
        }
        for (int i = 0; i < spreads.length; i++) {
            var histogram = buckets.get(i).of(at);
            if (!histogram.buckets().isEmpty()) {
                tallies.add(Map.entry(reading.spreads().get(i), histogram));
            }
        }
        if (keys[at] > 0) {
            tallies.add(Map.entry(new Track.Keys(), new Tally.Counts(keys[at], 0)));
        }
        return new Tallies(asMap(tallies));
    }

    /// Made in one go, as whoever is given it copies any other kind of map.
    @SuppressWarnings({"unchecked", "rawtypes"}) // no array of a generic type can be made
    static <K, V> Map<K, V> asMap(List<Map.Entry<K, V>> entries) {
        return Map.ofEntries((Map.Entry<K, V>[]) entries.toArray(new Map.Entry[0]));
    }
}
