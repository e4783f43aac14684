package dev.serin.engine.judge;

import dev.serin.engine.judge.Condition.Side;
import java.util.function.DoubleUnaryOperator;

/// The interval that decides, and what it decides.
///
/// On the side of a breach the bound is where the restarted evidence reaches the strictness of a
/// rollback; on the other side where the evidence since the step's beginning reaches that of a
/// promotion. Each has its own question to answer, so they need not stand at the same distance.
final class Bounds {

    private final Restarts restarts;
    private final Side side;
    private final Strictness strictness;
    private final double limit;
    private final double metAt;
    private final double low;
    private final double high;
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
        int mature = inquiry.mature();
        boolean grown = inquiry.calls(mature) > 0;
        var logs = new double[inquiry.restarts()];
        double top = greatest(inquiry);
        double bottom = least(inquiry);
        var scale = inquiry.scale();
        if (highIsBad) {
            low = scale.greatest(restartedUp(inquiry, logs), strictness.toBreach(), limit, top);
            double proven =
                    scale.least(
                            theta -> grown ? inquiry.down(mature, theta) : 0,
                            strictness.toMeet(),
                            metAt,
                            bottom);
            high = Math.max(proven, inquiry.value(0));
            breached = low >= limit;
            met = high <= metAt;
            inquiry.evidenceUp(limit, logs);
        } else {
            high = scale.least(restartedDown(inquiry, logs), strictness.toBreach(), limit, bottom);
            double proven =
                    scale.greatest(
                            theta -> grown ? inquiry.up(mature, theta) : 0,
                            strictness.toMeet(),
                            metAt,
                            top);
            low = Math.min(proven, inquiry.value(0));
            breached = high <= limit;
            met = low >= metAt;
            inquiry.evidenceDown(limit, logs);
        }
        double most = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            most = Math.max(most, log);
        }
        suspicion = most;
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
        return new Estimate(inquiry.calls(0), value, Math.min(low, value), Math.max(high, value));
    }

    /// The suffix that speaks loudest at the bound of a breach, and lies past it.
    int culprit(Inquiry inquiry) {
        int best = 0;
        double loudest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < inquiry.restarts(); i++) {
            double value = inquiry.value(i);
            boolean past = side == Side.AT_LEAST ? value >= low : value <= high;
            double voice =
                    restarts.logWeight()[i]
                            + (side == Side.AT_LEAST ? inquiry.up(i, low) : inquiry.down(i, high));
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
        if (side == Side.AT_LEAST) {
            double top =
                    scale.least(
                            theta -> inquiry.down(stretch, theta),
                            strictness.toMeet(),
                            Math.max(limit, value),
                            value);
            return new Estimate(
                    inquiry.calls(stretch),
                    value,
                    Math.min(low, Math.max(value, limit)),
                    Math.max(top, value));
        }
        double bottom =
                scale.greatest(
                        theta -> inquiry.up(stretch, theta),
                        strictness.toMeet(),
                        Math.min(limit, value),
                        value);
        return new Estimate(
                inquiry.calls(stretch),
                value,
                Math.min(bottom, value),
                Math.max(high, Math.min(value, limit)));
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

    private DoubleUnaryOperator restartedUp(Inquiry inquiry, double[] logs) {
        return theta -> {
            inquiry.evidenceUp(theta, logs);
            return LogSum.of(restarts.logWeight(), logs, logs.length);
        };
    }

    private DoubleUnaryOperator restartedDown(Inquiry inquiry, double[] logs) {
        return theta -> {
            inquiry.evidenceDown(theta, logs);
            return LogSum.of(restarts.logWeight(), logs, logs.length);
        };
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
