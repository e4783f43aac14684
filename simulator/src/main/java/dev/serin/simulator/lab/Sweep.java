package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import java.util.ArrayList;
import java.util.List;

/// The runs behind one curve: models that are like the harmless candidate, and whose true value in
/// one condition is set.
final class Sweep {

    /// True values by the limit.
    private static final double[] BY_LIMIT = {0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2};

    private static final int MOST_RUNS = 200;
    private static final int LEAST_RUNS = 20;
    private static final int SHARE_OF_RUNS = 20;

    private final Condition condition;
    private final double limit;
    private final List<Double> rates = new ArrayList<>();
    private final List<Series> series = new ArrayList<>();

    private Sweep(Condition condition, double limit) {
        this.condition = condition;
        this.limit = limit;
    }

    /// One sweep of each condition whose truth can be set, the nearest to the harmless candidate
    /// first: it takes the most calls, and so matters most.
    static List<Sweep> of(LabOrder order) {
        int runs =
                Math.min(
                        order.runs(),
                        Math.clamp(order.runs() / SHARE_OF_RUNS, LEAST_RUNS, MOST_RUNS));
        var harmless = Model.of(order.candidates().getFirst(), order.plan());
        var truth = new Truth(harmless);
        var conditions =
                order.plan().conditions().stream()
                        .filter(Condition::decides)
                        .filter(condition -> condition.limit() instanceof Limit.Absolute)
                        .filter(condition -> truth.canSet(condition.metric()))
                        .sorted(
                                java.util.Comparator.comparingDouble(
                                        condition -> truth.distance(condition)))
                        .toList();
        var sweeps = new ArrayList<Sweep>();
        for (var condition : conditions) {
            if (condition.limit() instanceof Limit.Absolute(double limit)) {
                var sweep = new Sweep(condition, limit);
                for (double byLimit : BY_LIMIT) {
                    double rate = byLimit * limit;
                    if (Truth.isPossible(condition.metric(), rate)) {
                        var model = truth.set(condition.metric(), rate);
                        var name = "curve " + condition.text() + " at " + byLimit;
                        sweep.rates.add(rate);
                        sweep.series.add(new Series(model, order.seed(), name, runs));
                    }
                }
                sweeps.add(sweep);
            }
        }
        return sweeps;
    }

    List<Series> series() {
        return series;
    }

    Curve curve() {
        var points = new ArrayList<Curve.Point>();
        for (int i = 0; i < rates.size(); i++) {
            points.add(series.get(i).point(rates.get(i)));
        }
        return new Curve(condition, limit, points);
    }
}
