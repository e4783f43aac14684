package dev.serin.simulator.lab;

import dev.serin.engine.judge.Ceiling;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Histogram;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.PairedEdges;
import dev.serin.engine.judge.Strictness;
import dev.serin.engine.judge.Track;
import java.util.Optional;

/// Guards a percentile that must stay below the baseline's.
///
/// The engine takes the least evidence over all buckets in which the baseline's true percentile may lie,
/// so that of any one bucket is no less. It is taken at the one where it seems to lie. There all that is
/// asked of a value is on which side of an edge it is, as with rates.
final class PercentileGuard extends Guard {

    /// Which of the watched edges each question has.
    private static final int BROKEN = 0;

    private static final int MET = 1;

    /// The percentile is looked for anew when there are so many times as many values.
    private static final double MORE = 1.25;

    private final Limit.Relative limit;
    private final double level;
    private final int spread;
    private final int at;
    private final Ceiling mineBroken;
    private final Ceiling otherBroken;
    private final Ceiling mineMet;
    private final Ceiling otherMet;
    private final double[] mineEdges = new double[Values.WATCHED];
    private final double[] otherEdges = new double[Values.WATCHED];
    private int lookedAt = Integer.MAX_VALUE;
    private int bucket;

    private PercentileGuard(
            Condition condition,
            StepBook book,
            Strictness strictness,
            Limit.Relative limit,
            double level,
            int spread,
            int at) {
        super(condition, book, strictness);
        this.limit = limit;
        this.level = level;
        this.spread = spread;
        this.at = at;
        mineBroken = Ceiling.ofPercentile(level, true);
        otherBroken = Ceiling.ofPercentile(level, false);
        mineMet = Ceiling.ofPercentile(level, false);
        otherMet = Ceiling.ofPercentile(level, true);
    }

    /// Empty for anything else.
    static Optional<PercentileGuard> of(
            Condition condition, StepBook book, Strictness strictness, Reading reading) {
        if (!(condition.limit() instanceof Limit.Relative limit)
                || !(condition.metric() instanceof Metric.Percentile(_, var measure, double level))
                || condition.side() != Side.AT_LEAST) {
            return Optional.empty();
        }
        int spread = reading.spreads().indexOf(new Track.Spread(measure));
        return Optional.of(
                new PercentileGuard(
                        condition,
                        book,
                        strictness,
                        limit,
                        level,
                        spread,
                        reading.moments().size() + spread));
    }

    @Override
    void saw(boolean toCandidate, long[] marks, int marksAt, double[] values, int valuesAt) {
        double value = values[valuesAt + at];
        if (value >= 0) {
            var edges = toCandidate ? mineEdges : otherEdges;
            add(
                    (toCandidate ? mineBroken : otherBroken).growth(side(value, edges[BROKEN])),
                    (toCandidate ? mineMet : otherMet).growth(side(value, edges[MET])));
        }
    }

    private static double side(double value, double edge) {
        return value >= edge ? 1 : 0;
    }

    @Override
    double calls() {
        return mine().size();
    }

    private Values mine() {
        return book.candidate().values(spread);
    }

    private Values other() {
        return book.baseline().values(spread);
    }

    @Override
    boolean isFrozen() {
        return false;
    }

    /// Whether there is a bucket to take the evidence at.
    private boolean isPlaced(int which) {
        int size = other().size();
        if (size == 0) {
            return false;
        }
        if (size < lookedAt || size >= MORE * lookedAt) {
            lookedAt = size;
            bucket = Histogram.bucketOf(other().quantile(level));
        }
        boolean breach = which == BROKEN;
        var edge = PairedEdges.ofCandidate(limit, breach, bucket);
        if (edge.isEmpty()) {
            return false;
        }
        mineEdges[which] = Histogram.edge(edge.getAsInt());
        otherEdges[which] = Histogram.edge(PairedEdges.ofBaseline(breach, bucket));
        mine().watch(which, mineEdges[which]);
        other().watch(which, otherEdges[which]);
        return true;
    }

    @Override
    double breachAtMost() {
        if (!isPlaced(BROKEN)) {
            return Double.POSITIVE_INFINITY;
        }
        var weights = book.weights();
        double sum = Ceiling.waiting(book.buckets());
        double mineN = 0;
        double mineOver = 0;
        double otherN = 0;
        double otherOver = 0;
        for (int i = book.restarts() - 1; i >= 0; i--) {
            mineN += mine().n(i);
            mineOver += mine().over(BROKEN, i);
            otherN += other().n(i);
            otherOver += other().over(BROKEN, i);
            sum +=
                    weights[i]
                            * Math.exp(
                                    mineBroken.evidence(mineN, mineOver, 0)
                                            + otherBroken.evidence(otherN, otherOver, 0));
        }
        return Math.log(sum);
    }

    @Override
    double metAtMost(long now) {
        if (!isPlaced(MET)) {
            return Double.POSITIVE_INFINITY;
        }
        return evidence(mineMet, mine()) + evidence(otherMet, other());
    }

    private double evidence(Ceiling ceiling, Values values) {
        double over = 0;
        for (int i = 0; i < book.restarts(); i++) {
            over += values.over(MET, i);
        }
        return ceiling.evidence(values.size(), over, 0);
    }

    /// Nothing cheap bounds it from below.
    @Override
    double suspicion() {
        return Double.NEGATIVE_INFINITY;
    }
}
