package dev.serin.web.chart;

import dev.serin.web.chart.Operating.Dot;
import dev.serin.web.chart.Operating.Line;
import dev.serin.web.words.Numbers;
import io.quarkus.qute.RawString;
import java.util.stream.Stream;

/// Draws an operating characteristic: a curve for each rule, a dot with its own uncertainty for each
/// value that was simulated.
final class OperatingDrawing {

    private static final double TOP = 40;
    private static final double BOTTOM = 260;
    private static final double HEIGHT = 302;
    private static final double LEFT = 0.07;
    private static final double WIDTH = 0.9;
    private static final double HALF = 0.5;

    private final Operating operating;
    private final Axis values;

    private OperatingDrawing(Operating operating) {
        this.operating = operating;
        double most =
                Stream.concat(
                                operating.lines().stream().flatMap(line -> line.dots().stream()),
                                Stream.of(new Dot(operating.limit(), NOTHING)))
                        .mapToDouble(Dot::at)
                        .max()
                        .orElse(1);
        values = Axis.holding(0, most * 1.02);
    }

    private static final Interval NOTHING = new Interval(0, 0, 0, 0);

    static RawString of(Operating operating) {
        return new OperatingDrawing(operating).draw();
    }

    private RawString draw() {
        var svg = Svg.picture("operating", HEIGHT, operating.words());
        forbidden(svg);
        for (int quarter = 0; quarter <= 4; quarter++) {
            double part = quarter / 4.0;
            svg.line("grid", 0, y(part), 1, y(part));
            svg.text("scale", 0, y(part) - 3, "start", 0, Numbers.share(part));
        }
        for (var tick : values.ticks(5)) {
            svg.line("tick", x(tick), BOTTOM, x(tick), BOTTOM + 5);
            svg.text("scale", x(tick), BOTTOM + 18, "middle", 0, operating.unit().printTick(tick));
        }
        svg.line("ground", 0, BOTTOM, 1, BOTTOM);
        svg.line("limit", x(operating.limit()), TOP - 6, x(operating.limit()), BOTTOM);
        boolean right = values.at(operating.limit()) > HALF;
        svg.text(
                "limit",
                x(operating.limit()),
                TOP - 10,
                right ? "end" : "start",
                0,
                "limit " + operating.unit().printLimit(operating.limit()));
        svg.text("axis", 0, 12, "start", 0, "↑ rolled back");
        svg.text("axis", 1, HEIGHT - 5, "end", 0, operating.across() + " →");
        operating.lines().reversed().forEach(line -> curve(svg, line));
        return svg.done();
    }

    private void forbidden(Svg svg) {
        double limit = x(operating.limit());
        if (operating.badAbove()) {
            svg.rect("forbidden", limit, TOP, 1 - limit, BOTTOM - TOP);
        } else {
            svg.rect("forbidden", 0, TOP, limit, BOTTOM - TOP);
        }
    }

    private void curve(Svg svg, Line line) {
        var kind = line.own() ? "own" : "other";
        for (int i = 1; i < line.dots().size(); i++) {
            var from = line.dots().get(i - 1);
            var to = line.dots().get(i);
            svg.line("curve " + kind, x(from.at()), y(from), x(to.at()), y(to));
        }
        for (var dot : line.dots()) {
            double x = x(dot.at());
            svg.line("band " + kind, x, y(dot.rolledBack().low()), x, y(dot.rolledBack().high()));
            if (line.own()) {
                svg.dot(kind, x, y(dot), 4.5);
            } else {
                svg.shape(kind, x, y(dot), "M-4 -4h8v8h-8Z");
            }
        }
    }

    private double x(double value) {
        return LEFT + values.at(value) * WIDTH;
    }

    private static double y(Dot dot) {
        return y(dot.rolledBack().estimate());
    }

    private static double y(double part) {
        return BOTTOM - Math.clamp(part, 0, 1) * (BOTTOM - TOP);
    }
}
