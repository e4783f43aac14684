package dev.serin.bench;

import dev.serin.engine.judge.EvidenceBench;
import dev.serin.engine.judge.RecordingBench;
import dev.serin.engine.traffic.SplitBench;
import dev.serin.simulator.lab.LabBench;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs all benchmarks once and prints each one's cost by that of its neighbour, with the limit that
/// it must hold.
public final class Ratios {

    /// @param limit how many times as much as `against` it may cost
    private record Bound(String what, String against, double limit) {}

    private static final List<Bound> BOUNDS =
            List.of(
                    new Bound("RecordingBench.counts", "RecordingBench.hdrHistogram", 1),
                    new Bound("RecordingBench.moments", "RecordingBench.hdrHistogram", 1),
                    new Bound("RecordingBench.histogram", "RecordingBench.hdrHistogram", 2),
                    new Bound("SplitBench.armOf", "SplitBench.bareHash", 1.5),
                    new Bound("EvidenceBench.upAndDown", "EvidenceBench.bareExponentials", 3),
                    new Bound("LabBench.judgedCall", "LabBench.bareDrawing", 3));

    private Ratios() {}

    static void main() throws RunnerException {
        var options =
                new OptionsBuilder()
                        .include(RecordingBench.class.getSimpleName())
                        .include(EvidenceBench.class.getSimpleName())
                        .include(SplitBench.class.getSimpleName())
                        .include(LabBench.class.getSimpleName())
                        .mode(Mode.AverageTime)
                        .timeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
                        .forks(1)
                        .warmupIterations(4)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(7)
                        .measurementTime(TimeValue.milliseconds(500))
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build();
        print(new Runner(options).run());
    }

    private static void print(Collection<RunResult> results) {
        Map<String, RunResult> byName =
                results.stream().collect(Collectors.toMap(Ratios::name, result -> result));
        say(String.format(Locale.ROOT, "%-28s %12s %10s", "benchmark", "ns/op", "B/op"));
        byName.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        say(
                                String.format(
                                        Locale.ROOT,
                                        "%-28s %12.1f %10.1f",
                                        entry.getKey(),
                                        nanos(entry.getValue()),
                                        bytes(entry.getValue()))));
        say("");
        say(
                String.format(
                        Locale.ROOT,
                        "%-28s %-32s %6s %6s",
                        "cost of",
                        "by the cost of",
                        "ratio",
                        "limit"));
        for (var bound : BOUNDS) {
            double ratio = nanos(of(byName, bound.what())) / nanos(of(byName, bound.against()));
            say(
                    String.format(
                            Locale.ROOT,
                            "%-28s %-32s %6.2f %6.2f%s",
                            bound.what(),
                            bound.against(),
                            ratio,
                            bound.limit(),
                            ratio <= bound.limit() ? "" : "  over"));
        }
    }

    private static RunResult of(Map<String, RunResult> byName, String name) {
        var result = byName.get(name);
        if (result == null) {
            throw new IllegalStateException(name + " did not run");
        }
        return result;
    }

    private static String name(RunResult result) {
        var parts = result.getParams().getBenchmark().split("\\.", -1);
        return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    private static double nanos(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double bytes(RunResult result) {
        var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return allocated == null ? Double.NaN : allocated.getScore();
    }

    private static void say(String line) {
        System.out.println(line.stripTrailing());
    }
}
