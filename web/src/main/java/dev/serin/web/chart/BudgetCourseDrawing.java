package dev.serin.web.chart;

import dev.serin.web.chart.BudgetCourse.Point;
import dev.serin.web.words.Numbers;
import io.quarkus.qute.RawString;

/// Draws what is left of an error budget as a line over the ground where nothing is left. What is
/// overdrawn by more than a whole budget is cut off.
final class BudgetCourseDrawing {

    private static final double TOP = 18;
    private static final double BOTTOM = 136;
    private static final double HEIGHT = 156;
    private static final double DEEPEST = -1;

    private final BudgetCourse course;
    private final TimeAxis time;
    private final Axis values;

    private BudgetCourseDrawing(BudgetCourse course) {
        this.course = course;
        time = new TimeAxis(course.from(), course.to());
        double lowest = course.points().stream().mapToDouble(Point::remaining).min().orElse(0);
        values = Axis.holding(lowest < 0 ? Math.max(DEEPEST, lowest * 1.15) : 0, 1);
    }

    static RawString of(BudgetCourse course) {
        return new BudgetCourseDrawing(course).draw();
    }

    private RawString draw() {
        var svg = Svg.picture("course budget-course", HEIGHT, course.words());
        for (double tick : new double[] {1, 0.5}) {
            svg.line("grid", 0, y(tick), 1, y(tick));
        }
        if (y(0) < BOTTOM) {
            svg.rect("forbidden", 0, y(0), 1, BOTTOM - y(0));
        }
        line(svg);
        svg.line("ground", 0, y(0), 1, y(0));
        svg.text("scale", 0, y(1) - 3, "start", 0, "100 %");
        svg.text("scale", 0, y(0.5) - 3, "start", 0, "50 %");
        svg.text("scale", 0, y(0) - 3, "start", 0, "0");
        points(svg);
        time.ends(svg, HEIGHT - 4);
        return svg.raw("<g class=\"hover\"></g>").done();
    }

    private void line(Svg svg) {
        if (course.points().isEmpty()) {
            svg.text("nothing", 0.5, (TOP + BOTTOM) / 2, "middle", 0, "nothing known yet");
            return;
        }
        var path = new StringBuilder();
        for (var point : course.points()) {
            var x = Svg.number(time.x(point.at()) * 1000);
            var y = down(point.remaining());
            path.append(path.isEmpty() ? "M" : "H").append(x);
            path.append(path.indexOf("H") < 0 ? " " : "V").append(y);
        }
        path.append("H1000");
        var first = Svg.number(time.x(course.points().getFirst().at()) * 1000);
        svg.plane(TOP, BOTTOM - TOP)
                .path("area", path + "V" + down(0) + "H" + first + "Z")
                .path("left", path.toString())
                .close();
        var last = course.points().getLast();
        svg.dot("left", time.x(last.at()), y(last.remaining()), 3);
    }

    /// Places that can be pointed at, each with its numbers.
    private void points(Svg svg) {
        svg.raw("<g class=\"points\">");
        for (var point : course.points()) {
            svg.raw(
                    "<circle cx=\"%s\" cy=\"%s\" r=\"7\"><title>%s left of %s</title></circle>"
                            .formatted(
                                    Svg.part(time.x(point.at())),
                                    Svg.number(y(point.remaining())),
                                    Numbers.percent(point.remaining()),
                                    Numbers.count(point.calls())));
        }
        svg.raw("</g>");
    }

    private String down(double remaining) {
        return Svg.number((1 - Math.clamp(values.at(remaining), 0, 1)) * 1000);
    }

    private double y(double remaining) {
        return BOTTOM - Math.clamp(values.at(remaining), 0, 1) * (BOTTOM - TOP);
    }
}
