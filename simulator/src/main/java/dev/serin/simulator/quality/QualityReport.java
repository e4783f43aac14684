package dev.serin.simulator.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How well each rule decides.
///
/// @param runs of each scenario and rule under section 3's protocol
/// @param runsAsShipped of each scenario under the shipped defaults
/// @param rows by scenario, and then by rule
public record QualityReport(int runs, int runsAsShipped, long seed, List<Row> rows) {

    /// One rule on one scenario.
    ///
    /// @param good whether the scenario keeps every limit
    /// @param late whether it turns bad after 1,000 calls; calls then count from there
    /// @param runs that were played
    /// @param rolledBack of these
    /// @param promoted of these
    /// @param undecided of these
    /// @param median candidate calls to the verdict, among decided runs; 0 without any
    /// @param p95 the same
    /// @param listed the median that section 3.1 lists for Serin; 0 where the row has none to meet
    public record Row(
            String scenario,
            boolean good,
            boolean late,
            String rule,
            int runs,
            int rolledBack,
            int promoted,
            int undecided,
            double median,
            double p95,
            double listed,
            double listedP95) {

        /// Part of the runs that rolled a good candidate back.
        public double wronglyRolledBack() {
            return good ? rolledBack / (double) runs : 0;
        }

        /// Part of the runs that promoted a bad candidate, or left one in production.
        public double wronglyPromoted() {
            return good ? 0 : promoted / (double) runs;
        }

        /// The median by the listed one; 0 where none is listed.
        public double ratio() {
            return listed > 0 ? median / listed : 0;
        }
    }

    public QualityReport {
        rows = List.copyOf(rows);
    }

    /// The table in Markdown, with what its columns mean.
    public String markdown() {
        var lines = new ArrayList<String>();
        lines.add("# How well Serin decides");
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%,d seeded runs of each scenario and rule (%,d as shipped), seed %d. The"
                                + " protocol of statistics.md 3: four steps of 5, 25, 50 and 100 %%, 20"
                                + " calls a second, alpha and beta 5 %%, breach from the first call on,"
                                + " met from 50, at most 20,000 candidate calls a step, a watch of"
                                + " 2,000 after the promotion. \"As shipped\" is the plan's own way: 10 s"
                                + " buckets, a breach from 5 calls on, steps of at least 30 s. Calls are"
                                + " candidate calls to the verdict among decided runs; after a late"
                                + " change they count from there.",
                        runs,
                        runsAsShipped,
                        seed));
        lines.add("");
        lines.add(
                "| scenario | rule | wrongly rolled back | wrongly promoted | undecided | median | p95"
                        + " | listed median | by it |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        rows.forEach(row -> lines.add(line(row)));
        lines.add("");
        lines.addAll(notes());
        return String.join("\n", lines) + "\n";
    }

    /// What the report's figures break of what was promised; empty if nothing.
    public List<String> broken() {
        var broken = new ArrayList<String>();
        for (var row : rows) {
            if (!row.rule().equals(Quality.SERIN)) {
                continue;
            }
            if (row.wronglyRolledBack() > 0.005) {
                broken.add(row.scenario() + ": more than 0.5 % wrong rollbacks");
            }
            if (row.promoted() > 0 && !row.good()) {
                broken.add(row.scenario() + ": a bad candidate was promoted");
            }
            boolean fewDecide = row.undecided() > 0.5 * row.runs();
            if (!fewDecide && row.ratio() > 1.1) {
                broken.add(
                        String.format(
                                Locale.ROOT,
                                "%s: a median of %.0f calls, %.0f are listed",
                                row.scenario(),
                                row.median(),
                                row.listed()));
            }
        }
        return broken;
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %,.0f | %,.0f | %s | %s |",
                row.scenario(),
                row.rule(),
                row.good() ? percent(row.wronglyRolledBack()) : "",
                row.good() ? "" : percent(row.wronglyPromoted()),
                percent(row.undecided() / (double) row.runs()),
                row.median(),
                row.p95(),
                row.listed() > 0 ? String.format(Locale.ROOT, "%,.0f", row.listed()) : "",
                row.listed() > 0 ? String.format(Locale.ROOT, "%.2f", row.ratio()) : "");
    }

    private static String percent(double part) {
        return part == 0 ? "0 %" : String.format(Locale.ROOT, "%.2f %%", 100 * part);
    }

    private static List<String> notes() {
        return List.of(
                "Where nearly all runs are undecided (a candidate on its limit, or 5 % labels just over"
                        + " it), the median of the few decided ones says nothing.");
    }
}
