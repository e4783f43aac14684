package dev.serin.server.demo;

import dev.serin.web.words.Numbers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Turns as a table in a terminal.
final class ChaosTable {

    private static final String ROW = "  %-17s %6s %7s %9s %10s %8s %8s %14s   %-19s %s";

    private ChaosTable() {}

    static void print(Terminal terminal, List<ChaosTurn> turns) {
        terminal.line(
                terminal.faint(
                        ROW.formatted(
                                "fault",
                                "calls",
                                "failed",
                                "replaced",
                                "candidate",
                                "breaker",
                                "p95",
                                "budget burns",
                                "upgrade",
                                "tried again")));
        turns.forEach(turn -> terminal.line(row(turn)));
        terminal.line("");
        for (var turn : turns) {
            var upgrade = turn.upgrade();
            if (upgrade != null && !upgrade.reason().isEmpty()) {
                terminal.line("  %-17s %s".formatted(turn.each().name(), upgrade.reason()));
            }
        }
        terminal.line("");
        terminal.line(
                """
                Calls while the fault acted: failed for their callers, answered by the baseline in the candidate's place,
                answered by the candidate; when the breaker opened; the p95 of what callers waited. The error budget's burn
                at most, and after the second try, where 1× just uses it up. When the upgrade ended, from the fault's begin.\
                """);
    }

    private static String row(ChaosTurn turn) {
        var met = turn.met();
        var again = turn.again();
        return String.format(
                        Locale.ROOT,
                        ROW,
                        turn.each().name(),
                        Numbers.count(met.asked()),
                        Numbers.count(turn.failed()),
                        Numbers.count(met.replaced()),
                        Numbers.count(met.byCandidate()),
                        after(turn.opens()),
                        "%d ms".formatted(Math.round(met.p95Ms())),
                        "%.1f× to %.1f×".formatted(turn.burnMost(), turn.burnNow()),
                        upgrade(turn),
                        again == null ? "never" : ended(again))
                .stripTrailing();
    }

    private static String upgrade(ChaosTurn turn) {
        var upgrade = turn.upgrade();
        return upgrade == null
                ? "never begun"
                : "%s, %s".formatted(ended(upgrade), after(turn.decided()));
    }

    private static String ended(ChaosUpgrade upgrade) {
        return switch (upgrade.word()) {
            case "breached" -> "rolled back";
            case "rolledBackByHand" -> "stopped";
            default -> upgrade.word();
        };
    }

    private static String after(@Nullable Duration time) {
        return time == null ? "never" : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
