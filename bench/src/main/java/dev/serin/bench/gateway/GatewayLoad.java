package dev.serin.bench.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Measures the gateway at saturation, at a fixed rate, over many calls and with many streams open,
/// and ends with 1 if a limit is not held.
public final class GatewayLoad {

    private static final int ASKERS = 32;
    private static final int PER_SECOND = 300;
    private static final long MANY_CALLS = 200_000;
    private static final int STREAMS = 2_000;

    /// How long a target is asked at the fixed rate before the next one is. The machine's own speed
    /// drifts within a minute by more than a proxy adds, and all are to be measured on the same machine.
    private static final Duration TURN = Duration.ofSeconds(2);

    private static final int LOOKS = 5;
    private static final double LEAST_OF_BARE = 0.7;
    private static final double MOST_MEDIAN = 3;
    private static final double MOST_P99 = 4;
    private static final double MOST_GROWTH = 1.2;
    private static final double MOST_RESIDENT_MB = 256;

    private final Stage stage;
    private final Load load;
    private final boolean isNative;
    private final Duration round;
    private final int rounds;
    private boolean kept = true;

    private GatewayLoad(Stage stage, Load load, boolean quick, boolean isNative) {
        this.stage = stage;
        this.load = load;
        this.isNative = isNative;
        this.round = Duration.ofSeconds(quick ? 2 : 6);
        this.rounds = quick ? 2 : 5;
    }

    /// @param arguments the packaged program's jar; `quick` for a look instead of a measurement; `ordinary`
    ///     for event loops that take turns with all else; `native` and an executable that is measured
    ///     instead
    static void main(String[] arguments) throws IOException, InterruptedException {
        var words = List.of(arguments);
        boolean quick = words.contains("quick");
        int at = words.indexOf("native");
        var executable = at < 0 ? Optional.<Path>empty() : Optional.of(Path.of(words.get(at + 1)));
        boolean realTime = !words.contains("ordinary") && RealTime.isGranted();
        boolean kept;
        try (var stage = new Stage(Path.of(arguments[0]), executable, realTime);
                var load = new Load()) {
            var run = new GatewayLoad(stage, load, quick, executable.isPresent());
            run.warm();
            run.saturation();
            if (run.isNative) {
                run.resident();
            } else {
                run.memory();
            }
            // Late: what is done once a second keeps the compilers at work for minutes.
            run.precedence();
            run.added("plain, to the last byte", /* stream= */ false);
            run.added("streamed, to the first byte", /* stream= */ true);
            run.streams();
            kept = run.kept;
        }
        System.out.println(kept ? "every limit is held" : "some limits are not held");
        if (!kept) {
            System.exit(1);
        }
    }

    /// For twice as long as all rounds take together: where every processor is busy the compilers come last,
    /// and those that are still at work would be measured too.
    private void warm() throws InterruptedException {
        for (var target : stage.targets()) {
            var _ = load.saturate(target, ASKERS, round.multipliedBy(2L * rounds));
            for (boolean stream : List.of(false, true)) {
                var _ = load.steady(target, PER_SECOND, round, stream);
            }
        }
        requireNoFailures("warming up");
    }

