package dev.serin.engine.judge;

import java.util.function.DoubleUnaryOperator;

/// Finds where a falling function reaches a level.
///
/// Chandrupatla's method: inverse quadratic steps where they are safe, halving where not. Ten
/// evaluations do for what plain halving takes fifty.
///
/// @see <a href="https://doi.org/10.1016/S0965-9978(96)00051-8">Chandrupatla, A new hybrid
///     quadratic/bisection algorithm for finding the zero of a nonlinear function, 1997</a>
final class Bisection {

    private static final int MOST_STEPS = 200;
    private static final double RELATIVE = 1e-10;
    private static final double ABSOLUTE = 1e-13;

    private Bisection() {}

    /// The greatest x found in [low, high] with `f(x) >= level`, where `f(low)` reaches the level
    /// and `f(high)` does not; off by at most 1e-10 of itself or 1e-13.
    ///
    /// @param atLow `f(low)`
    /// @param atHigh `f(high)`
    static double falling(
            DoubleUnaryOperator f,
            double level,
            double low,
            double atLow,
            double high,
            double atHigh) {
        return solve(x -> f.applyAsDouble(x) - level, low, atLow - level, high, atHigh - level);
    }

    /// The least x found in [low, high] with `f(x) >= level` for a rising f, where `f(high)` reaches
    /// the level and `f(low)` does not.
    static double rising(
            DoubleUnaryOperator f,
            double level,
            double low,
            double atLow,
            double high,
            double atHigh) {
        return -solve(x -> f.applyAsDouble(-x) - level, -high, atHigh - level, -low, atLow - level);
    }

    private static double solve(
            DoubleUnaryOperator g,
            double reached,
            double atReached,
            double missed,
            double atMissed) {
        double a = missed;
        double b = reached;
        double fa = atMissed;
        double fb = atReached;
        double good = b;
        double t = 0.5;
        for (int step = 0; step < MOST_STEPS; step++) {
            double x = a + t * (b - a);
            double fx = g.applyAsDouble(x);
            double c;
            double fc;
            if (fx >= 0 == fa >= 0) {
                c = a;
                fc = fa;
            } else {
                c = b;
                b = a;
                fc = fb;
                fb = fa;
            }
            a = x;
            fa = fx;
            good = fa >= 0 ? a : b;
            double best = Math.abs(fa) < Math.abs(fb) ? a : b;
            double width = Math.abs(b - a);
            double tolerance = RELATIVE * Math.abs(best) + ABSOLUTE;
            if (width <= tolerance || fa == 0) {
                break;
            }
            double least = tolerance / (2 * width);
            t = Math.clamp(next(a, b, c, fa, fb, fc), least, 1 - least);
        }
        return good;
    }

    private static double next(double a, double b, double c, double fa, double fb, double fc) {
        double xi = (a - b) / (c - b);
        double phi = (fa - fb) / (fc - fb);
        boolean safe = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
        if (!safe) {
            return 0.5;
        }
        double t =
                fa / (fb - fa) * fc / (fb - fc)
                        + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb);
        return Double.isFinite(t) ? t : 0.5;
    }
}
