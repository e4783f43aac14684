package dev.serin.server.compare;

import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.server.rollout.Run;
import dev.serin.server.words.Differences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Some runs, metric by metric and step by step. Steps are aligned by their share.
///
/// @param runs the first one is the reference
/// @param metrics those that any of the runs limits
record Comparison(List<Run> runs, List<Aligned> metrics) {

    Comparison {
        runs = List.copyOf(runs);
        metrics = List.copyOf(metrics);
    }

    /// One metric in all runs.
    ///
    /// @param byShare for each share, what the runs found there, by their place among the runs
    record Aligned(Metric metric, SortedMap<Double, Map<Integer, Differences>> byShare) {

        /// Whether any step of `run` was judged by the metric.
        boolean isKnownTo(int run) {
            return byShare.values().stream().anyMatch(cells -> cells.containsKey(run));
        }

        /// Whether any call of `run` told the metric.
        boolean isToldBy(int run) {
            return byShare.values().stream()
                    .map(cells -> cells.get(run))
                    .filter(Objects::nonNull)
                    .flatMap(cell -> Stream.of(cell.candidate(), cell.baseline()))
                    .anyMatch(seen -> seen != null && seen.calls() > 0);
        }

        /// What `run` found at the highest share that it and the reference both reached.
        Optional<Pair> against(int run) {
            return between(0, run);
        }

        /// The same for any two, the first of them in the place of the reference.
        Optional<Pair> between(int one, int run) {
            return byShare.values().stream()
                    .flatMap(cells -> pair(cells, one, run).stream())
                    .reduce((_, later) -> later);
        }

        private static Optional<Pair> pair(Map<Integer, Differences> cells, int one, int run) {
            var reference = cells.get(one);
            var other = cells.get(run);
            return reference != null
                            && other != null
                            && reference.difference().isKnown()
                            && other.difference().isKnown()
                    ? Optional.of(new Pair(reference, other))
                    : Optional.empty();
        }
    }

    /// Whether any call of `run` was labelled so.
    boolean hasLabels(int run, String label) {
        return metrics.stream()
                .filter(aligned -> label.equals(aligned.metric().label()))
                .anyMatch(aligned -> aligned.isToldBy(run));
    }

    /// The same metric and share in the reference and in another run.
    record Pair(Differences reference, Differences other) {

        /// How much worse the other run's candidate did against its own baseline, in the metric's
        /// unit; below 0 where it did better.
        double regression() {
            double more = other.difference().value() - reference.difference().value();
            return other.isBadAbove() ? more : -more;
        }

        /// The same as a part of the reference's baseline, so that metrics can be sorted.
        double weight() {
            var baseline = reference.baseline();
            double scale = baseline == null ? 1 : Math.abs(baseline.value());
            return regression() / Math.max(scale, 1e-9);
        }

        /// Whether the two intervals lie apart.
        boolean isClear() {
            return other.difference().low() > reference.difference().high()
                    || other.difference().high() < reference.difference().low();
        }
    }

    static Comparison of(List<Run> runs) {
        var byMetric = new LinkedHashMap<Metric, SortedMap<Double, Map<Integer, Differences>>>();
        for (int i = 0; i < runs.size(); i++) {
            for (var step : runs.get(i).evidence().steps()) {
                add(byMetric, runs.get(i), i, step);
            }
        }
        var aligned = new ArrayList<Aligned>();
        byMetric.forEach((metric, byShare) -> aligned.add(new Aligned(metric, byShare)));
        aligned.sort(
                Comparator.comparing((Aligned one) -> isClear(one, runs.size()))
                        .thenComparingDouble(one -> worst(one, runs.size()))
                        .reversed());
        return new Comparison(runs, aligned);
    }

    private static boolean isClear(Aligned aligned, int runs) {
        for (int run = 1; run < runs; run++) {
            if (aligned.against(run).map(Pair::isClear).orElse(false)) {
                return true;
            }
        }
        return false;
    }

    /// The worst regression of any run against the reference, as a part of the baseline.
    private static double worst(Aligned aligned, int runs) {
        double worst = Double.NEGATIVE_INFINITY;
        for (int run = 1; run < runs; run++) {
            worst = Math.max(worst, aligned.against(run).map(Pair::weight).orElse(worst));
        }
        return worst;
    }

    private static void add(
            Map<Metric, SortedMap<Double, Map<Integer, Differences>>> byMetric,
            Run run,
            int place,
            StepEvidence evidence) {
        var story = run.story();
        var step = story.plan().step(evidence.step());
        if (!step.reachesCandidate()) {
            return;
        }
        for (var difference : Differences.of(story.plan(), evidence, story.now())) {
            byMetric.computeIfAbsent(difference.metric(), _ -> new TreeMap<>())
                    .computeIfAbsent(step.share().fraction(), _ -> new HashMap<>())
                    .put(place, difference);
        }
    }
}
