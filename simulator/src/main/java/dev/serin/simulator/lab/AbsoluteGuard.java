package dev.serin.simulator.lab;

import dev.serin.engine.judge.Ceiling;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Strictness;
import java.util.Optional;

/// Guards a rate, a mean, a cost per success or a percentile against a fixed limit.
final class AbsoluteGuard extends Guard {

    /// A suffix whose capital can at most have grown to this is not counted exactly.
    private static final double TRIFLE = 0.01;

    private final Ledger ledger;
    private final boolean ofCandidate;
    private final boolean highIsBad;
    private final Column column;
    private final Ceiling breach;
    private final Ceiling met;
    private final long maturity;
    private final double[] breachByMark;
    private final double[] metByMark;

    private AbsoluteGuard(
            Condition condition,
            StepBook book,
            Strictness strictness,
            boolean ofCandidate,
            Column column,
            double breachAt,
            double metAt,
            boolean highIsBad,
            long maturity) {
        super(condition, book, strictness);
        this.ofCandidate = ofCandidate;
        this.highIsBad = highIsBad;
        this.ledger = ofCandidate ? book.candidate() : book.baseline();
        this.column = column;
        this.maturity = maturity;
        breach = column.ceiling(highIsBad);
        breach.against(breachAt);
        met = column.ceiling(!highIsBad);
        met.against(metAt);
        breachByMark = byMark(breach);
        metByMark = byMark(met);
    }

    /// What a call adds at most, by its mark.
    private static double[] byMark(Ceiling ceiling) {
        var byMark = new double[Reading.MARKS];
        byMark[Reading.GOOD] = ceiling.growth(0);
        byMark[Reading.BAD] = ceiling.growth(1);
        return byMark;
    }

    /// Empty where it can prove nothing.
    static Optional<AbsoluteGuard> of(
            Condition condition,
            StepBook book,
            Strictness strictness,
            Reading reading,
            boolean ofCandidate) {
        if (!(condition.limit() instanceof Limit.Absolute(double limit))) {
            return Optional.empty();
        }
        boolean highIsBad = condition.side() == Side.AT_LEAST;
        double margin = limit * strictness.margin();
        double metAt = highIsBad ? limit + margin : limit - margin;
        var column = Column.of(reading, condition, limit);
        if (column.isEmpty()) {
            return Optional.empty();
        }
        if (condition.metric() instanceof Metric.Percentile(_, var of, double level)) {
            // Past its limit a percentile is met at an edge of the histogram; nobody counts there.
            if (!highIsBad || margin > 0) {
                return Optional.empty();
            }
            double tail = Math.round((1 - level) * 1e12) / 1e12;
            return Optional.of(
                    new AbsoluteGuard(
                            condition,
                            book,
                            strictness,
                            ofCandidate,
                            column.get(),
                            tail,
                            tail,
                            true,
                            maturity(of, limit)));
        }
        return Optional.of(
                new AbsoluteGuard(
                        condition,
                        book,
                        strictness,
                        ofCandidate,
                        column.get(),
                        limit,
                        metAt,
                        highIsBad,
                        Long.MIN_VALUE));
    }

    /// How long ago a call must have begun to count for a met percentile, in nanoseconds.
    private static long maturity(Measure of, double limit) {
        return switch (of) {
            case Quantity.LATENCY_MS, Quantity.TTFT_MS ->
                    (long) Math.ceil(Math.clamp(limit, 0, 1e12)) * 1_000_000;
            case Quantity.MS_PER_TOKEN, Quantity.COST_USD, Quantity.TOKENS_OUT -> Long.MIN_VALUE;
            case Measure.Named _ -> Long.MIN_VALUE;
        };
    }

    @Override
    void saw(boolean toCandidate, long[] marks, int marksAt, double[] values, int valuesAt) {
        if (toCandidate != ofCandidate) {
            return;
        }
        if (column.proportion()) {
            int mark = Reading.mark(marks, marksAt, column.at());
            add(breachByMark[mark], metByMark[mark]);
            return;
        }
        double value = values[valuesAt + column.at()];
        if (value >= 0) {
            add(breach.growth(value), met.growth(value));
        }
    }

    @Override
    double calls() {
        return all().n;
    }

    @Override
    boolean isFrozen() {
        return highIsBad && column.isOverCap(ledger);
    }

    private Part all() {
        return Part.of(column, ledger, book.restarts());
    }

    @Override
    double breachAtMost() {
        var weights = book.weights();
        double sum = Ceiling.waiting(book.buckets());
        var since = new Part(column, ledger);
        for (int i = book.restarts() - 1; i >= 0; i--) {
            since.add(i);
            double most = breach.most(since.n, since.a, since.b);
            if (most == 0) {
                sum += weights[i];
                continue;
            }
            double capital = weights[i] * Math.exp(most);
            sum +=
                    capital > TRIFLE
                            ? weights[i] * Math.exp(breach.evidence(since.n, since.a, since.b))
                            : capital;
        }
        return Math.log(sum);
    }

    @Override
    double metAtMost(long now) {
        if (maturity == Long.MIN_VALUE) {
            var all = all();
            return met.evidence(all.n, all.a, all.b);
        }
        var old = new Part(column, ledger);
        double young = 0;
        int stretches = book.restarts();
        for (int i = 0; i < stretches; i++) {
            if (book.end(i) + maturity <= now) {
                old.add(i);
            } else {
                young += (column.n(ledger, i) - column.a(ledger, i)) * met.growth(0);
            }
        }
        // What is old enough later adds to the evidence without a further call.
        return met.evidence(old.n, old.a, 0) + young;
    }

    @Override
    double suspicion() {
        var since = new Part(column, ledger);
        double most = 0;
        for (int i = book.restarts() - 1; i >= 0; i--) {
            since.add(i);
            if (breach.most(since.n, since.a, since.b) > most) {
                most = Math.max(most, breach.evidence(since.n, since.a, since.b));
            }
        }
        return most;
    }
}
