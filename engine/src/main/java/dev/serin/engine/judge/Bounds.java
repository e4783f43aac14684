package dev.serin.engine.judge;

import dev.serin.engine.judge.Condition.Side;
import java.util.function.DoubleUnaryOperator;

/// The interval that decides, and what it decides.
///
/// On the side of a breach the bound is where the restarted evidence reaches the strictness of a
/// rollback; on the other side where the evidence since the step's beginning reaches that of a
/// promotion. Each has its own question to answer, so they need not stand at the same distance.
///
/// Which side of the limit a bound lies on is known from the evidence at the limit; where it lies is
/// looked for only when somebody asks ([Scale]).
final class Bounds {

    private final Restarts restarts;
    private final Side side;
    private final Strictness strictness;
    private final double limit;
    private final double metAt;
    private final double[] logs;
    private final double top;
    private final double bottom;
    private final boolean breached;
    private final boolean met;
    private final double suspicion;

    private Bounds(
            Inquiry inquiry,
            Restarts restarts,
            Side side,
            Strictness strictness,
            double limit,
            double margin) {
        this.restarts = restarts;
        this.side = side;
        this.strictness = strictness;
        this.limit = limit;
        boolean highIsBad = side == Side.AT_LEAST;
        this.metAt = highIsBad ? limit + margin : limit - margin;
        logs = new double[inquiry.restarts()];
        top = greatest(inquiry);
        bottom = least(inquiry);
        var scale = inquiry.scale();
        double value = inquiry.value(0);
        if (highIsBad) {
            inquiry.evidenceUp(limit, logs);
        } else {
            inquiry.evidenceDown(limit, logs);
        }
        suspicion = most(logs);
        double atLimit = LogSum.of(restarts.logWeight(), logs, logs.length);
        if (highIsBad) {
            var evidence = known(limit, atLimit, restartedUp(inquiry));
            breached = scale.isAtLeast(evidence, strictness.toBreach(), limit, top);
            met =
                    value <= metAt
                            && scale.isAtMost(
                                    matureDown(inquiry), strictness.toMeet(), metAt, bottom);
        } else {
            var evidence = known(limit, atLimit, restartedDown(inquiry));
            breached = scale.isAtMost(evidence, strictness.toBreach(), limit, bottom);
            met =
                    value >= metAt
                            && scale.isAtLeast(matureUp(inquiry), strictness.toMeet(), metAt, top);
        }
    }

