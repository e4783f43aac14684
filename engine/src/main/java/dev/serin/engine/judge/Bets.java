package dev.serin.engine.judge;

/// The one grid of bets with which every metric is judged: twenty of them, each `sqrt(2)` times the
/// one before, from 0.01 to 7.24.
///
/// A bet of size x is the best one against an odds-ratio of e^x. Twenty at once need no guess of how
/// wrong the candidate may be, and cost at most log 20 nats (statistics.md 1.1). The grid is no
/// setting: it serves a hundred calls and a hundred million.
///
/// @see <a href="https://doi.org/10.1214/aoms/1177696786">Robbins, Statistical methods related to the
///     law of the iterated logarithm, 1970: mixtures of likelihood ratios</a>
final class Bets {

    static final int COUNT = 20;
    static final double LOG_COUNT = Math.log(COUNT);

    private static final double SMALLEST = 0.01;

    private Bets() {}

    /// Size of bet `j`, 0 to 19.
    static double size(int j) {
        return SMALLEST * Math.pow(2, j / 2.0);
    }
}
