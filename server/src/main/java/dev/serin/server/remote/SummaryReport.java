package dev.serin.server.remote;

/// A rollout as Markdown, for a pull request or the page of a pipeline's run.
final class SummaryReport {

    private SummaryReport() {}

    static String of(ShownRollout rollout, Verdicts verdicts) {
        var text = new StringBuilder();
        text.append("### %s: %s\n\n".formatted(escaped(rollout.route()), rollout.phaseInWords()));
        text.append(
                "%s → %s. %s\n\n"
                        .formatted(
                                escaped(rollout.baseline()),
                                escaped(rollout.candidate()),
                                escaped(rollout.line())));
        if (!verdicts.all().isEmpty()) {
            text.append("| step | condition | finding | |\n|---|---|---|---|\n");
            for (var verdict : verdicts.all()) {
                text.append(
                        "| %s | %s | %s | %s |\n"
                                .formatted(
                                        escaped(verdict.step()),
                                        escaped(verdict.condition()),
                                        verdict.isBreach() ? "**breached**" : verdict.finding(),
                                        escaped(verdict.sentence())));
            }
            text.append('\n');
        }
        return text.append("Rollout `%s`\n".formatted(rollout.id())).toString();
    }

    /// Text of others neither ends the table nor becomes a link, an image or a mention.
    private static String escaped(String text) {
        return text.replaceAll("\\R", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_\\[\\]|#!~])", "\\\\$1")
                .replace("@", "&#64;");
    }
}
