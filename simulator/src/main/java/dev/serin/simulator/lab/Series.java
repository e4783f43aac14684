package dev.serin.simulator.lab;

import dev.serin.simulator.lab.LabResult.Exposed;
import dev.serin.simulator.lab.LabResult.Spread;
import dev.serin.simulator.lab.LabResult.ThresholdRule;
import dev.serin.simulator.lab.LabResult.TimeSpread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The runs of one model. Each run has a seed of its own, so it does not matter who plays it, and
/// when.
final class Series {

    private final Model candidate;
    private final long seed;
    private final @Nullable Ending[] endings;
    private final boolean[] plainRollsBack;

    /// @param seed of the order
    /// @param name tells this series' runs from another's
    Series(Model candidate, long seed, String name, int runs) {
        this.candidate = candidate;
        this.seed = mix(seed ^ mix(name.hashCode() * 0x9e3779b97f4a7c15L));
        this.endings = new @Nullable Ending[runs];
        this.plainRollsBack = new boolean[runs];
    }

    int runs() {
        return endings.length;
    }

    /// Plays the run of this number; says whether it was played to its end. One that was stopped is
    /// left out.
    boolean play(int number, Run run, PlainRule plain, Model baseline) {
        long ofRun = seedOf(number);
        plainRollsBack[number] = plain.rollsBack(baseline, candidate, mix(ofRun));
        endings[number] = run.play(baseline, candidate, ofRun).orElse(null);
        return endings[number] != null;
    }

    long seedOf(int number) {
        return mix(seed + (number + 1) * 0x9e3779b97f4a7c15L);
    }

    LabResult result() {
        var played = played();
        int runs = played.size();
        return new LabResult(
                candidate.name(),
                runs,
                count(Ending.Fate.PROMOTED),
                count(Ending.Fate.ROLLED_BACK),
                count(Ending.Fate.STUCK),
                calls(played),
                time(played),
                exposed(played),
                runs == 0
                        ? ThresholdRule.NONE
                        : new ThresholdRule(
                                1 - plainRolledBack() / (double) runs,
                                plainRolledBack() / (double) runs),
                reasons(played));
    }

    Curve.Point point(double rate) {
        return new Curve.Point(
                rate,
                played().size(),
                count(Ending.Fate.ROLLED_BACK),
                count(Ending.Fate.PROMOTED),
                plainRolledBack());
    }

    private List<Ending> played() {
        return Arrays.stream(endings).filter(Objects::nonNull).toList();
    }

    private int count(Ending.Fate fate) {
        return (int) played().stream().filter(ending -> ending.fate() == fate).count();
    }

    private int plainRolledBack() {
        int count = 0;
        for (int i = 0; i < endings.length; i++) {
            count += endings[i] != null && plainRollsBack[i] ? 1 : 0;
        }
        return count;
    }

    private static Spread calls(List<Ending> played) {
        var calls = decided(played).mapToLong(Ending::calls).sorted().toArray();
        return calls.length == 0
                ? Spread.NONE
                : new Spread(quantile(calls, 0.5), quantile(calls, 0.95));
    }

    private static TimeSpread time(List<Ending> played) {
        var nanos = decided(played).mapToLong(Ending::nanos).sorted().toArray();
        return nanos.length == 0
                ? TimeSpread.NONE
                : new TimeSpread(
                        Duration.ofNanos(quantile(nanos, 0.5)),
                        Duration.ofNanos(quantile(nanos, 0.95)));
    }

    private static java.util.stream.Stream<Ending> decided(List<Ending> played) {
        return played.stream().filter(ending -> ending.fate() != Ending.Fate.STUCK);
    }

    private static long quantile(long[] sorted, double level) {
        return sorted[Math.max(0, (int) Math.ceil(level * sorted.length) - 1)];
    }

    private static Exposed exposed(List<Ending> played) {
        if (played.isEmpty()) {
            return Exposed.NONE;
        }
        return new Exposed(
                played.stream().mapToLong(Ending::given).average().orElse(0),
                played.stream().mapToInt(Ending::keys).average().orElse(0),
                played.stream().mapToLong(Ending::badCalls).average().orElse(0),
                played.stream().mapToDouble(Ending::usd).average().orElse(0));
    }

    private static Map<String, Integer> reasons(List<Ending> played) {
        var counts = new TreeMap<String, Integer>();
        played.forEach(ending -> counts.merge(ending.reason(), 1, Integer::sum));
        var entries = new ArrayList<>(counts.entrySet());
        entries.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
        var reasons = new LinkedHashMap<String, Integer>();
        entries.forEach(entry -> reasons.put(entry.getKey(), entry.getValue()));
        return reasons;
    }

    /// SplitMix64's last step: near numbers give unlike ones.
    private static long mix(long number) {
        long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
