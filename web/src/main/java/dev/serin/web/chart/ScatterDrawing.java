package dev.serin.web.chart;

import dev.serin.web.chart.Scatter.Dot;
import dev.serin.web.words.Unit;
import io.quarkus.qute.RawString;
import java.util.List;
import java.util.function.Function;

/// Draws crosses of intervals: cost across, quality up.
final class ScatterDrawing {

    private static final double TOP = 26;
    private static final double BOTTOM = 286;
    private static final double HEIGHT = 326;

    private final Scatter scatter;
    private final Axis across;
    private final Axis up;

    private ScatterDrawing(Scatter scatter) {
        this.scatter = scatter;
        across = axis(scatter.dots(), Dot::across);
        up = axis(scatter.dots(), Dot::up);
    }

    static RawString of(Scatter scatter) {
        return new ScatterDrawing(scatter).draw();
    }

    private RawString draw() {
        var svg = Svg.picture("scatter", HEIGHT, scatter.words());
        for (var tick : up.ticks(4)) {
            svg.line("grid", 0, y(tick), 1, y(tick));
            svg.text("scale", 0, y(tick) - 3, "start", 0, print(scatter.upUnit(), tick));
        }
        for (var tick : across.ticks(4)) {
            var anchor = across.at(tick) < 0.05 ? "start" : "middle";
            svg.line("tick", x(tick), BOTTOM, x(tick), BOTTOM + 5);
            svg.text("scale", x(tick), BOTTOM + 18, anchor, 0, print(scatter.acrossUnit(), tick));
        }
        svg.line("ground", 0, BOTTOM, 1, BOTTOM);
        svg.text("axis", 0, 12, "start", 0, "↑ " + scatter.up());
        svg.text("axis", 1, HEIGHT - 3, "end", 0, scatter.across() + " →");
        scatter.dots().forEach(dot -> cross(svg, dot));
        return svg.done();
    }

    private void cross(Svg svg, Dot dot) {
        var kind = dot.candidate() ? "candidate" : "baseline";
        double x = x(dot.across().estimate());
        double y = y(dot.up().estimate());
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            return;
        }
        svg.line("band " + kind, x(dot.across().low()), y, x(dot.across().high()), y);
        svg.line("band " + kind, x, y(dot.up().low()), x, y(dot.up().high()));
        if (dot.candidate()) {
            svg.dot("candidate", x, y, 5);
        } else {
            svg.shape("baseline", x, y, "M-4.5 -4.5h9v9h-9Z");
        }
        boolean right = x > 0.7;
        svg.text("name", x, y - 8, right ? "end" : "start", right ? -7 : 7, dot.name());
    }

    private static String print(Unit unit, double tick) {
        return unit.printTick(tick);
    }

    private double x(double value) {
        return 0.06 + Math.clamp(across.at(value), 0, 1) * 0.93;
    }

    private double y(double value) {
        return BOTTOM - Math.clamp(up.at(value), 0, 1) * (BOTTOM - TOP);
    }

    /// From 0 to somewhat above the largest estimate; intervals that reach farther are cut off.
    private static Axis axis(List<Dot> dots, Function<Dot, Interval> side) {
        var estimates =
                dots.stream()
                        .map(side)
                        .mapToDouble(Interval::estimate)
                        .filter(Double::isFinite)
                        .max();
        return Axis.holding(Math.min(0, estimates.orElse(0)), estimates.orElse(1) * 1.35);
    }
}
