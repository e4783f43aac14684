package dev.serin.web.chart;

import dev.serin.web.chart.Forest.Drawn;
import dev.serin.web.chart.Forest.Row;
import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// Draws intervals under each other on one scale.
final class ForestDrawing {

    private static final double HEIGHT = 24;

    private final Forest forest;
    private final Axis scale;

    private ForestDrawing(Forest forest) {
        this.forest = forest;
        scale = scale(forest);
    }

    static List<Drawn> of(Forest forest) {
        var drawing = new ForestDrawing(forest);
        var drawn = new ArrayList<Drawn>();
        var step = "";
        for (var row : forest.rows()) {
            drawn.add(
                    new Drawn(row, drawn.isEmpty() || !step.equals(row.step()), drawing.row(row)));
            step = row.step();
        }
        return List.copyOf(drawn);
    }

    static RawString axis(Forest forest) {
        var drawing = new ForestDrawing(forest);
        var svg = Svg.picture("forest axis", 18, "scale");
        for (var tick : drawing.scale.ticks(4)) {
            double x = drawing.scale.at(tick);
            var anchor = x < 0.1 ? "start" : x > 0.9 ? "end" : "middle";
            svg.text("scale", x, 13, anchor, 0, forest.unit().printTick(tick));
        }
        return svg.done();
    }

    private RawString row(Row row) {
        var svg =
                Svg.picture(
                        "forest", HEIGHT, row.step() + ", " + row.letter() + ": " + row.words());
        for (var tick : scale.ticks(4)) {
            svg.line("grid", scale.at(tick), 0, scale.at(tick), HEIGHT);
        }
        if (forest.zero()) {
            double zero = scale.at(0);
            svg.rect(
                    "forbidden",
                    forest.badAbove() ? zero : 0,
                    0,
                    forest.badAbove() ? 1 - zero : zero,
                    HEIGHT);
            svg.line("zero", zero, 0, zero, HEIGHT);
        }
        var value = row.value();
        if (value == null) {
            return svg.done();
        }
        double left = Math.clamp(at(value.low()), 0, 1);
        double right = Math.clamp(at(value.high()), left, 1);
        svg.line("band candidate", left, HEIGHT / 2, Math.max(right, left + 0.004), HEIGHT / 2);
        double x = scale.at(value.estimate());
        if (x > 1) {
            svg.shape("beyond", 1, HEIGHT / 2, "M-10 -5 -1 0 -10 5Z");
        } else if (x < 0) {
            svg.shape("beyond", 0, HEIGHT / 2, "M10 -5 1 0 10 5Z");
        } else if (Double.isFinite(x)) {
            svg.dot("candidate", x, HEIGHT / 2, 4.5);
        }
        return svg.done();
    }

    private double at(double value) {
        return Double.isInfinite(value) ? (value > 0 ? 2 : -1) : scale.at(value);
    }

    /// Holds all estimates, and the intervals as far as they do not press the estimates together.
    private static Axis scale(Forest forest) {
        var estimates = numbers(forest, false).summaryStatistics();
        if (estimates.getCount() == 0) {
            return new Axis(forest.zero() ? -1 : 0, 1);
        }
        double low =
                forest.zero() || estimates.getMin() > 0
                        ? Math.min(0, estimates.getMin())
                        : estimates.getMin();
        double high = Math.max(0, estimates.getMax());
        double reach = Math.max(high - low, Math.max(Math.abs(high), Math.abs(low))) * 1.2;
        var all = numbers(forest, true).summaryStatistics();
        double from = Math.max(all.getMin(), low - reach);
        double to = Math.min(all.getMax(), high + reach);
        from = Math.min(from, low);
        to = Math.max(to, high);
        double room = (to - from) * 0.05;
        return Axis.holding(from < 0 ? from - room : 0, to + room);
    }

    private static DoubleStream numbers(Forest forest, boolean ends) {
        return forest.rows().stream()
                .flatMapToDouble(row -> {
                    var value = row.value();
                    if (value == null) {
                        return DoubleStream.empty();
                    }
                    return ends
                            ? DoubleStream.of(value.low(), value.estimate(), value.high())
                            : DoubleStream.of(value.estimate());
                })
                .filter(Double::isFinite);
    }
}
