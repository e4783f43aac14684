package dev.serin.server.profile;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes a first plan.
final class FirstPlan {

    /// Longer comments stand on lines of their own.
    private static final int WIDTH = 110;

    private static final String INDENT = "  # ";
    private static final Pattern WORDS = Pattern.compile(" +");

    private static final String[][] STEPS = {
        {"1% canary", "1%", "30m", ""},
        {"5% canary", "5%", "1h", ", gate: manual"},
        {"25% ramp", "25%", "2h", ""},
        {"50% ramp", "50%", "2h", ", gate: manual"},
        {"95%", "95%", "2h", ""},
    };

    private static final double[] SHARES = {0.01, 0.05, 0.25, 0.5, 0.95};
    private static final int[] SECONDS = {1800, 3600, 7200, 7200, 7200};

    private FirstPlan() {}

    /// A plan as a person would write it, with comments.
    ///
    /// @param seen what the baseline does; null if nobody measured it
    static String yaml(String route, String baseline, String candidate, @Nullable Measured seen) {
        var text = new StringBuilder();
        text.append(
                seen == null
                        ? """
                        # A first plan with limits beside the baseline. Nothing was measured:
                        # serin init --baseline FILE proposes limits from recorded calls.
                        """
                        : "# A first plan, with limits by what %s holds. Change what you know better.\n"
                                .formatted(Yaml.line(seen.file())));
        text.append("route: ").append(Yaml.text(route)).append('\n');
        text.append("baseline: ").append(Yaml.text(baseline)).append('\n');
        text.append("candidate: ").append(Yaml.text(candidate)).append('\n');
        steps(text, seen);
        var proposal = seen == null ? Proposal.blind() : Proposal.of(seen);
        text.append("# What must not become true.\nrollback:\n");
        proposal.conditions().forEach(line -> condition(text, line));
        proposal.after().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static void steps(StringBuilder text, @Nullable Measured seen) {
        text.append(
                        "# The last step leaves 5% to the baseline, so that all conditions beside it hold\n")
                .append("# to the end; then the candidate takes over.\nsteps:\n");
        for (int i = 0; i < STEPS.length; i++) {
            var step = STEPS[i];
            text.append(
                    "  - { name: %s, share: %s, duration: %s%s }%s\n"
                            .formatted(step[0], step[1], step[2], step[3], traffic(seen, i)));
        }
    }

    private static String traffic(@Nullable Measured seen, int step) {
        if (seen == null || Double.isNaN(seen.perSecond())) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "  # about %,d calls at %s a second",
                Math.round(seen.perSecond() * SHARES[step] * SECONDS[step]),
                Spread.shown(seen.perSecond()));
    }

    private static void condition(StringBuilder text, Proposal.Line line) {
        var condition = line.condition();
        if (condition == null) {
            wrap(text, line.why());
            return;
        }
        var whole = "  - %s  # %s".formatted(condition, line.why());
        if (whole.length() <= WIDTH) {
            text.append(whole).append('\n');
        } else {
            wrap(text, line.why());
            text.append("  - ").append(condition).append('\n');
        }
    }

    /// A comment on lines of its own; one that shows a condition stays on one line.
    private static void wrap(StringBuilder text, String comment) {
        var line = new StringBuilder(INDENT);
        for (var word : WORDS.split(comment.strip(), -1)) {
            boolean isFull = line.length() + word.length() > WIDTH;
            if (isFull && line.length() > INDENT.length()) {
                text.append(line.toString().stripTrailing()).append('\n');
                line.setLength(0);
                line.append(INDENT);
            }
            line.append(word).append(' ');
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
