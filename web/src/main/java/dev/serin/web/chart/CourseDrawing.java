package dev.serin.web.chart;

import dev.serin.web.chart.Course.Point;
import dev.serin.web.words.Numbers;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// Draws a course. Its scale follows the estimates and the limit, not the interval: a band that is
/// wide at first would press everything else flat, so it is cut off at the edge.
final class CourseDrawing {

    /// Room for the name of a step, as a part of the width.
    private static final double NAME = 0.11;

    private static final double TOP = 18;
    private static final double BOTTOM = 136;
    private static final double HEIGHT = 156;
    private static final int MOST_POINTS = 120;

    private final Course course;
    private final Axis values;
    private final TimeAxis time;

    private CourseDrawing(Course course) {
        this.course = course;
        values = values(course);
        time = new TimeAxis(course.from(), course.to());
    }

    static RawString of(Course course) {
        return new CourseDrawing(course).draw();
    }

    private RawString draw() {
        var svg = Svg.picture("course", HEIGHT, course.words());
        for (var tick : values.ticks(3)) {
            svg.line("grid", 0, y(tick), 1, y(tick));
        }
        for (var step : course.steps()) {
            svg.line("change", x(step.at()), TOP - 4, x(step.at()), BOTTOM);
        }
        lines(svg);
        for (var tick : values.ticks(3)) {
            if (y(tick) < TOP + 10) {
                continue;
            }
            svg.text("scale", 0, y(tick) - 3, "start", 0, course.unit().printTick(tick));
        }
        labels(svg);
        points(svg);
        return svg.raw("<g class=\"hover\"></g>").done();
    }

    private void lines(Svg svg) {
        var seen = runs(thinned(course.candidate()));
        svg.plane(TOP, BOTTOM - TOP);
        for (var run : seen) {
            if (isUnsure(run)) {
                // A band of one point would have no width.
                svg.path(run.size() == 1 ? "span" : "band", band(run));
            }
        }
        for (var run : runs(thinned(course.baseline()))) {
            svg.path("baseline", line(run));
        }
        for (var run : seen) {
            svg.path("candidate", line(run));
        }
        svg.close();
        for (var run : seen) {
            var last = run.getLast();
            svg.dot("candidate", x(last.at()), y(last.value().estimate()), 3);
        }
        // A line of one point would not be seen.
        for (var run : runs(thinned(course.baseline()))) {
            if (run.size() == 1) {
                var only = run.getFirst();
                svg.dot("baseline", x(only.at()), y(only.value().estimate()), 3);
            }
        }
        if (seen.isEmpty()) {
            svg.text("nothing", 0.5, (TOP + BOTTOM) / 2, "middle", 0, "nothing known yet");
        }
    }

    /// Places that can be pointed at, each with its numbers.
    private void points(Svg svg) {
        svg.raw("<g class=\"points\">");
        for (var point : thinned(course.candidate())) {
            var seen = point.value();
            if (Double.isFinite(seen.estimate())) {
                svg.raw(
                        "<circle cx=\"%s\" cy=\"%s\" r=\"7\"><title>%s of %s</title></circle>"
                                .formatted(
                                        Svg.part(x(point.at())),
                                        Svg.number(y(seen.estimate())),
                                        course.unit().print(seen.estimate()),
                                        Numbers.count(seen.calls())));
            }
        }
        svg.raw("</g>");
    }

    private void labels(Svg svg) {
        var limit = course.limit();
        if (limit != null && Double.isFinite(limit)) {
            svg.line("limit", 0, y(limit), 1, y(limit));
            double above = y(limit) < TOP + 12 ? 12 : -4;
            svg.text(
                    "limit",
                    1,
                    y(limit) + above,
                    "end",
                    0,
                    "limit " + course.unit().printLimit(limit));
        }
        // Where not all names have room, those of the later steps matter more.
        double taken = Double.POSITIVE_INFINITY;
        for (var step : course.steps().reversed()) {
            double x = x(step.at());
            // The last name would run out of the picture, so it stands before its line.
            boolean atEnd = x > 1 - NAME;
            if ((atEnd ? x : x + NAME) <= taken) {
                svg.text(
                        "change", x, TOP - 7, atEnd ? "end" : "start", atEnd ? -2 : 2, step.name());
                taken = atEnd ? x - NAME : x;
            }
        }
        svg.line("ground", 0, BOTTOM, 1, BOTTOM);
        time.ends(svg, HEIGHT - 4);
    }

    private String line(List<Point> run) {
        var path = new StringBuilder();
        for (var point : run) {
            path.append(path.isEmpty() ? "M" : "L").append(place(point, point.value().estimate()));
        }
        return run.size() == 1 ? path + "h0" : path.toString();
    }

    /// A mean that is only told has no band.
    private static boolean isUnsure(List<Point> run) {
        return run.stream().anyMatch(point -> point.value().low() < point.value().high());
    }

    private String band(List<Point> run) {
        var path = new StringBuilder();
        for (var point : run) {
            path.append(path.isEmpty() ? "M" : "L").append(place(point, point.value().high()));
        }
        for (var point : run.reversed()) {
            path.append("L").append(place(point, point.value().low()));
        }
        return path.append("Z").toString();
    }

    private String place(Point point, double value) {
        double up = Double.isFinite(value) ? values.at(value) : value > 0 ? 2 : -1;
        return Svg.number(x(point.at()) * 1000)
                + " "
                + Svg.number((1 - Math.clamp(up, -1, 2)) * 1000);
    }

    /// No more points than a small picture can show; gaps and the newest one always stay.
    private static List<Point> thinned(List<Point> points) {
        int stride = Math.ceilDiv(points.size(), MOST_POINTS);
        if (stride <= 1) {
            return points;
        }
        var kept = new ArrayList<Point>();
        for (int i = 0; i < points.size(); i++) {
            boolean newest = i == points.size() - 1;
            if (newest || i % stride == 0 || Double.isNaN(points.get(i).value().estimate())) {
                kept.add(points.get(i));
            }
        }
        return kept;
    }

    /// Points without a gap between them.
    private static List<List<Point>> runs(List<Point> points) {
        var runs = new ArrayList<List<Point>>();
        List<Point> run = new ArrayList<>();
        for (var point : points) {
            if (Double.isFinite(point.value().estimate())) {
                run.add(point);
            } else if (!run.isEmpty()) {
                runs.add(run);
                run = new ArrayList<>();
            }
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    private double x(Instant at) {
        return time.x(at);
    }

    private double y(double value) {
        return BOTTOM - Math.clamp(values.at(value), -0.02, 1.05) * (BOTTOM - TOP);
    }

    private static Axis values(Course course) {
        var limit = course.limit();
        var estimates =
                DoubleStream.concat(
                                course.candidate().stream().mapToDouble(p -> p.value().estimate()),
                                course.baseline().stream().mapToDouble(p -> p.value().estimate()))
                        .filter(Double::isFinite)
                        .summaryStatistics();
        double high =
                estimates.getCount() == 0
                        ? 0
                        : estimates.getMax() * (estimates.getMax() > 0 ? 1.3 : 0.7);
        double low = estimates.getCount() == 0 ? 0 : Math.min(0, estimates.getMin() * 1.3);
        if (limit != null && Double.isFinite(limit)) {
            high = Math.max(high, limit * (limit > 0 ? 1.2 : 0.8));
            low = Math.min(low, limit < 0 ? limit * 1.2 : 0);
        }
        return Axis.holding(low, high);
    }
}
