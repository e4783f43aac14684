package dev.serin.engine.judge;

/// The least value of a convex function of one variable.
///
/// Whoever looks for the least values of many functions that are much alike keeps one of these: each
/// search then starts where the last one ended, and its first stride is as long as that one's way.
final class ConvexMinimum {

    private static final int MOST_STEPS = 100;
    private static final double TOLERANCE = 1e-11;

    /// How much longer each stride is than the last one, while the slope does not turn.
    private static final double LONGER = 8;

    /// The shortest stride, by the length of the whole interval.
    private static final double SHORTEST = 1e-6;

    /// A convex function and its slope.
    interface Curve {

        /// The value at x; [#slope] then tells of the same x.
        double at(double x);

        double slope();
    }

    private double where = Double.NaN;
    private double stride = Double.NaN;

    private double a;
    private double fa;
    private double slopeA;
    private double b;
    private double fb;
    private double slopeB;

    /// The least value on [low, high], to 1e-11.
    ///
    /// @param guess where to look first
    static double of(Curve curve, double low, double high, double guess) {
        return new ConvexMinimum().find(curve, low, high, guess);
    }

    /// The least value on [low, high], to 1e-11.
    ///
    /// Strides from where the last search ended down the slope until it turns, which makes a bracket
    /// whose ends slope towards each other. Their tangents cross below the minimum, which bounds what
    /// a further step could gain; the next point is where the slope's chord crosses zero, with half
    /// the slope at an end that stays (the Illinois rule), or the middle when the bracket shrinks too
    /// slowly.
    ///
    /// @param guess where to look first if nothing was looked for before
    double find(Curve curve, double low, double high, double guess) {
        double from = Double.isNaN(where) ? guess : where;
        double x = Math.max(low, Math.min(from, high));
        double start = x;
        double fx = curve.at(x);
        double slope = curve.slope();
        double length =
                stride > 0 ? Math.max(stride, SHORTEST * (high - low)) : (high - low) / LONGER;
        boolean down = slope > 0;
        while (slope != 0 && slope > 0 == down) {
            double end = down ? low : high;
            if (x == end) {
                return found(x, fx, start);
            }
            keep(x, fx, slope);
            x = down ? x - length : x + length;
            x = down ? Math.max(x, low) : Math.min(x, high);
            length *= LONGER;
            fx = curve.at(x);
            slope = curve.slope();
        }
        if (slope == 0) {
            return found(x, fx, start);
        }
        keep(x, fx, slope);
        return narrow(curve, start);
    }

    private void keep(double x, double fx, double slope) {
        if (slope > 0) {
            b = x;
            fb = fx;
            slopeB = slope;
        } else {
            a = x;
            fa = fx;
            slopeA = slope;
        }
    }

    private double narrow(Curve curve, double start) {
        double best = Math.min(fa, fb);
        double at = fa < fb ? a : b;
        double weightA = 1;
        double weightB = 1;
        int last = 0;
        boolean slow = false;
        for (int step = 0; step < MOST_STEPS; step++) {
            double width = b - a;
            double crossing = (fa - fb + slopeB * b - slopeA * a) / (slopeB - slopeA);
            double least = fa + slopeA * (crossing - a);
            if (best - least <= TOLERANCE || width <= Math.ulp(b)) {
                break;
            }
            double fromA = weightA * slopeA;
            double x = slow ? a + width / 2 : a - fromA * width / (weightB * slopeB - fromA);
            if (!(x > a && x < b)) {
                x = a + width / 2;
            }
            double fx = curve.at(x);
            double slope = curve.slope();
            if (fx < best) {
                best = fx;
                at = x;
            }
            if (slope == 0) {
                break;
            }
            int side = slope > 0 ? 1 : -1;
            weightA = side > 0 && last > 0 ? weightA / 2 : 1;
            weightB = side < 0 && last < 0 ? weightB / 2 : 1;
            last = side;
            keep(x, fx, slope);
            slow = step > 5 && b - a > width / 2;
        }
        return found(at, best, start);
    }

    private double found(double x, double value, double start) {
        double way = Math.abs(x - start);
        where = x;
        stride = way > 0 ? way : stride / 2;
        return value;
    }
}
