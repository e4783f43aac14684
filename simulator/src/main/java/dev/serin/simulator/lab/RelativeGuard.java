package dev.serin.simulator.lab;

import dev.serin.engine.judge.Ceiling;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Strictness;
import java.util.Optional;

/// Guards a rate or a mean that is held against the baseline's.
///
/// The engine takes the least evidence over all values that the baseline may truly have, so that of
/// any one value is no less. It is taken at what the baseline seems to have.
final class RelativeGuard extends Guard {

    private static final double TRIFLE = 0.01;

    private final Limit.Relative limit;
    private final Column column;
    private final double greatest;
    private final boolean highIsBad;
    private final Ceiling mineBroken;
    private final Ceiling otherBroken;
    private final Ceiling mineMet;
    private final Ceiling otherMet;

    private RelativeGuard(
            Condition condition,
            StepBook book,
            Strictness strictness,
            Limit.Relative limit,
            Column column) {
        super(condition, book, strictness);
        this.limit = limit;
        this.column = column;
        this.greatest = column.cap();
        highIsBad = condition.side() == Side.AT_LEAST;
        mineBroken = column.ceiling(highIsBad);
        otherBroken = column.ceiling(!highIsBad);
        mineMet = column.ceiling(!highIsBad);
        otherMet = column.ceiling(highIsBad);
    }

    /// Empty where it can prove nothing: percentiles, and costs per success.
    static Optional<RelativeGuard> of(
            Condition condition, StepBook book, Strictness strictness, Reading reading) {
        if (!(condition.limit() instanceof Limit.Relative limit)) {
            return Optional.empty();
        }
        return switch (condition.metric()) {
            case Metric.Rate _, Metric.Mean _ ->
                    Column.of(reading, condition, 0)
                            .map(column ->
                                    new RelativeGuard(condition, book, strictness, limit, column));
            case Metric.Score _, Metric.Percentile _, Metric.CostPerSuccess _ -> Optional.empty();
        };
    }

    @Override
    void saw(boolean toCandidate, long[] marks, int marksAt, double[] values, int valuesAt) {
        double value = column.value(marks, marksAt, values, valuesAt);
        if (value >= 0) {
            add(
                    (toCandidate ? mineBroken : otherBroken).growth(value),
                    (toCandidate ? mineMet : otherMet).growth(value));
        }
    }

    @Override
    double calls() {
        return all(book.candidate()).n;
    }

    @Override
    boolean isFrozen() {
        return column.isOverCap(highIsBad ? book.candidate() : book.baseline());
    }

    private Part all(Ledger ledger) {
        return Part.of(column, ledger, book.restarts());
    }

    /// A value that the baseline may have, and where the candidate's limit then lies.
    private double baseline() {
        var all = all(book.baseline());
        double seen = all.n == 0 ? greatest / 2 : all.a / all.n;
        double low = Math.clamp(-limit.offset() / limit.factor(), 0, greatest);
        double high = Math.clamp((greatest - limit.offset()) / limit.factor(), low, greatest);
        return Math.clamp(seen, low, high);
    }

    private double held(double baseline) {
        return limit.factor() * baseline + limit.offset();
    }

    @Override
    double breachAtMost() {
        double value = baseline();
        mineBroken.against(held(value));
        otherBroken.against(value);
        var weights = book.weights();
        double sum = Ceiling.waiting(book.buckets());
        var mine = new Part(column, book.candidate());
        var other = new Part(column, book.baseline());
        for (int i = book.restarts() - 1; i >= 0; i--) {
            mine.add(i);
            other.add(i);
            double most =
                    mineBroken.most(mine.n, mine.a, mine.b)
                            + otherBroken.most(other.n, other.a, other.b);
            double capital = weights[i] * Math.exp(most);
            sum +=
                    capital > Math.max(TRIFLE, weights[i])
                            ? weights[i]
                                    * Math.exp(
                                            mineBroken.evidence(mine.n, mine.a, mine.b)
                                                    + otherBroken.evidence(
                                                            other.n, other.a, other.b))
                            : capital;
        }
        return Math.log(sum);
    }

    @Override
    double metAtMost(long now) {
        double value = baseline();
        mineMet.against(held(value));
        otherMet.against(value);
        return evidence(mineMet, book.candidate()) + evidence(otherMet, book.baseline());
    }

    private double evidence(Ceiling ceiling, Ledger ledger) {
        var all = all(ledger);
        return ceiling.evidence(all.n, all.a, all.b);
    }

    /// Nothing cheap bounds it from below.
    @Override
    double suspicion() {
        return Double.NEGATIVE_INFINITY;
    }
}
