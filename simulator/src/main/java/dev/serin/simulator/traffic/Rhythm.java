package dev.serin.simulator.traffic;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// How calls come in over the day: bursts, minutes that are busier than others, and hours.
///
/// @param perSecond mean calls a second over a day, above 0
/// @param shape of the gamma-distributed gaps: 1 for independent calls, 0.25 for bursts; 0.05 to 100
/// @param swing standard deviation of the rate's logarithm around the hour's, 0 to 3; it moves from
///     minute to minute
/// @param daily weight of each hour of the day (UTC), 24 of them, 0 or more and not all 0
public record Rhythm(double perSecond, double shape, double swing, List<Double> daily) {

    /// Every hour alike.
    public static final List<Double> FLAT = Collections.nCopies(24, 1.0);

    /// Conversations with ChatGPT by the hour (BurstGPT, figure 2): two humps and a dip at noon.
    public static final List<Double> CHAT =
            List.of(
                    46.0, 28.0, 16.0, 11.0, 5.0, 6.0, 7.0, 6.0, 20.0, 106.0, 157.0, 159.0, 68.0,
                    92.0, 155.0, 185.0, 188.0, 132.0, 78.0, 101.0, 118.0, 107.0, 94.0, 75.0);

    /// Minutes after which the rate has forgotten most of what it was.
    private static final double MEMORY_MINUTES = 15;

    public Rhythm {
        daily = List.copyOf(daily);
        if (!(perSecond > 0 && perSecond <= 1e6)) {
            throw new IllegalArgumentException(
                    "traffic has more than 0 calls a second, at most 1000000, got " + perSecond);
        }
        if (!(shape >= 0.05 && shape <= 100)) {
            throw new IllegalArgumentException("a shape is 0.05 to 100, got " + shape);
        }
        if (!(swing >= 0 && swing <= 3)) {
            throw new IllegalArgumentException("a swing is 0 to 3, got " + swing);
        }
        if (daily.size() != 24
                || daily.stream().anyMatch(weight -> !(weight >= 0 && weight < 1e9))
                || daily.stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException(
                    "a day has 24 weights of 0 or more, not all of them 0, got " + daily);
        }
    }

    /// Calls of this rhythm. The same seed and start give the same calls.
    public Arrivals arrivals(long seed) {
        return new Calls(new SplittableRandom(seed));
    }

    /// Gamma gaps in a time that passes as fast as the rate is high.
    private final class Calls implements Arrivals {

        private final SplittableRandom random;
        private final double[] hours;
        private long minute = Long.MIN_VALUE;
        private double wave;

        Calls(SplittableRandom random) {
            this.random = random;
            this.wave = swing * random.nextGaussian();
            double sum = daily.stream().mapToDouble(Double::doubleValue).sum();
            this.hours =
                    daily.stream().mapToDouble(weight -> perSecond * 24 * weight / sum).toArray();
        }

        @Override
        public Instant after(Instant last) {
            double left = gamma() / shape;
            var at = last;
            while (true) {
                long end = Math.floorDiv(at.getEpochSecond(), 60) + 1;
                double rate = rate(at, end);
                double seconds = 60 * end - at.getEpochSecond() - at.getNano() / 1e9;
                if (left <= rate * seconds) {
                    return at.plusNanos(Math.round(1e9 * left / rate));
                }
                left -= rate * seconds;
                at = Instant.ofEpochSecond(60 * end);
            }
        }

        /// The rate moves once a minute; its mean stays that of the hour.
        private double rate(Instant at, long end) {
            if (minute != Long.MIN_VALUE && end > minute) {
                double kept = Math.exp(-(end - minute) / MEMORY_MINUTES);
                wave = kept * wave + swing * Math.sqrt(1 - kept * kept) * random.nextGaussian();
            }
            minute = Math.max(minute, end);
            int hour = (int) (Math.floorMod(at.getEpochSecond(), 86_400L) / 3600);
            return hours[hour] * Math.exp(wave - swing * swing / 2);
        }

        /// A gamma number of the shape and scale 1 (Marsaglia and Tsang, 2000).
        private double gamma() {
            if (shape < 1) {
                return gamma(shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
            }
            return gamma(shape);
        }

        private double gamma(double k) {
            double d = k - 1.0 / 3;
            double c = 1 / Math.sqrt(9 * d);
            while (true) {
                double x = random.nextGaussian();
                double v = Math.pow(1 + c * x, 3);
                if (v > 0
                        && Math.log(1 - random.nextDouble())
                                < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                    return d * v;
                }
            }
        }
    }
}
