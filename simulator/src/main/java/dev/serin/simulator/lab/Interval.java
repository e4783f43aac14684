package dev.serin.simulator.lab;

/// Where a chance lies, told from runs.
///
/// @param low 0 to `high`
/// @param high at most 1
public record Interval(double low, double high) {

    /// Of a normal distribution, 95 % lies this far from its middle.
    private static final double Z = 1.959964;

    public Interval {
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException(
                    "an interval of chances lies within 0 to 1, got " + low + " to " + high);
        }
    }

    /// Where it lies with 95 % confidence if `count` of `runs` did it; 0 to 1 without runs.
    ///
    /// @param count 0 to `runs`
    /// @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, Probable inference, the
    ///     law of succession, and statistical inference, 1927</a>
    public static Interval wilson(int count, int runs) {
        if (count < 0 || count > runs) {
            throw new IllegalArgumentException(
                    "a count is 0 to the runs, got " + count + " of " + runs);
        }
        if (runs == 0) {
            return new Interval(0, 1);
        }
        double n = runs;
        double p = count / n;
        double scale = 1 + Z * Z / n;
        double middle = (p + Z * Z / (2 * n)) / scale;
        double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / scale;
        double low = count == 0 ? 0 : Math.max(0, middle - half);
        double high = count == runs ? 1 : Math.min(1, middle + half);
        return new Interval(low, high);
    }
}
