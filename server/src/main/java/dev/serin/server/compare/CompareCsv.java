package dev.serin.server.compare;

import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Judgement;
import dev.serin.server.rollout.Run;
import dev.serin.server.words.Differences;
import dev.serin.server.words.FindingWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/// Runs side by side as a table for spreadsheets: RFC 4180, one number with its interval a line.
///
/// Numbers are in the metric's unit, rates from 0 to 1; what is not known is an empty cell. A text
/// that a spreadsheet would take for a formula begins with an apostrophe.
final class CompareCsv {

    static final String TYPE = "text/csv";

    /// `of` is `candidate`, `baseline`, `difference` (candidate minus the baseline that ran beside
    /// it), or `condition`: what the plan's condition looks at, with its limit and what was found.
    private static final List<String> HEAD =
            List.of(
                    "run",
                    "route",
                    "baseline",
                    "candidate",
                    "simulated",
                    "step",
                    "share",
                    "metric",
                    "of",
                    "estimate",
                    "low",
                    "high",
                    "calls",
                    "limit",
                    "finding");

    private final StringBuilder text = new StringBuilder();
    private final CSVPrinter printer;

    private CompareCsv() throws IOException {
        printer = new CSVPrinter(text, CSVFormat.RFC4180);
    }

    /// The whole table with its head.
    static String of(List<Run> runs) {
        try {
            var csv = new CompareCsv();
            csv.printer.printRecord(HEAD);
            for (var run : runs) {
                for (var evidence : run.evidence().steps()) {
                    csv.step(run, evidence);
                }
            }
            return csv.text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
    }

    private void step(Run run, StepEvidence evidence) throws IOException {
        var story = run.story();
        var step = story.plan().step(evidence.step());
        var findings = Judgement.judged(story.plan(), evidence, story.now());
        for (var one : Differences.of(story.plan(), evidence, story.now())) {
            var metric = one.metric();
            arm(run, step, metric.name(), "candidate", one.candidate());
            arm(run, step, metric.name(), "baseline", one.baseline());
            arm(run, step, metric.name(), "difference", one.difference());
            for (var finding : findings) {
                if (finding.condition().metric().equals(metric)) {
                    condition(run, step, finding);
                }
            }
        }
    }

    private void arm(Run run, Step step, String metric, String of, @Nullable Estimate seen)
            throws IOException {
        line(run, step, metric, of, seen == null ? Estimate.NONE : seen, "", "");
    }

    private void condition(Run run, Step step, Finding finding) throws IOException {
        line(
                run,
                step,
                finding.condition().metric().name(),
                "condition",
                finding.estimate(),
                finding.condition().text(),
                FindingWords.state(finding));
    }

    private void line(
            Run run,
            Step step,
            String metric,
            String of,
            Estimate seen,
            String limit,
            String finding)
            throws IOException {
        var plan = run.story().plan();
        boolean known = seen.isKnown();
        printer.printRecord(
                run.id(),
                harmless(plan.route()),
                harmless(plan.baseline()),
                harmless(plan.candidate()),
                run.simulated(),
                harmless(step.name()),
                step.share().fraction(),
                harmless(metric),
                of,
                known ? number(seen.value()) : "",
                known ? number(seen.low()) : "",
                known ? number(seen.high()) : "",
                known ? seen.calls() : "",
                harmless(limit),
                finding);
    }

    /// An open end of an interval is an empty cell.
    private static Object number(double number) {
        return Double.isFinite(number) ? (Object) number : "";
    }

    /// A text that no spreadsheet takes for a formula.
    static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
