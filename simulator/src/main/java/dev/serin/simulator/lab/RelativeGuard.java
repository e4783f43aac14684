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
        boolean highIsBad = condition.side() == Side.AT_LEAST;
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
        return Sum.of(column.n(book.candidate()));
    }

    @Override
    boolean isOverCap() {
        return !column.proportion()
                && Sum.of(book.candidate().moments(column.at()).over)
                                + Sum.of(book.baseline().moments(column.at()).over)
                        > 0;
    }

    /// A value that the baseline may have, and where the candidate's limit then lies.
    private double baseline() {
        double n = Sum.of(column.n(book.baseline()));
        double seen = n == 0 ? greatest / 2 : Sum.of(column.a(book.baseline())) / n;
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
        var mine = book.candidate();
        var other = book.baseline();
        var weights = book.weights();
        double sum = Ceiling.waiting(book.buckets());
        var tail = new Tail();
        for (int i = book.restarts() - 1; i >= 0; i--) {
            tail.add(column, mine, other, i);
            double most =
                    mineBroken.most(tail.n, tail.a, tail.b)
                            + otherBroken.most(tail.otherN, tail.otherA, tail.otherB);
            double capital = weights[i] * Math.exp(most);
            sum +=
                    capital > Math.max(TRIFLE, weights[i])
                            ? weights[i] * Math.exp(tail.exact())
                            : capital;
        }
        return Math.log(sum);
    }

    /// The sums of both arms from a restart on.
    private final class Tail {
        private double n;
        private double a;
        private double b;
        private double otherN;
        private double otherA;
        private double otherB;

        void add(Column column, Ledger mine, Ledger other, int i) {
            n += column.n(mine)[i];
            a += column.a(mine)[i];
            b += column.b(mine)[i];
            otherN += column.n(other)[i];
            otherA += column.a(other)[i];
            otherB += column.b(other)[i];
        }

        double exact() {
            return mineBroken.evidence(n, a, b) + otherBroken.evidence(otherN, otherA, otherB);
        }
    }

    @Override
    double metAtMost(long now) {
        double value = baseline();
        mineMet.against(held(value));
        otherMet.against(value);
        return evidence(mineMet, book.candidate()) + evidence(otherMet, book.baseline());
    }

    private double evidence(Ceiling ceiling, Ledger ledger) {
        return ceiling.evidence(
                Sum.of(column.n(ledger)), Sum.of(column.a(ledger)), Sum.of(column.b(ledger)));
    }

    /// Nothing cheap bounds it from below.
    @Override
    double suspicion() {
        return Double.NEGATIVE_INFINITY;
    }
}
