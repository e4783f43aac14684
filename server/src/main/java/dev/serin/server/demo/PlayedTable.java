package dev.serin.server.demo;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.judge.Finding.Met;
import dev.serin.engine.judge.Finding.Resting;
import dev.serin.engine.judge.Finding.Unsure;
import dev.serin.engine.rollout.Outcome;
import dev.serin.simulator.play.Played;
import dev.serin.simulator.play.PlayedStep;
import java.time.Duration;
import java.util.Locale;

/// A play as a table in a terminal: each step with its findings, then how it ended.
public final class PlayedTable {

    private static final String ROW = "  %-14s %6s %9s   %-28s %10s   %-22s %-22s %8s   %s";

    private final Terminal terminal;

    public PlayedTable(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Prints `played` under `title`.
    public void print(String title, Played played) {
        var plan = played.rollout().plan();
        terminal.line(
                terminal.bold(title)
                        + terminal.faint(
                                "   %s: %s to %s"
                                        .formatted(
                                                plan.route(), plan.baseline(), plan.candidate())));
        terminal.line(
                terminal.faint(
                        ROW.formatted(
                                "step",
                                "share",
                                "calls",
                                "metric",
                                "value",
                                "surely between",
                                "must not be",
                                "of calls",
                                "finding")));
        played.steps().forEach(this::print);
        terminal.line("  " + ending(played));
        terminal.line("");
    }

    private void print(PlayedStep step) {
        var name = shorten(step.name());
        var share = Math.round(step.share().fraction() * 1000) / 10.0;
        var percent =
                String.format(
                        Locale.ROOT, share == Math.rint(share) ? "%.0f %%" : "%.1f %%", share);
        var calls = String.format(Locale.ROOT, "%,d", step.candidateCalls());
        if (step.candidateCalls() == 0) {
            var why =
                    step.share().fraction() == 0
                            ? String.format(
                                    Locale.ROOT, "baseline alone, %,d calls", step.baselineCalls())
                            : "entered at the end; nothing left to judge";
            terminal.line(ROW.formatted(name, percent, calls, why, "", "", "", "", ""));
            return;
        }
        for (var finding : step.findings()) {
            terminal.line(
                    ROW.formatted(
                            name,
                            percent,
                            calls,
                            finding.condition().metric().name(),
                            FindingWords.value(finding),
                            FindingWords.interval(finding),
                            FindingWords.limit(finding.condition()),
                            String.format(Locale.ROOT, "%,d", finding.estimate().calls()),
                            coloured(finding)));
            name = "";
            percent = "";
            calls = "";
        }
    }

    private String ending(Played played) {
        var spent = Duration.between(played.entries().getFirst().at(), played.rollout().last());
        return played.rollout()
                .outcome()
                .map(outcome ->
                        "%s after %s. %s"
                                .formatted(ending(outcome.kind()), words(spent), outcome.reason()))
                .orElseGet(() -> terminal.open("UNDECIDED") + ". " + played.waitsFor());
    }

    private String ending(Outcome.Kind kind) {
        return switch (kind) {
            case PROMOTED -> terminal.good("PROMOTED");
            case BREACHED, EXPOSURE -> terminal.bad("ROLLED BACK");
            case ROLLED_BACK_BY_HAND -> terminal.bad("ROLLED BACK BY HAND");
            case REJECTED -> terminal.bad("REJECTED");
        };
    }

    private String coloured(Finding finding) {
        var state = FindingWords.state(finding);
        return switch (finding) {
            case Met _ -> terminal.good(state);
            case Breached _ -> terminal.bad(state);
            case Unsure _ -> terminal.open(state);
            case Resting _ -> terminal.faint(state);
        };
    }

    /// Whole hours, minutes and seconds: `1 min 52 s`.
    static String words(Duration time) {
        var words = new StringBuilder();
        if (time.toHours() > 0) {
            words.append(time.toHours()).append(" h ");
        }
        if (time.toMinutesPart() > 0) {
            words.append(time.toMinutesPart()).append(" min ");
        }
        if (time.toSecondsPart() > 0 || words.isEmpty()) {
            words.append(time.toSecondsPart()).append(" s");
        }
        return words.toString().strip();
    }

    private static String shorten(String name) {
        return name.length() <= 14 ? name : name.substring(0, 13) + "…";
    }
}
