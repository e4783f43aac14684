package dev.serin.simulator.lab;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Track;
import dev.serin.simulator.profile.PlainProfile;
import java.util.Arrays;

/// Writes the marks and values of a plain profile's calls without making a call of them.
///
/// Such a call fails, or is made up, or is a true answer; all else about it is its latency and its
/// price, and of a failed one not even those. So three calls are read once, and what a latency or a
/// price says is written over them.
final class PlainReading {

    /// Any will do: what depends on it is written over.
    private static final double SOME = 1;

    private static final Measure[] DRAWN = {Quantity.LATENCY_MS, Quantity.COST_USD};

    private final Outcome answer;
    private final Outcome madeUp;
    private final Outcome failed;

    /// The counts that compare a latency or a price with a limit.
    private final int[] reaching;

    private final boolean[] reachesLatency;
    private final double[] limits;

    /// The values that are a latency or a price.
    private final int[] latencies;

    private final int[] prices;

    @SuppressWarnings("ArrayRecordComponent") // copied from, never compared, and never handed out
    private record Outcome(long[] marks, double[] values) {}

    PlainReading(Reading reading) {
        var counts = reading.counts();
        reaching = indices(counts.size(), i -> reaches(counts.get(i), DRAWN));
        reachesLatency = new boolean[reaching.length];
        limits = new double[reaching.length];
        for (int i = 0; i < reaching.length; i++) {
            var track = (Track.Reaches) counts.get(reaching[i]);
            reachesLatency[i] = track.of() == Quantity.LATENCY_MS;
            limits[i] = track.limit();
        }
        latencies = indices(reading.values(), i -> of(reading, i) == Quantity.LATENCY_MS);
        prices = indices(reading.values(), i -> of(reading, i) == Quantity.COST_USD);
        answer = blank(outcome(reading, false, false));
        madeUp = blank(outcome(reading, false, true));
        failed = outcome(reading, true, false);
    }

    private static int[] indices(int count, java.util.function.IntPredicate which) {
        return java.util.stream.IntStream.range(0, count).filter(which).toArray();
    }

    private static boolean reaches(Track track, Measure... any) {
        return track instanceof Track.Reaches(var of, _) && Arrays.asList(any).contains(of);
    }

    /// What a successful call's value at this place is.
    private static Measure of(Reading reading, int value) {
        int spread = value - reading.moments().size();
        return spread >= 0
                ? reading.spreads().get(spread).of()
                : reading.moments().get(value) instanceof Track.Sum(var of, _)
                        ? of
                        : Quantity.COST_USD;
    }

    private static Outcome outcome(Reading reading, boolean failed, boolean madeUp) {
        var outcome = new Outcome(new long[reading.words()], new double[reading.values()]);
        Call call = PlainProfile.call(SOME, failed, madeUp, SOME);
        reading.read(call, outcome.marks(), 0, outcome.values(), 0);
        return outcome;
    }

    /// Takes out what is to be written over.
    private Outcome blank(Outcome outcome) {
        for (int at : reaching) {
            outcome.marks()[at / Reading.PER_WORD] &=
                    ~((Reading.GOOD | (long) Reading.BAD) << shift(at));
        }
        return outcome;
    }

    private static int shift(int count) {
        return 2 * (count % Reading.PER_WORD);
    }

    /// Writes a failed call's.
    void failed(long[] marks, int marksAt, double[] values, int valuesAt) {
        copy(failed, marks, marksAt, values, valuesAt);
    }

    /// Writes an answer's.
    void answer(
            boolean hallucinated,
            double latencyMs,
            double priceUsd,
            long[] marks,
            int marksAt,
            double[] values,
            int valuesAt) {
        copy(hallucinated ? madeUp : answer, marks, marksAt, values, valuesAt);
        for (int i = 0; i < reaching.length; i++) {
            double value = reachesLatency[i] ? latencyMs : priceUsd;
            long mark = value >= limits[i] ? Reading.BAD : Reading.GOOD;
            marks[marksAt + reaching[i] / Reading.PER_WORD] |= mark << shift(reaching[i]);
        }
        for (int at : latencies) {
            values[valuesAt + at] = latencyMs;
        }
        for (int at : prices) {
            values[valuesAt + at] = priceUsd;
        }
    }

    private static void copy(
            Outcome from, long[] marks, int marksAt, double[] values, int valuesAt) {
        for (int i = 0; i < from.marks().length; i++) {
            marks[marksAt + i] = from.marks()[i];
        }
        for (int i = 0; i < from.values().length; i++) {
            values[valuesAt + i] = from.values()[i];
        }
    }
}
