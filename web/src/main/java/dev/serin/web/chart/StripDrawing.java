package dev.serin.web.chart;

import io.quarkus.qute.RawString;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Draws a strip. The scale is chosen so that the limit stands at the same place in each of them.
final class StripDrawing {

    private static final double LIMIT_AT = 0.66;
    private static final double HEIGHT = 46;
    private static final double AXIS = 30;
    private static final double LEAST = 0.006;

    private final Strip strip;
    private final double start;
    private final double span;

    private StripDrawing(Strip strip) {
        this.strip = strip;
        double limit = Double.isFinite(strip.limit()) ? strip.limit() : substitute();
        start = best(limit);
        span = start == limit ? (limit == 0 ? 1 : Math.abs(limit)) : (limit - start) / LIMIT_AT;
    }

    /// What the scale is made for where the limit is not known, as with a baseline without calls.
    private double substitute() {
        return DoubleStream.concat(ends(strip.candidate()), ends(strip.baseline())).max().orElse(1);
    }

    static RawString of(Strip strip) {
        return new StripDrawing(strip).draw();
    }

    /// The value at the left end: 0 as a rule, and where there is more to see on that side, more.
    private double best(double limit) {
        var seen = DoubleStream.concat(ends(strip.candidate()), ends(strip.baseline()));
        if (strip.badAbove()) {
            double least = Math.max(seen.min().orElse(0), limit - 4 * Math.abs(limit));
            return Math.min(limit > 0 ? 0 : limit - Math.abs(limit), least);
        }
        double most = Math.min(seen.max().orElse(limit), limit + 4 * Math.abs(limit));
        return Math.max(limit > 0 && limit < 1 ? 1 : limit + Math.abs(limit), most);
    }

    private RawString draw() {
        var svg = Svg.picture("strip " + strip.tone().css(), HEIGHT, strip.words());
        boolean limited = Double.isFinite(strip.limit());
        double limit = limited ? at(strip.limit()) : 1;
        svg.rect("forbidden", limit, 1, 1 - limit, AXIS - 1);
        svg.line("axis", 0, AXIS, 1, AXIS);
        candidate(svg);
        baseline(svg);
        svg.text("scale", 0, HEIGHT - 3, "start", 0, start == 0 ? "0" : strip.unit().print(start));
        if (limited) {
            svg.line("limit", limit, 0, limit, AXIS + 4);
            svg.text(
                    "limit",
                    limit,
                    HEIGHT - 3,
                    "middle",
                    0,
                    "limit " + strip.unit().printLimit(strip.limit()));
        } else {
            svg.text("limit", LIMIT_AT, HEIGHT - 3, "middle", 0, "limit not known");
        }
        return svg.done();
    }

    private void candidate(Svg svg) {
        var seen = strip.candidate();
        if (seen == null) {
            svg.text("nothing", LIMIT_AT / 2, 17, "middle", 0, "nothing known yet");
            return;
        }
        bar(svg, "candidate", seen, 4, 12);
        if (Double.isNaN(seen.estimate())) {
            return;
        }
        double x = at(seen.estimate());
        if (x > 1) {
            svg.shape("beyond", 1, 10, "M-12 -6 -2 0 -12 6Z");
            svg.text("beyond", 1, 14, "end", -16, strip.unit().print(seen.estimate()));
        } else if (x < 0) {
            svg.shape("beyond", 0, 10, "M12 -6 2 0 12 6Z");
        } else {
            svg.line("estimate candidate", x, 1, x, 19);
        }
    }

    private void baseline(Svg svg) {
        var seen = strip.baseline();
        if (seen == null) {
            return;
        }
        bar(svg, "baseline", seen, 21, 5);
        double x = at(seen.estimate());
        if (x >= 0 && x <= 1) {
            svg.line("estimate baseline", x, 19, x, 28);
        }
    }

    private void bar(Svg svg, String kind, Interval seen, double y, double height) {
        double one = at(seen.low());
        double other = at(seen.high());
        double left = Math.clamp(Math.min(one, other), 0, 1 - LEAST);
        double right = Math.clamp(Math.max(one, other), left + LEAST, 1);
        svg.rect("band " + kind, left, y, right - left, height);
    }

    /// Part of the width at which a value stands. The bad side is the right one.
    private double at(double value) {
        if (Double.isInfinite(value)) {
            boolean right = value > 0 == strip.badAbove();
            return right ? 2 : -1;
        }
        return (value - start) / span;
    }

    private static DoubleStream ends(@Nullable Interval seen) {
        return seen == null
                ? DoubleStream.empty()
                : DoubleStream.of(seen.low(), seen.estimate(), seen.high())
                        .filter(Double::isFinite);
    }
}
