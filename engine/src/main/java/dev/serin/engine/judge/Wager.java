package dev.serin.engine.judge;

/// Evidence, in nats, against "the number is at most theta" (rising) or "is at least theta"
/// (falling): the log of what a gambler of [Bets] would own who started with 1.
///
/// Whatever the number of looks, that wealth ever reaches 1/a with a chance of at most a as long as
/// the statement holds at every call (Ville 1939), so nobody has to agree beforehand when to look.
/// The evidence is convex in theta, and needs nothing of the calls but their sums: `n`, and `a` and
/// `b`, whose meaning is the family's.
///
/// A wager is a desk to compute at and remembers theta; it is not shared between threads.
abstract sealed class Wager permits ProportionWager, MeanWager {

    /// Terms further than this below the greatest are left out; twenty of them together change a
    /// sum by less than 1e-15.
    static final double NEGLIGIBLE = -38;

    private double slope;

    /// Sets the boundary of the statement that the evidence speaks against.
    abstract void against(double theta);

    /// Evidence of the calls with these sums, in nats; 0 without calls.
    abstract double log(double n, double a, double b);

    /// The same, and remembers its [#slope()].
    abstract double logAndSlope(double n, double a, double b);

    /// Change of the last [#logAndSlope] by theta.
    final double slope() {
        return slope;
    }

    final void slope(double value) {
        slope = value;
    }
}
