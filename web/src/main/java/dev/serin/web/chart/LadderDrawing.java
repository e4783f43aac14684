package dev.serin.web.chart;

import dev.serin.web.chart.Ladder.Gate;
import dev.serin.web.chart.Ladder.Place;
import dev.serin.web.chart.Ladder.Rung;
import dev.serin.web.words.Numbers;
import io.quarkus.qute.RawString;
import java.time.Duration;
import java.util.List;

/// Draws a ladder. A step is as wide as the root of its time, and never narrower than can be seen:
/// a plan may have a step of 30 s beside one of three days. So each step says its time.
final class LadderDrawing {

    private static final double TOP = 26;
    private static final double GROUND = 170;
    private static final double HEIGHT = 222;
    private static final double EVEN_PART = 0.6;
    private static final String DIAMOND = "M0 -6 6 0 0 6 -6 0Z";

    /// What a name keeps free at its end, as a part of the width.
    private static final double EDGE = 0.008;

    /// A last rung this narrow has its words at the edge, and a little room of the one before it.
    private static final double NARROW = 0.16;

    private static final double REACH = 0.035;

    /// Room for a share, as a part of the width.
    private static final double NAME = 0.06;

    private static final String CROSS = "M-5 -5 5 5M5 -5 -5 5";

    private final Ladder ladder;
    private final List<Double> widths;
    private final Svg svg;
    private double free;

    private LadderDrawing(Ladder ladder, Svg svg) {
        this.ladder = ladder;
        this.svg = svg;
        widths = widths(ladder.rungs());
    }

    static RawString large(Ladder ladder) {
        var drawing = new LadderDrawing(ladder, Svg.picture("ladder", HEIGHT, ladder.words()));
        return drawing.large();
    }

    static RawString tiny(Ladder ladder) {
        var drawing = new LadderDrawing(ladder, Svg.glyph("tiny", 96, 24, ladder.words()));
        return drawing.tiny();
    }

    private RawString large() {
        double x = 0;
        for (int i = 0; i < widths.size(); i++) {
            var rung = ladder.rungs().get(i);
            tread(rung, x, widths.get(i));
            caption(rung, i > 0 && gated(i - 1), x, widths.get(i));
            x += widths.get(i);
        }
        svg.line("ground", 0, GROUND, 1, GROUND);
        x = 0;
        for (int i = 0; i < widths.size(); i++) {
            marks(ladder.rungs().get(i), x, widths.get(i), i == widths.size() - 1);
            x += widths.get(i);
        }
        return svg.done();
    }

    private void tread(Rung rung, double x, double width) {
        double y = height(rung.share());
        var plan = ladder.end() == null ? "planned" : "never";
        if (rung.place() != Place.PASSED) {
            svg.rect("rung " + plan, x, y, width, GROUND - y);
            svg.line("tread " + plan, x, y, x + width, y);
        }
        if (rung.place() == Place.AHEAD) {
            svg.line("tread " + plan, x, y, x, GROUND);
            return;
        }
        double done = width * progress(rung);
        double worked = done * worked(rung);
        svg.rect("rung done", x, y, worked, GROUND - y);
        svg.line("tread done", x, y, x + worked, y);
        if (done > worked) {
            svg.rect("rung waited", x + worked, y, done - worked, GROUND - y);
            svg.line("tread waited", x + worked, y, x + done, y);
        }
        svg.line("riser", x, y, x, GROUND);
    }

    private void caption(Rung rung, boolean afterGate, double x, double width) {
        var ahead = rung.place() == Place.AHEAD ? " ahead" : "";
        share(rung, "share" + ahead, x, width, afterGate ? 10 : 3);
        boolean atEdge = x + width > 1 - EDGE && width >= NAME && width < NARROW;
        double from = atEdge ? Math.max(0, x - REACH) : x;
        double at = atEdge ? 1 : 0;
        var anchor = atEdge ? "end" : "start";
        int gap = atEdge ? 0 : 2;
        svg.cut(
                        from,
                        GROUND + 4,
                        Math.max(0, x + width - from - (atEdge ? 0 : EDGE)),
                        HEIGHT - GROUND - 4)
                .text("step" + ahead, at, 14, anchor, gap, rung.name())
                .text("time" + ahead, at, 29, anchor, gap, time(rung));
        if (rung.waited().toSeconds() > 0) {
            svg.text("time waited", at, 44, anchor, gap, "waited " + Numbers.brief(rung.waited()));
        }
        svg.close();
    }

    /// Of many narrow rungs only as many are named as have room, and the last.
    private void share(Rung rung, String css, double x, double width, int aside) {
        double y = height(rung.share()) - 7;
        var words = Numbers.share(rung.share());
        if (width >= NAME) {
            svg.text(css, x, y, "start", aside, words);
        } else if (x + width > 1 - width / 2) {
            svg.text(css, 1, y, "end", 0, words);
        } else if (x >= free && x + 2 * NAME <= 1) {
            svg.text(css, x, y, "start", aside, words);
            free = x + NAME;
        }
    }

    private void marks(Rung rung, double x, double width, boolean last) {
        double y = height(rung.share());
        if (rung.gate() != Gate.NONE && !(last && rung.place() == Place.AHEAD)) {
            svg.line("gate " + css(rung.gate()), x + width, TOP - 4, x + width, GROUND);
            svg.shape("gate " + css(rung.gate()), x + width, TOP - 6, DIAMOND);
            svg.text(
                    "gate " + css(rung.gate()), x + width, TOP - 2, "end", -10, words(rung.gate()));
        }
        if (rung.place() != Place.NOW) {
            return;
        }
        double now = x + width * progress(rung);
        var end = ladder.end();
        if (end == null) {
            svg.line("now", now, y, now, GROUND).dot("now", now, y, 5.5);
        } else if (end.promoted()) {
            svg.dot("promoted", now, y, 6);
        } else {
            drop(now, y, end.reason());
        }
    }

