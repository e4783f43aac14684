package dev.serin.server.profile;

import dev.serin.simulator.traffic.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Fits a rhythm to the times at which calls came in.
final class RhythmFit {

    /// The rate moves, so the shape of the gaps is taken from short windows and their median.
    private static final long WINDOW_SECONDS = 300;

    private static final int LEAST_GAPS = 30;
    private static final int LEAST_MINUTES = 10;

    /// Two calls at one time are told apart by half a millisecond.
    private static final double LEAST_GAP = 0.0005;

    private RhythmFit() {}

    /// The rhythm of `unsorted`; null if there are too few times to tell one.
    static @Nullable Rhythm of(List<Instant> unsorted) {
        var times = unsorted.stream().sorted().toList();
        if (times.size() <= LEAST_GAPS) {
            return null;
        }
        double span = seconds(times.getFirst(), times.getLast());
        if (span <= 0) {
            return null;
        }
        double shape = shape(times);
        return new Rhythm(
                Spread.rounded((times.size() - 1) / span),
                Spread.rounded(Math.clamp(shape, 0.05, 100)),
                Spread.rounded(Math.clamp(swing(times, shape), 0, 3)),
                Rhythm.FLAT);
    }

    private static double shape(List<Instant> times) {
        var windows = new TreeMap<Long, List<Double>>();
        for (int i = 1; i < times.size(); i++) {
            long window =
                    Duration.between(times.getFirst(), times.get(i)).toSeconds() / WINDOW_SECONDS;
            windows.computeIfAbsent(window, _ -> new ArrayList<>())
                    .add(Math.max(LEAST_GAP, seconds(times.get(i - 1), times.get(i))));
        }
        var shapes =
                windows.values().stream()
                        .filter(gaps -> gaps.size() >= LEAST_GAPS)
                        .map(RhythmFit::shapeOf)
                        .sorted()
                        .toList();
        if (!shapes.isEmpty()) {
            return shapes.get(shapes.size() / 2);
        }
        return shapeOf(windows.values().stream().flatMap(List::stream).toList());
    }

    /// The likeliest shape of gamma-distributed gaps, within 1.5 % (Minka 2002, the first guess).
    private static double shapeOf(List<Double> gaps) {
        double mean = gaps.stream().mapToDouble(it -> it).average().orElse(1);
        double log = gaps.stream().mapToDouble(Math::log).average().orElse(0);
        double s = Math.max(1e-6, Math.log(mean) - log);
        return (3 - s + Math.sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s);
    }

    /// What of the differences between minutes the gaps' own unevenness does not explain.
    private static double swing(List<Instant> times, double shape) {
        int minutes = (int) (seconds(times.getFirst(), times.getLast()) / 60);
        if (minutes < LEAST_MINUTES) {
            return 0;
        }
        var counts = new double[minutes];
        times.stream()
                .map(it -> (int) Duration.between(times.getFirst(), it).toMinutes())
                .filter(it -> it < minutes)
                .forEach(it -> counts[it]++);
        double mean = Arrays.stream(counts).average().orElse(0);
        double variance =
                Arrays.stream(counts).map(it -> (it - mean) * (it - mean)).sum() / (minutes - 1);
        double more = (variance - mean / shape) / (mean * mean);
        return more <= 0 ? 0 : Math.sqrt(Math.log1p(more));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
