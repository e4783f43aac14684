package dev.serin.server.route;

import dev.serin.engine.traffic.Arm;
import dev.serin.web.chart.Course;
import dev.serin.web.chart.Interval;
import dev.serin.web.rollout.CourseView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Draws what calls of a route cost over time.
final class Costs {

    private static final Interval GAP =
            new Interval(Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY, 0);

    private Costs() {}

    /// The mean of each slot; null where no cost is known.
    static @Nullable CourseView of(Sums sums) {
        var candidate = sums.costs(Arm.CANDIDATE);
        var baseline = sums.costs(Arm.BASELINE);
        var slots = new TreeSet<>(candidate.keySet());
        slots.addAll(baseline.keySet());
        if (slots.isEmpty()) {
            return null;
        }
        var rows = new ArrayList<CourseView.Row>();
        for (int slot : slots.descendingSet()) {
            rows.add(
                    new CourseView.Row(
                            Times.exact(sums.begin(slot)),
                            "",
                            words(candidate.getOrDefault(slot, Sums.Cost.NONE)),
                            words(baseline.getOrDefault(slot, Sums.Cost.NONE))));
        }
        var newest = slots.last();
        var latest =
                "candidate %s, baseline %s"
                        .formatted(
                                words(candidate.getOrDefault(newest, Sums.Cost.NONE)),
                                words(baseline.getOrDefault(newest, Sums.Cost.NONE)));
        return new CourseView(
                "Newest",
                latest,
                new Course(
                        "Cost per call over time: " + latest,
                        Unit.USD,
                        sums.from(),
                        sums.now(),
                        points(candidate, slots, sums),
                        points(baseline, slots, sums),
                        null,
                        true,
                        List.of()),
                rows);
    }

    private static List<Course.Point> points(
            Map<Integer, Sums.Cost> costs, Set<Integer> slots, Sums sums) {
        var points = new ArrayList<Course.Point>();
        int before = -1;
        for (int slot : slots) {
            if (before >= 0 && slot > before + 1) {
                points.add(point(before + 1, Sums.Cost.NONE, sums));
            }
            points.add(point(slot, costs.getOrDefault(slot, Sums.Cost.NONE), sums));
            before = slot;
        }
        return points;
    }

    private static Course.Point point(int slot, Sums.Cost cost, Sums sums) {
        double mean = cost.perCall();
        return new Course.Point(
                sums.end(slot),
                cost.calls() == 0 ? GAP : new Interval(mean, mean, mean, cost.calls()));
    }

    private static String words(Sums.Cost cost) {
        return cost.calls() == 0
                ? "no calls"
                : "%s of %s calls"
                        .formatted(Numbers.usd(cost.perCall()), Numbers.count(cost.calls()));
    }
}
