package dev.serin.web.chart;

import io.quarkus.qute.RawString;

/// Draws what is left of an error budget.
final class BudgetDrawing {

    private static final double HEIGHT = 14;

    private BudgetDrawing() {}

    static RawString of(BudgetBar bar) {
        var svg = Svg.picture("budget " + bar.tone().css(), HEIGHT, bar.words());
        if (Double.isNaN(bar.remaining())) {
            return svg.rect("missing", 0, 1, 1, HEIGHT - 2).done();
        }
        double left = Math.clamp(bar.remaining(), 0, 1);
        svg.rect("spent", left, 1, 1 - left, HEIGHT - 2);
        svg.rect("left", 0, 1, left, HEIGHT - 2);
        return svg.line("end", left, 0, left, HEIGHT).done();
    }
}