    private static double most(double[] logs) {
        double most = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            most = Math.max(most, log);
        }
        return most;
    }

    /// A function of which one value was found already: mostly nobody asks for another.
    private static DoubleUnaryOperator known(double at, double value, DoubleUnaryOperator f) {
        return theta -> theta == at ? value : f.applyAsDouble(theta);
    }

    /// @param limit where the condition breaks
    /// @param margin how far past the limit it may still be met, in the metric's unit
    static Bounds of(
            Inquiry inquiry,
            Restarts restarts,
            Side side,
            Strictness strictness,
            double limit,
            double margin) {
        return new Bounds(inquiry, restarts, side, strictness, limit, margin);
    }

    /// The interval of the whole step, judged by nobody.
    static Estimate plain(Inquiry inquiry, Strictness strictness, double near) {
        double value = inquiry.value(0);
        var scale = inquiry.scale();
        double low =
                scale.greatest(theta -> inquiry.up(0, theta), strictness.toBreach(), near, value);
        double high =
                scale.least(theta -> inquiry.down(0, theta), strictness.toMeet(), near, value);
        return new Estimate(inquiry.calls(0), value, Math.min(low, value), Math.max(high, value));
    }

    boolean breached() {
        return breached;
    }

    boolean met() {
        return met;
    }

    /// The strongest evidence of any suffix of the step against the limit, in nats.
    double suspicion() {
        return suspicion;
    }

    /// The interval of a condition that is not broken. The whole step's estimate lies in it also
    /// when its last part speaks otherwise.
    Estimate settled(Inquiry inquiry) {
        double value = inquiry.value(0);
        boolean highIsBad = side == Side.AT_LEAST;
        double low = highIsBad ? breachedFrom(inquiry) : proven(inquiry);
        double high = highIsBad ? proven(inquiry) : breachedFrom(inquiry);
        return new Estimate(inquiry.calls(0), value, Math.min(low, value), Math.max(high, value));
    }

    /// The bound on the side of a breach.
    private double breachedFrom(Inquiry inquiry) {
        var scale = inquiry.scale();
        return side == Side.AT_LEAST
                ? scale.greatest(restartedUp(inquiry), strictness.toBreach(), limit, top)
                : scale.least(restartedDown(inquiry), strictness.toBreach(), limit, bottom);
    }

    /// The bound on the side of a promotion.
    private double proven(Inquiry inquiry) {
        var scale = inquiry.scale();
        return side == Side.AT_LEAST
                ? scale.least(matureDown(inquiry), strictness.toMeet(), metAt, bottom)
                : scale.greatest(matureUp(inquiry), strictness.toMeet(), metAt, top);
    }

    /// The suffix that speaks loudest at the bound of a breach, and lies past it.
    int culprit(Inquiry inquiry) {
        double bound = breachedFrom(inquiry);
        int best = 0;
        double loudest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < inquiry.restarts(); i++) {
            double value = inquiry.value(i);
            boolean past = side == Side.AT_LEAST ? value >= bound : value <= bound;
            double voice =
                    restarts.logWeight()[i]
                            + (side == Side.AT_LEAST
                                    ? inquiry.up(i, bound)
                                    : inquiry.down(i, bound));
            if (past && voice > loudest) {
                loudest = voice;
                best = i;
            }
        }
        return best;
    }

    /// The interval of a broken condition, told of the suffix that broke it.
    Estimate broken(Inquiry inquiry, int stretch) {
        double value = inquiry.value(stretch);
        var scale = inquiry.scale();
        double bound = breachedFrom(inquiry);
        if (side == Side.AT_LEAST) {
            double most =
                    scale.least(
                            theta -> inquiry.down(stretch, theta),
                            strictness.toMeet(),
                            Math.max(limit, value),
                            value);
            return new Estimate(
                    inquiry.calls(stretch),
                    value,
                    Math.min(bound, Math.max(value, limit)),
                    Math.max(most, value));
        }
        double least =
                scale.greatest(
                        theta -> inquiry.up(stretch, theta),
                        strictness.toMeet(),
                        Math.min(limit, value),
                        value);
        return new Estimate(
                inquiry.calls(stretch),
                value,
                Math.min(least, value),
                Math.max(bound, Math.min(value, limit)));
    }

    boolean looksBad(Inquiry inquiry) {
        double value = inquiry.value(0);
        return side == Side.AT_LEAST ? value >= metAt : value <= metAt;
    }

    /// How many more calls it takes to meet the condition if they are like those seen; NaN or below
    /// 0 if they speak against it.
    double callsToMeet(Inquiry inquiry) {
        if (looksBad(inquiry)) {
            return Double.NaN;
        }
        boolean below = side == Side.AT_LEAST;
        int mature = inquiry.mature();
        boolean grown = inquiry.calls(mature) > 0;
        double have = !grown ? 0 : below ? inquiry.down(mature, metAt) : inquiry.up(mature, metAt);
        double growth = inquiry.growth(below, metAt);
        double missing = Math.max(0, strictness.toMeet() - have);
        return growth > 0 ? missing / growth : Double.NaN;
    }

    private DoubleUnaryOperator restartedUp(Inquiry inquiry) {
        return theta -> {
            inquiry.evidenceUp(theta, logs);
            return LogSum.of(restarts.logWeight(), logs, logs.length);
        };
    }

    private DoubleUnaryOperator restartedDown(Inquiry inquiry) {
        return theta -> {
            inquiry.evidenceDown(theta, logs);
            return LogSum.of(restarts.logWeight(), logs, logs.length);
        };
    }

    private static DoubleUnaryOperator matureUp(Inquiry inquiry) {
        int mature = inquiry.mature();
        return inquiry.calls(mature) > 0 ? theta -> inquiry.up(mature, theta) : _ -> 0;
    }

    private static DoubleUnaryOperator matureDown(Inquiry inquiry) {
        int mature = inquiry.mature();
        return inquiry.calls(mature) > 0 ? theta -> inquiry.down(mature, theta) : _ -> 0;
    }

    private static double greatest(Inquiry inquiry) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < inquiry.restarts(); i++) {
            most = Math.max(most, inquiry.value(i));
        }
        int mature = inquiry.mature();
        return inquiry.calls(mature) > 0 ? Math.max(most, inquiry.value(mature)) : most;
    }

    private static double least(Inquiry inquiry) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < inquiry.restarts(); i++) {
            least = Math.min(least, inquiry.value(i));
        }
        int mature = inquiry.mature();
        return inquiry.calls(mature) > 0 ? Math.min(least, inquiry.value(mature)) : least;
    }
}
