package dev.serin.server.compare;

import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.server.rollout.Run;
import dev.serin.server.words.Differences;
import dev.serin.web.words.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    /// @param byShare for each share, what each run found there; null where it found nothing
    record Aligned(Metric metric, Map<Double, List<@Nullable Differences>> byShare) {

        /// What `run` found at the highest share that it and the reference both reached.
        Optional<Pair> against(int run) {
            return byShare.values().stream()
                    .filter(cells -> known(cells, 0) && known(cells, run))
                    .reduce((_, later) -> later)
                    .map(cells -> new Pair(cell(cells, 0), cell(cells, run)));
        }

        private static boolean known(List<@Nullable Differences> cells, int run) {
            var cell = cells.get(run);
            return cell != null && cell.difference().isKnown();
        }

        private static Differences cell(List<@Nullable Differences> cells, int run) {
            var cell = cells.get(run);
            if (cell == null) {
                throw new IllegalArgumentException("run " + run + " has no such number");
            }
            return cell;
        }
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
        var cells = new LinkedHashMap<String, Map<Double, List<@Nullable Differences>>>();
        var metrics = new LinkedHashMap<String, Metric>();
        for (int i = 0; i < runs.size(); i++) {
            for (var step : runs.get(i).evidence().steps()) {
                add(cells, metrics, runs, i, step);
            }
        }
        var aligned =
                metrics.entrySet().stream()
                        .map(one -> new Aligned(one.getValue(), cells.get(one.getKey())))
                        .sorted(
                                Comparator.comparingDouble(
                                                (Aligned one) -> worst(one, runs.size()))
                                        .reversed())
                        .toList();
        return new Comparison(runs, aligned);
    }

    /// The worst regression of any run against the reference, as a part of the baseline.
    static double worst(Aligned aligned, int runs) {
        double worst = Double.NEGATIVE_INFINITY;
        for (int run = 1; run < runs; run++) {
            worst = Math.max(worst, aligned.against(run).map(Pair::weight).orElse(worst));
        }
        return worst;
    }

    private static void add(
            Map<String, Map<Double, List<@Nullable Differences>>> cells,
            Map<String, Metric> metrics,
            List<Run> runs,
            int run,
            StepEvidence step) {
        var story = runs.get(run).story();
        if (!story.plan().step(step.step()).reachesCandidate()) {
            return;
        }
        double share = story.plan().step(step.step()).share().fraction();
        for (var difference : Differences.of(story.plan(), step, story.now())) {
            var name = difference.metric().name();
            metrics.putIfAbsent(name, difference.metric());
            cells.computeIfAbsent(name, _ -> new TreeMap<>())
                    .computeIfAbsent(share, _ -> empty(runs.size()))
                    .set(run, difference);
        }
    }

    private static List<@Nullable Differences> empty(int runs) {
        var cells = new ArrayList<@Nullable Differences>();
        for (int i = 0; i < runs; i++) {
            cells.add(null);
        }
        return cells;
    }

    static String share(double share) {
        return Numbers.share(share);
    }
}
