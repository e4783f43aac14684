package dev.serin.web.chart;

import dev.serin.web.chart.Timeline.Lane;
import dev.serin.web.words.Tone;
import io.quarkus.qute.RawString;

/// Draws a route's rollouts under each other. A rollout of minutes among weeks is a hair; the mark at
/// its end keeps its size, so it is seen.
final class TimelineDrawing {

    private static final double LANE = 44;
    private static final double STAIR = 18;
    private static final double FOOT = 20;
    private static final int LONGEST = 44;

    private final Timeline timeline;
    private final TimeAxis time;

    private TimelineDrawing(Timeline timeline) {
        this.timeline = timeline;
        time = new TimeAxis(timeline.from(), timeline.to());
    }

    static RawString of(Timeline timeline) {
        return new TimelineDrawing(timeline).draw();
    }

    private RawString draw() {
        double height = timeline.lanes().size() * LANE + FOOT;
        var svg = Svg.picture("timeline", height, timeline.words());
        double top = 0;
        for (var lane : timeline.lanes()) {
            lane(svg, lane, top);
            top += LANE;
        }
        time.ends(svg, height - 4);
        return svg.done();
    }

    private void lane(Svg svg, Lane lane, double top) {
        double ground = top + LANE - 6;
        svg.text("models", 0, top + 14, "start", 0, shortened(lane.models()));
        svg.text("outcome " + lane.tone().css(), 1, top + 14, "end", 0, lane.outcome());
        svg.line("grid", 0, ground, 1, ground);
        for (var tread : lane.treads()) {
            double from = time.x(tread.from());
            double height = Math.max(1.5, tread.share() * STAIR);
            svg.rect("tread", from, ground - height, time.x(tread.to()) - from, height);
        }
        var last = lane.treads().getLast();
        svg.shape("end " + lane.tone().css(), time.x(last.to()), ground, mark(lane.tone()));
    }

    /// A circle, a cross, a triangle or a square, as the states have them everywhere.
    private static String mark(Tone tone) {
        return switch (tone) {
            case MET -> "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z";
            case BREACHED -> "M0-6 6 0 0 6-6 0Z";
            case MOVING -> "M-4-5.5 6 0-4 5.5Z";
            case WAITING, PAUSED -> "M-5-5H5V5H-5Z";
            case UNSURE, QUIET -> "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0Z";
        };
    }

    private static String shortened(String models) {
        return models.codePointCount(0, models.length()) <= LONGEST
                ? models
                : models.substring(0, models.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
