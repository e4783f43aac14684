package dev.serin.simulator.lab;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a model's numbers truly are, told from many of its calls, and models that are like it but
/// for one number.
final class Truth {

    private static final int CALLS = 50_000;
    private static final int MOST_TRIES = 1000;

    private final Model model;
    private final Call[] calls = new Call[CALLS];
    private final Map<Metric, Double> values = new HashMap<>();

    Truth(Model model) {
        this.model = model;
        var random = new SplittableRandom(1);
        Arrays.setAll(calls, _ -> model.call(random));
    }

    /// The metric's value; NaN if no call reports it.
    double value(Metric metric) {
        return values.computeIfAbsent(metric, this::measure);
    }

    /// The part of the calls that are bad in any way, 0 to 1.
    double bad() {
        return Arrays.stream(calls).filter(Call::bad).count() / (double) CALLS;
    }

    /// The part of the calls that report it, 0 to 1.
    double reporting(Metric metric) {
        return Arrays.stream(calls).filter(call -> reports(metric, call)).count() / (double) CALLS;
    }

    private static boolean reports(Metric metric, Call call) {
        return switch (metric) {
            case Metric.Rate(_, var mark) -> marked(mark, call) != null;
            case Metric.Percentile(_, var of, _) -> call.measure(of) != null;
            case Metric.Mean(_, var of) -> call.measure(of) != null;
            case Metric.Score(_, var label) -> call.scores().containsKey(label);
            case Metric.CostPerSuccess _ -> call.costUsd() != null && call.error() != null;
        };
    }

    /// Whether [#set] can make models of other values.
    boolean canSet(Metric metric) {
        return switch (metric) {
            case Metric.Rate _ -> value(metric) >= 0;
            case Metric.Percentile(_, var of, _) -> value(metric) > 0 && of != Quantity.TOKENS_OUT;
            case Metric.Mean(_, var of) -> value(metric) > 0 && of != Quantity.TOKENS_OUT;
            case Metric.Score _ -> false;
            case Metric.CostPerSuccess _ -> value(metric) > 0;
        };
    }

    static boolean isPossible(Metric metric, double value) {
        return !(metric instanceof Metric.Rate) || value < 1;
    }

    /// The same model with another true value of one metric: other chances, or latencies or prices
    /// that are so many times as high.
    Model set(Metric metric, double value) {
        return switch (metric) {
            case Metric.Rate(_, var mark) when mark.equals(Metric.Rate.ERROR) ->
                    altered(random -> failing(random, value));
            case Metric.Rate(_, var mark) -> altered(random -> labelled(random, mark, value));
            case Metric.Percentile(_, var of, _) -> scaled(of, value / value(metric));
            case Metric.Mean(_, var of) -> scaled(of, value / value(metric));
            case Metric.Score _ ->
                    throw new IllegalArgumentException(metric.name() + " cannot be set");
            case Metric.CostPerSuccess _ -> scaled(Quantity.COST_USD, value / value(metric));
        };
    }

    /// How far the truth lies from the limit, 0 at or past it, 1 at most.
    double distance(Condition condition) {
        if (!(condition.limit() instanceof Limit.Absolute(double limit))) {
            return 1;
        }
        double value = value(condition.metric());
        double way = condition.side() == Condition.Side.AT_LEAST ? limit - value : value - limit;
        return Math.clamp(way / Math.max(limit, value), 0, 1);
    }

    private double measure(Metric metric) {
        return switch (metric) {
            case Metric.Rate(_, var mark) ->
                    Arrays.stream(calls)
                            .map(call -> marked(mark, call))
                            .filter(marked -> marked != null)
                            .mapToDouble(marked -> marked ? 1 : 0)
                            .average()
                            .orElse(Double.NaN);
            case Metric.Percentile(_, var of, double level) -> {
                var sorted = measured(of).sorted().toArray();
                yield sorted.length == 0
                        ? Double.NaN
                        : sorted[Math.max(0, (int) Math.ceil(level * sorted.length) - 1)];
            }
            case Metric.Mean(_, var of) -> measured(of).average().orElse(Double.NaN);
            case Metric.Score(_, var label) ->
                    Arrays.stream(calls)
                            .map(call -> call.scores().get(label))
                            .filter(score -> score != null)
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElse(Double.NaN);
            case Metric.CostPerSuccess _ -> {
                long successes =
                        Arrays.stream(calls)
                                .filter(call -> Boolean.FALSE.equals(call.error()))
                                .count();
                yield successes == 0 ? Double.NaN : measured(Quantity.COST_USD).sum() / successes;
            }
        };
    }

    private java.util.stream.DoubleStream measured(Measure of) {
        return Arrays.stream(calls)
                .map(call -> call.measure(of))
                .filter(value -> value != null)
                .mapToDouble(Double::doubleValue);
    }

    private static @Nullable Boolean marked(String mark, Call call) {
        return mark.equals(Metric.Rate.ERROR) ? call.error() : call.labels().get(mark);
    }

    private interface Drawing {
        Call call(RandomGenerator random);
    }

    private Model altered(Drawing drawing) {
        var name = model.name();
        return new Model() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Call call(RandomGenerator random) {
                return drawing.call(random);
            }
        };
    }

    /// A failure is one as the model itself makes it, if it makes any.
    private Call failing(RandomGenerator random, double chance) {
        boolean fails = random.nextDouble() < chance;
        var call = model.call(random);
        if (fails) {
            return Boolean.TRUE.equals(call.error())
                    ? call
                    : new Call(true, "5xx", call.latencyMs(), null, 0.0, null, Map.of());
        }
        for (int tries = 0; Boolean.TRUE.equals(call.error()) && tries < MOST_TRIES; tries++) {
            call = model.call(random);
        }
        return call;
    }

    private Call labelled(RandomGenerator random, String label, double chance) {
        boolean bad = random.nextDouble() < chance;
        var call = model.call(random);
        if (!call.labels().containsKey(label)) {
            return call;
        }
        var labels = new HashMap<>(call.labels());
        labels.put(label, bad);
        return call.withLabels(labels);
    }

    private Model scaled(Measure of, double factor) {
        return switch (of) {
            case Quantity quantity -> scaled(quantity, factor);
            case Measure.Named(var name) -> numbered(name, factor);
        };
    }

    private Model numbered(String name, double factor) {
        return altered(random -> {
            var call = model.call(random);
            var numbers = new HashMap<>(call.numbers());
            numbers.computeIfPresent(
                    name, (_, value) -> Math.min(Call.MOST_NUMBER, value * factor));
            return call.withNumbers(numbers);
        });
    }

    private Model scaled(Quantity of, double factor) {
        double time = of == Quantity.COST_USD ? 1 : factor;
        double price = of == Quantity.COST_USD ? factor : 1;
        return altered(random -> {
            var call = model.call(random);
            return new Call(
                    call.error(),
                    call.errorClass(),
                    times(call.latencyMs(), time),
                    times(call.ttftMs(), time),
                    times(call.costUsd(), price),
                    call.tokensOut(),
                    call.labels(),
                    call.scores(),
                    call.numbers(),
                    call.chosen());
        });
    }

    private static @Nullable Double times(@Nullable Double value, double factor) {
        return value == null ? null : (Double) (value * factor);
    }
}
