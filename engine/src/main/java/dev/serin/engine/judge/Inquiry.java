package dev.serin.engine.judge;

/// A condition's question put to the evidence of a step: where does one number lie? The number is
/// the metric itself, or its ratio or difference to the baseline's.
///
/// Stretch 0 is the whole step, 1 to `restarts() - 1` are its parts since the later restarts, and
/// `mature()` is the part that is old enough to meet a condition.
sealed interface Inquiry
        permits AbsoluteInquiry,
                SuccessCostInquiry,
                PercentileInquiry,
                RelativeInquiry,
                SpreadInquiry {

    int restarts();

    int mature();

    /// Candidate calls that carry the metric.
    long calls(int stretch);

    /// The plain estimate; never NaN where there are calls.
    double value(int stretch);

    /// Evidence against "the number is at most theta", in nats.
    double up(int stretch, double theta);

    /// Evidence against "the number is at least theta", in nats.
    double down(int stretch, double theta);

    /// Where the number can lie.
    Scale scale();

    /// Nats that one more candidate call adds to the evidence that the number lies below (or above)
    /// theta, if calls go on as they did; 0 or less if it seems to lie on the other side.
    double growth(boolean below, double theta);

    /// Sets theta once for many stretches; `up` with the same theta is then cheap.
    default void evidenceUp(double theta, double[] into) {
        for (int i = 0; i < restarts(); i++) {
            into[i] = up(i, theta);
        }
    }

    default void evidenceDown(double theta, double[] into) {
        for (int i = 0; i < restarts(); i++) {
            into[i] = down(i, theta);
        }
    }
}
