package dev.serin.web.chart;

import io.quarkus.qute.RawString;

/// Draws a burn strip: the spell as a ground, the line at 1 that a budget bears, and the burn as steps.
final class BurnStripDrawing {

    private static final double TOP = 16;
    private static final double BOTTOM = 76;
    private static final double HEIGHT = 80;

    /// The scale reaches at least so high, so that little looks like little.
    private static final double LEAST = 2;

    /// Keeps the newest point in the picture.
    private static final double DOT = 0.99;

    private final BurnStrip strip;
    private final double most;

    private BurnStripDrawing(BurnStrip strip) {
        this.strip = strip;
        most =
                Math.max(
                        LEAST,
                        strip.points().stream().mapToDouble(BurnStrip.Point::pace).max().orElse(0)
                                * 1.1);
    }

    static RawString of(BurnStrip strip) {
        return new BurnStripDrawing(strip).draw();
    }

    private RawString draw() {
        var svg = Svg.picture("burn-strip", HEIGHT, strip.words());
        var acts = strip.acts();
        if (acts != null) {
            svg.rect("acts", x(acts.from()), TOP, x(acts.to()) - x(acts.from()), BOTTOM - TOP);
            svg.text("acts", x(acts.from()), TOP - 4, "start", 0, acts.name());
        }
        svg.line("ground", 0, BOTTOM, 1, BOTTOM);
        svg.line("limit", 0, y(1), 1, y(1));
        svg.text("limit", 0, y(1) - 3, "start", 0, "1×");
        if (!strip.points().isEmpty()) {
            line(svg);
        }
        return svg.done();
    }

    private void line(Svg svg) {
        var path = new StringBuilder();
        for (var point : strip.points()) {
            var x = Svg.number(x(point.at()) * 1000);
            path.append(path.isEmpty() ? "M" + x + " " : "H" + x + "V")
                    .append(Svg.number((y(point.pace()) - TOP) / (BOTTOM - TOP) * 1000));
        }
        svg.plane(TOP, BOTTOM - TOP).path("burn", path.toString()).close();
        var last = strip.points().getLast();
        svg.dot("burn", x(last.at()), y(last.pace()), 3);
    }

    private double x(double at) {
        return Math.clamp(at / strip.seconds(), 0, DOT);
    }

    private double y(double pace) {
        return BOTTOM - Math.clamp(pace / most, 0, 1) * (BOTTOM - TOP);
    }
}
