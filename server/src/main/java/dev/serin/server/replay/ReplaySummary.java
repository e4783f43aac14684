package dev.serin.server.replay;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.rollout.Outcome;
import dev.serin.server.demo.FindingWords;
import dev.serin.simulator.play.Played;
import dev.serin.simulator.play.PlayedStep;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A replay as Markdown, for a pull request.
final class ReplaySummary {

    private ReplaySummary() {}

    static String of(Replay.Result result, @Nullable String id) {
        var played = result.played();
        var plan = result.replay().plan();
        var text = new StringBuilder();
        text.append("## Serin replay: %s\n\n".formatted(verdict(played)));
        text.append(
                "`%s`: `%s` to `%s`. %s\n\n"
                        .formatted(
                                plan.route(),
                                plan.baseline(),
                                plan.candidate(),
                                cell(reason(played))));
        text.append("| step | share | calls | condition | value | surely between | finding |\n");
        text.append("|---|---:|---:|---|---:|---|---|\n");
        played.steps().forEach(step -> rows(step, text));
        text.append("\n");
        result.unknowable().forEach(it -> text.append("> %s.\n\n".formatted(cell(it.text()))));
        result.sources().forEach(source -> text.append("- %s\n".formatted(cell(source))));
        if (id != null) {
            text.append("- run `%s`\n".formatted(id));
        }
        return text.toString();
    }

    private static String verdict(Played played) {
        return played.rollout()
                .outcome()
                .map(outcome ->
                        switch (outcome.kind()) {
                            case PROMOTED -> "promoted";
                            case BREACHED, EXPOSURE, ROLLED_BACK_BY_HAND -> "rolled back";
                            case REJECTED -> "rejected";
                        })
                .orElse("undecided");
    }

    private static String reason(Played played) {
        return played.rollout().outcome().map(Outcome::reason).orElseGet(played::waitsFor);
    }

    private static void rows(PlayedStep step, StringBuilder text) {
        if (step.findings().isEmpty()) {
            text.append(row(step, "", "", "", ""));
        }
        for (var finding : step.findings()) {
            text.append(
                    row(
                            step,
                            "`" + finding.condition().text() + "`",
                            FindingWords.value(finding),
                            FindingWords.interval(finding),
                            bold(finding)));
        }
    }

    private static String row(
            PlayedStep step, String condition, String value, String interval, String finding) {
        return String.format(
                Locale.ROOT,
                "| %s | %s %% | %,d | %s | %s | %s | %s |\n",
                cell(step.name()),
                BigDecimal.valueOf(step.share().basisPoints(), 2)
                        .stripTrailingZeros()
                        .toPlainString(),
                step.candidateCalls(),
                condition,
                value,
                interval,
                finding);
    }

    private static String bold(Finding finding) {
        var state = FindingWords.state(finding);
        return finding instanceof Finding.Breached ? "**" + state + "**" : state;
    }

    /// Text that a table's row cannot be broken with.
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;");
    }
}
