package dev.serin.simulator.lab;

import dev.serin.engine.judge.Histogram;
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
    private final double[][] n;
    private final double[][] bad;
    private final Moments[] moments;
    private final long[] keys = new long[STRETCHES];
    private final boolean[] open = new boolean[STRETCHES];
    private final Values[] spreads;

    Ledger(Reading reading) {
        this.reading = reading;
        int counts = reading.counts().size();
        n = new double[counts][STRETCHES];
        bad = new double[counts][STRETCHES];
        moments = new Moments[reading.moments().size()];
        Arrays.setAll(moments, i -> new Moments(reading.cap(i)));
        spreads = new Values[reading.spreads().size()];
        Arrays.setAll(spreads, _ -> new Values());
    }

    /// A quantity's sums by stretch; `seen` and `seenSum` are what its centre is made of.
    static final class Moments {

        private final double cap;
        final double[] n = new double[STRETCHES];
        final double[] sum = new double[STRETCHES];
        final double[] v = new double[STRETCHES];
        final double[] over = new double[STRETCHES];
        private final double[] seen = new double[STRETCHES];
        private final double[] seenSum = new double[STRETCHES];
        private double all;
        private double allSum;

        Moments(double cap) {
            this.cap = cap;
        }

        void add(int at, double value) {
            double centre = Math.min(cap, (cap / 2 + seenSum[at]) / (seen[at] + 1));
            double distance = value - centre;
            v[at] += distance * distance;
            sum[at] += value;
            seenSum[at] += value;
            seen[at]++;
            n[at]++;
            all++;
            allSum += value;
            if (value > cap) {
                over[at]++;
            }
        }

        /// Measures what comes next in this stretch from all that the step has seen.
        private void begin(int at) {
            seen[at] = all;
            seenSum[at] = allSum;
        }

        private void clear() {
            all = 0;
            allSum = 0;
            Arrays.fill(n, 0);
            Arrays.fill(sum, 0);
            Arrays.fill(v, 0);
            Arrays.fill(over, 0);
        }
    }

    /// Values in the order in which they were seen.
    private static final class Values {

        private double[] values = new double[256];
        private byte[] stretches = new byte[256];
        private int size;

        void add(int stretch, double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
                stretches = Arrays.copyOf(stretches, 2 * size);
            }
            values[size] = value;
            stretches[size++] = (byte) stretch;
        }

        void widen(int factor) {
            for (int i = 0; i < size; i++) {
                stretches[i] = (byte) (stretches[i] / factor);
            }
        }

        Buckets buckets() {
            var buckets = new int[size];
            int low = Integer.MAX_VALUE;
            int high = Integer.MIN_VALUE;
            for (int i = 0; i < size; i++) {
                buckets[i] = Histogram.bucketOf(values[i]);
                low = Math.min(low, buckets[i]);
                high = Math.max(high, buckets[i]);
            }
            int span = size == 0 ? 0 : high - low + 1;
            var calls = new int[STRETCHES * span];
            for (int i = 0; i < size; i++) {
                calls[stretches[i] * span + buckets[i] - low]++;
            }
            return new Buckets(low, span, calls);
        }
    }

    /// Calls by bucket of a histogram, for each stretch.
    private static final class Buckets {

        private final int low;
        private final int span;
        private final int[] calls;

        /// @param low the lowest bucket of them all
        /// @param span how many buckets it is from there to the highest
        Buckets(int low, int span, int[] calls) {
            this.low = low;
            this.span = span;
            this.calls = calls;
        }

        Histogram of(int stretch) {
            var filled = new ArrayList<Map.Entry<Integer, Long>>();
            for (int i = 0; i < span; i++) {
                int count = calls[stretch * span + i];
                if (count > 0) {
                    filled.add(Map.entry(low + i, (long) count));
                }
            }
            return filled.isEmpty() ? Histogram.NONE : new Histogram(asMap(filled));
        }
    }

    /// Made in one go, as whoever is given it copies any other kind of map.
    @SuppressWarnings({"unchecked", "rawtypes"}) // no array of a generic type can be made
    private static <K, V> Map<K, V> asMap(List<Map.Entry<K, V>> entries) {
        return Map.ofEntries((Map.Entry<K, V>[]) entries.toArray(new Map.Entry[0]));
    }

    void clear() {
        for (int i = 0; i < n.length; i++) {
            Arrays.fill(n[i], 0);
            Arrays.fill(bad[i], 0);
        }
        for (var moment : moments) {
            moment.clear();
        }
        for (var values : spreads) {
            values.size = 0;
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
        for (int i = 0; i < n.length; i++) {
            int mark = Reading.mark(marks, marksAt, i);
            if (mark != 0) {
                n[i][at]++;
                bad[i][at] += mark >> 1;
            }
        }
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
        for (int i = 0; i < n.length; i++) {
            merge(n[i], factor);
            merge(bad[i], factor);
        }
        for (int i = 0; i < STRETCHES; i++) {
            keys[i / factor] = i % factor == 0 ? keys[i] : keys[i / factor] + keys[i];
            open[i / factor] = i % factor == 0 ? open[i] : open[i / factor] || open[i];
        }
        Arrays.fill(keys, STRETCHES / factor, STRETCHES, 0);
        Arrays.fill(open, STRETCHES / factor, STRETCHES, false);
        for (var moment : moments) {
            merge(moment.n, factor);
            merge(moment.sum, factor);
            merge(moment.v, factor);
            merge(moment.over, factor);
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

    private static void merge(double[] values, int factor) {
        for (int i = 0; i < STRETCHES; i++) {
            values[i / factor] = i % factor == 0 ? values[i] : values[i / factor] + values[i];
        }
        Arrays.fill(values, STRETCHES / factor, STRETCHES, 0);
    }

    /// Whether any call or key lies in the stretch.
    boolean holds(int at) {
        return open[at] || keys[at] > 0;
    }

    double[] n(int count) {
        return n[count];
    }

    double[] bad(int count) {
        return bad[count];
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
            if (count >= 0 && Sum.of(n[count]) > 0) {
                tallies.put(
                        track,
                        new Tally.Counts((long) Sum.of(n[count]), (long) Sum.of(bad[count])));
            }
            if (moment >= 0 && Sum.of(moments[moment].n) > 0) {
                var all = moments[moment];
                tallies.put(
                        track,
                        new Tally.Moments(
                                (long) Sum.of(all.n),
                                Sum.of(all.sum),
                                Sum.of(all.v),
                                (long) Sum.of(all.over)));
            }
        }
        return new Tallies(tallies);
    }

    private Tallies tallies(int at, List<Buckets> buckets) {
        var tallies = new ArrayList<Map.Entry<Track, Tally>>();
        for (int i = 0; i < n.length; i++) {
            if (n[i][at] > 0) {
                tallies.add(
                        Map.entry(
                                reading.counts().get(i),
                                new Tally.Counts((long) n[i][at], (long) bad[i][at])));
            }
        }
        for (int i = 0; i < moments.length; i++) {
            var moment = moments[i];
            if (moment.n[at] > 0) {
                tallies.add(
                        Map.entry(
                                reading.moments().get(i),
                                new Tally.Moments(
                                        (long) moment.n[at],
                                        moment.sum[at],
                                        moment.v[at],
                                        (long) moment.over[at])));
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
}
