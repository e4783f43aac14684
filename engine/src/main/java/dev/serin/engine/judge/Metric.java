package dev.serin.engine.judge;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a condition limits, with the calls that it counts. `name()` is its name on the wire.
public sealed interface Metric {

    /// Failed calls by calls that are known to have failed or not.
    Metric ERROR_RATE = new Rate("error_rate", Rate.ERROR);

    /// Calls labelled as hallucinated by calls so labelled or cleared.
    Metric HALLUCINATION_RATE = new Rate("hallucination_rate", "hallucination");

    Metric P95_LATENCY_MS = new Percentile("p95_latency_ms", Quantity.LATENCY_MS, 0.95);
    Metric AVG_COST_USD = new Mean("avg_cost_usd", Quantity.COST_USD);

    String name();

    /// The label that it reads; null if it counts all calls that report something.
    @Nullable String label();

    /// The number of a plan's own that it reads; null if it reads none.
    @Nullable String number();

    /// Bad calls by calls that carry the mark, 0 to 1.
    ///
    /// @param mark [#ERROR], or the name of a label
    record Rate(String name, String mark) implements Metric {

        public static final String ERROR = "error";

        @Override
        public @Nullable String label() {
            return mark.equals(ERROR) ? null : mark;
        }

        @Override
        public @Nullable String number() {
            return null;
        }
    }

    /// The mean of a label's scores, each 0 to 1.
    ///
    /// @param label the name of the label
    record Score(String name, String label) implements Metric {
        @Override
        public @Nullable String number() {
            return null;
        }
    }

    /// A quantile of a measure, in the measure's unit.
    ///
    /// @param level above 0, below 1; 0.95 for a p95
    record Percentile(String name, Measure of, double level) implements Metric {
        @Override
        public @Nullable String label() {
            return null;
        }

        @Override
        public @Nullable String number() {
            return of instanceof Measure.Named(var number) ? number : null;
        }
    }

    /// The mean of a measure, in the measure's unit.
    record Mean(String name, Measure of) implements Metric {
        @Override
        public @Nullable String label() {
            return null;
        }

        @Override
        public @Nullable String number() {
            return of instanceof Measure.Named(var number) ? number : null;
        }
    }

    /// Cost of all calls by successes, in US dollars. At a limit L it is judged as the mean of
    /// cost + L for each failed call (design, Words).
    record CostPerSuccess(String name) implements Metric {
        @Override
        public @Nullable String label() {
            return null;
        }

        @Override
        public @Nullable String number() {
            return null;
        }
    }

    /// Every metric that needs no definition in the plan.
    static List<Metric> standard() {
        return Standard.ALL;
    }

    static Optional<Metric> named(String name) {
        return Standard.ALL.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }
}
