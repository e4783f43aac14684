package dev.serin.engine.judge;

/// The least value of a convex function of one variable.
final class ConvexMinimum {

    private static final int MOST_STEPS = 100;
    private static final double TOLERANCE = 1e-11;

    /// A convex function and its slope.
    interface Curve {

        /// The value at x; [#slope] then tells of the same x.
        double at(double x);

        double slope();
    }

    private ConvexMinimum() {}

    /// The least value on [low, high], to 1e-11.
    ///
    /// Keeps a bracket whose ends slope towards each other. Their tangents cross below the minimum,
    /// which bounds what a further step could gain; the next point is where the slope's chord
    /// crosses zero, or the middle when the bracket shrinks too slowly.
    ///
    /// @param guess where to look first
    static double of(Curve curve, double low, double high, double guess) {
        double a = low;
        double fa = curve.at(a);
        double slopeA = curve.slope();
        if (slopeA >= 0 || low >= high) {
            return fa;
        }
        double b = high;
        double fb = curve.at(b);
        double slopeB = curve.slope();
        if (slopeB <= 0) {
            return fb;
        }
        double best = Math.min(fa, fb);
        double x = guess > a && guess < b ? guess : a + (b - a) / 2;
        for (int step = 0; step < MOST_STEPS; step++) {
            double width = b - a;
            double fx = curve.at(x);
            double slope = curve.slope();
            best = Math.min(best, fx);
            if (slope > 0) {
                b = x;
                fb = fx;
                slopeB = slope;
            } else if (slope < 0) {
                a = x;
                fa = fx;
                slopeA = slope;
            } else {
                return best;
            }
            double crossing = (fa - fb + slopeB * b - slopeA * a) / (slopeB - slopeA);
            double least = fa + slopeA * (crossing - a);
            if (best - least <= TOLERANCE || b - a <= Math.ulp(b)) {
                return best;
            }
            boolean slow = step > 2 && b - a > width / 2;
            x = slow ? a + (b - a) / 2 : crossing;
            if (!(x > a && x < b)) {
                x = a + (b - a) / 2;
            }
        }
        return best;
    }
}