    private boolean gated(int index) {
        return ladder.rungs().get(index).gate() != Gate.NONE;
    }

    private void drop(double x, double y, String reason) {
        svg.line("drop", x, y, x, GROUND).shape("drop", x, GROUND, CROSS).dot("drop", x, y, 3.5);
        boolean leftHalf = x < 0.5;
        double room = leftHalf ? 1 - x : x;
        svg.cut(leftHalf ? x : 0, GROUND - 30, room, 26)
                .text(
                        "reason",
                        leftHalf ? 0 : 1,
                        18,
                        leftHalf ? "start" : "end",
                        leftHalf ? 9 : -9,
                        reason)
                .close();
    }

    private RawString tiny() {
        double x = 0;
        for (int i = 0; i < widths.size(); i++) {
            var rung = ladder.rungs().get(i);
            double width = widths.get(i) * 96;
            double y = 22 - Math.max(1.5, rung.share() * 19);
            if (rung.place() != Place.AHEAD) {
                double done = width * progress(rung);
                svg.raw(box("done", x, y, done));
                if (done < width) {
                    svg.raw(box("planned", x + done, y, width - done));
                }
            } else {
                svg.raw(box(ladder.end() == null ? "planned" : "never", x, y, width));
            }
            x += width;
        }
        ending();
        return svg.raw("<path class=\"ground\" d=\"M0 22.5H96\"/>").done();
    }

    private void ending() {
        double x = 0;
        for (int i = 0; i < widths.size(); i++) {
            var rung = ladder.rungs().get(i);
            double width = widths.get(i) * 96;
            if (rung.place() == Place.NOW) {
                double now = Math.clamp(x + width * progress(rung), 3, 93);
                double y = 22 - Math.max(1.5, rung.share() * 19);
                var end = ladder.end();
                if (end == null) {
                    svg.raw(circle(rung.gate() == Gate.ASKING ? "asking" : "now", now, y));
                } else if (end.promoted()) {
                    svg.raw(circle("promoted", now, y));
                } else {
                    svg.raw(
                            "<path class=\"drop\" d=\"M%1$s %2$sV22M%3$s 16l6 6m0-6-6 6\"/>"
                                    .formatted(
                                            Svg.number(now),
                                            Svg.number(Math.min(y, 14)),
                                            Svg.number(now - 3)));
                }
            }
            x += width;
        }
    }

    private static String circle(String kind, double x, double y) {
        return "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3\"/>"
                .formatted(kind, Svg.number(x), Svg.number(Math.max(3, y)));
    }

    private static String box(String kind, double x, double y, double width) {
        return "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                .formatted(
                        kind,
                        Svg.number(x),
                        Svg.number(y),
                        Svg.number(Math.max(0.5, width - 1)),
                        Svg.number(22 - y));
    }

    private static double height(double share) {
        return GROUND - Math.max(share == 0 ? 0 : 3, share * (GROUND - TOP));
    }

    private static List<Double> widths(List<Rung> rungs) {
        double roots = rungs.stream().mapToDouble(LadderDrawing::root).sum();
        double even = 1.0 / rungs.size();
        return rungs.stream()
                .map(rung ->
                        roots == 0 ? even : EVEN_PART * even + (1 - EVEN_PART) * root(rung) / roots)
                .toList();
    }

    private static double root(Rung rung) {
        return Math.sqrt(seconds(length(rung)));
    }

    private static Duration length(Rung rung) {
        var spent = rung.taken().plus(rung.waited());
        return switch (rung.place()) {
            case PASSED -> spent;
            case AHEAD -> rung.planned();
            case NOW -> spent.compareTo(rung.planned()) > 0 ? spent : rung.planned();
        };
    }

    private double progress(Rung rung) {
        if (rung.place() == Place.PASSED || (ladder.end() != null && ladder.end().promoted())) {
            return 1;
        }
        double whole = seconds(length(rung));
        return whole == 0 ? 1 : seconds(rung.taken().plus(rung.waited())) / whole;
    }

    private static double worked(Rung rung) {
        double whole = seconds(rung.taken().plus(rung.waited()));
        return whole == 0 ? 1 : seconds(rung.taken()) / whole;
    }

    private static double seconds(Duration time) {
        return Math.max(0, time.toMillis() / 1000.0);
    }

    private static String time(Rung rung) {
        return switch (rung.place()) {
            case AHEAD ->
                    rung.planned().isZero() ? "at once" : "plan: " + Numbers.brief(rung.planned());
            case PASSED, NOW -> rung.taken().isZero() ? "at once" : Numbers.brief(rung.taken());
        };
    }

    private static String css(Gate gate) {
        return switch (gate) {
            case NONE -> "";
            case SHUT -> "shut";
            case ASKING -> "asking";
            case APPROVED -> "approved";
            case REJECTED -> "rejected";
        };
    }

    private static String words(Gate gate) {
        return switch (gate) {
            case NONE -> "";
            case SHUT -> "gate";
            case ASKING -> "gate: asks a person";
            case APPROVED -> "approved";
            case REJECTED -> "rejected";
        };
    }
}
