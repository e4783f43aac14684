package dev.serin.simulator.lab;

import dev.serin.engine.judge.Ceiling;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Track;
import java.util.Optional;

/// Where a condition's metric stands in a ledger, and how its calls speak of it.
///
/// @param proportion whether it is a chance; else a mean
/// @param at index among the reading's counts or moments
/// @param cap of a mean; 1 for a chance
record Column(boolean proportion, int at, double cap) {

    /// The column of a condition's rate, mean or count of calls at its limit; empty if there is none.
    ///
    /// @param limit in the metric's unit
    static Optional<Column> of(Reading reading, Condition condition, double limit) {
        return switch (condition.metric()) {
            case Metric.Rate(_, var mark) -> ofCounts(reading, new Track.Marked(mark));
            case Metric.Percentile(_, var of, _) -> ofCounts(reading, new Track.Reaches(of, limit));
            case Metric.Mean(_, var of) ->
                    ofMoments(reading, new Track.Sum(of, condition.capOrDefault()));
            case Metric.Score _ -> Optional.empty();
            case Metric.CostPerSuccess _ ->
                    ofMoments(reading, new Track.CostWithFailures(limit, condition.capOrDefault()));
        };
    }

    private static Optional<Column> ofCounts(Reading reading, Track track) {
        int at = reading.counts().indexOf(track);
        return at < 0 ? Optional.empty() : Optional.of(new Column(true, at, 1));
    }

    private static Optional<Column> ofMoments(Reading reading, Track track) {
        int at = reading.moments().indexOf(track);
        return at < 0 ? Optional.empty() : Optional.of(new Column(false, at, reading.cap(at)));
    }

    Ceiling ceiling(boolean rising) {
        return proportion ? Ceiling.ofRate(rising) : Ceiling.ofMean(cap, rising);
    }

    double n(Ledger ledger, int stretch) {
        return proportion ? ledger.counts().n(at, stretch) : ledger.moments(at).n(stretch);
    }

    /// Bad calls, or the sum of values.
    double a(Ledger ledger, int stretch) {
        return proportion ? ledger.counts().bad(at, stretch) : ledger.moments(at).sum(stretch);
    }

    /// Squared distances; 0 for a chance.
    double b(Ledger ledger, int stretch) {
        return proportion ? 0 : ledger.moments(at).v(stretch);
    }

    boolean isOverCap(Ledger ledger) {
        return !proportion && ledger.moments(at).isOverCap();
    }

    /// What a call says of it: 1 or 0 for a chance, a value for a mean; NaN for nothing.
    double value(long[] marks, int marksAt, double[] values, int valuesAt) {
        if (!proportion) {
            return values[valuesAt + at];
        }
        if (!Reading.counts(marks, marksAt, at)) {
            return Double.NaN;
        }
        return Reading.isBad(marks, marksAt, at) ? 1 : 0;
    }
}
