package dev.serin.engine.traffic;

/// Log of the gamma function of a positive number, to a relative 1e-14.
///
/// @see <a href="https://dlmf.nist.gov/5.11#E1">DLMF 5.11.1, Stirling's series</a>
final class LogGamma {

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /// From here on seven terms of the series are exact.
    private static final double LARGE = 15;

    private LogGamma() {}

    static double of(double x) {
        double shift = 1;
        double z = x;
        while (z < LARGE) {
            shift *= z;
            z++;
        }
        return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + series(z) - Math.log(shift);
    }

    private static double series(double z) {
        double y = 1 / (z * z);
        double sum = 1.0 / 156;
        sum = sum * y - 691.0 / 360_360;
        sum = sum * y + 1.0 / 1188;
        sum = sum * y - 1.0 / 1680;
        sum = sum * y + 1.0 / 1260;
        sum = sum * y - 1.0 / 360;
        sum = sum * y + 1.0 / 12;
        return sum / z;
    }
}