    private void saturation() throws InterruptedException {
        Map<String, List<Double>> rates = new HashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (var target : stage.targets()) {
                rates.computeIfAbsent(target.name(), _ -> new ArrayList<>())
                        .add(load.saturate(target, ASKERS, round));
            }
        }
        say("%-12s %12s %10s", "saturated", "calls/s", "of bare");
        double bare = median(rates.getOrDefault("bare proxy", List.of()));
        for (var target : stage.targets()) {
            double rate = median(rates.getOrDefault(target.name(), List.of()));
            say("%-12s %12.0f %10.2f", target.name(), rate, rate / bare);
        }
        double serin = median(rates.getOrDefault("Serin", List.of()));
        hold("Serin by the bare proxy", serin / bare, serin / bare >= LEAST_OF_BARE, LEAST_OF_BARE);
        if (stage.find("nginx").isPresent()) {
            say("Serin by nginx: %.2f", serin / median(rates.getOrDefault("nginx", List.of())));
        }
        requireNoFailures("saturation");
    }

    private void precedence() throws IOException, InterruptedException {
        say("");
        say(
                stage.takesPrecedence()
                        ? "event loops of load, stand-in and proxies have real-time priority,"
                                + " Serin's by serin.gateway.realtime"
                        : "no event loop has real-time priority: each waits behind all else");
    }

    private void added(String what, boolean stream) throws InterruptedException {
        Map<String, Histogram> micros = new HashMap<>();
        long turns = rounds * round.dividedBy(TURN);
        for (long i = 0; i < turns; i++) {
            for (var target : stage.targets()) {
                var seen = load.steady(target, PER_SECOND, TURN, stream);
                micros.merge(
                        target.name(),
                        seen,
                        (one, other) -> {
                            one.add(other);
                            return one;
                        });
            }
        }
        say("");
        say("%-12s %12s %12s   at %d/s, %s", "added, ms", "median", "p99", PER_SECOND, what);
        for (var target : stage.targets()) {
            say(
                    "%-12s %12.3f %12.3f",
                    target.name(), over(micros, target, 50), over(micros, target, 99));
        }
        requireNoFailures(what);
        var nginx = stage.find("nginx");
        if (nginx.isPresent()) {
            var serin = stage.target("Serin");
            double medians = ratio(over(micros, serin, 50), over(micros, nginx.get(), 50));
            double p99s = ratio(over(micros, serin, 99), over(micros, nginx.get(), 99));
            hold("added median by nginx's", medians, medians <= MOST_MEDIAN, MOST_MEDIAN);
            hold("added p99 by nginx's", p99s, p99s <= MOST_P99, MOST_P99);
        }
    }

    /// One by the other. Where the other adds less than the machine's own noise takes away, nothing
    /// that is added is a multiple of it.
    private static double ratio(double one, double other) {
        if (one <= 0) {
            return 0;
        }
        return other <= 0 ? Double.POSITIVE_INFINITY : one / other;
    }

    /// What a target adds to a percentile of the direct way; the direct way is shown whole.
    private static double over(Map<String, Histogram> micros, Target target, double percent) {
        double direct = at(micros, "direct", percent);
        double all = at(micros, target.name(), percent);
        return target.name().equals("direct") ? all : all - direct;
    }

    private static double at(Map<String, Histogram> micros, String name, double percent) {
        var histogram = micros.get(name);
        return histogram == null ? Double.NaN : histogram.getValueAtPercentile(percent) / 1000.0;
    }

    private void memory() throws IOException, InterruptedException {
        var serin = stage.target("Serin");
        double before = settledMb();
        load.calls(serin, ASKERS, MANY_CALLS / 2);
        double middle = settledMb();
        load.calls(serin, ASKERS, MANY_CALLS / 2);
        double after = settledMb();
        say("");
        say(
                "memory over %,d calls: heap %.0f, %.0f, then %.0f MB after a collection; resident %.0f MB",
                MANY_CALLS, before, middle, after, stage.serin().residentMb());
        hold(
                "heap after by heap at half",
                after / middle,
                after / middle <= MOST_GROWTH,
                MOST_GROWTH);
        requireNoFailures("memory");
    }

    /// Nobody looks into the heap of a native executable; the machine says what it takes.
    private void resident() throws IOException, InterruptedException {
        var serin = stage.target("Serin");
        double most = stage.serin().residentMb();
        for (int part = 0; part < LOOKS; part++) {
            load.calls(serin, ASKERS, MANY_CALLS / LOOKS);
            most = Math.max(most, stage.serin().residentMb());
        }
        say("");
        hold(
                "resident MB over %,d calls".formatted(MANY_CALLS),
                most,
                most <= MOST_RESIDENT_MB,
                MOST_RESIDENT_MB);
        requireNoFailures("memory");
    }

    /// The least of some looks: what waits for the database is no growth.
    private double settledMb() throws IOException {
        double least = stage.serin().heapMb();
        for (int i = 1; i < LOOKS; i++) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            least = Math.min(least, stage.serin().heapMb());
        }
        return least;
    }

    private void streams() throws InterruptedException {
        var held = load.hold(stage.held(), STREAMS);
        say("");
        say("%,d streams: %,d open at once, %,d whole", STREAMS, held.open(), held.whole());
        double whole = held.whole() / (double) STREAMS;
        hold("streams that came whole", whole, held.whole() == STREAMS, 1);
        double open = held.open() / (double) STREAMS;
        hold("streams open at once", open, held.open() == STREAMS, 1);
    }

    private void requireNoFailures(String during) {
        long failures = load.failures();
        if (failures > 0) {
            kept = false;
            say("%d calls failed (%s), the last of %s", failures, during, load.failure());
        }
    }

    private void hold(String what, double ratio, boolean held, double limit) {
        kept &= held;
        say("%s: %.2f, limit %.2f%s", what, ratio, limit, held ? "" : "  NOT HELD");
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in no dependency of ours
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
