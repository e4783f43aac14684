package dev.serin.engine.slo;

import dev.serin.engine.judge.Tally;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A rule that alarms when a budget burns `factor` times as fast as it may, over a long window and
/// still over a short one.
///
/// @param severity what to do about it
/// @param spent the part of the budget that such a burn uses up in the long window
/// @param factor above 0
/// @param longSeconds the window that shows that it matters
/// @param shortSeconds the window that shows that it still goes on
/// @see <a href="https://sre.google/workbook/alerting-on-slos/">Google, The Site Reliability
///     Workbook, chapter 5</a>
public record BurnRate(
        Severity severity, double spent, double factor, double longSeconds, double shortSeconds) {

    /// Whom to tell.
    public enum Severity {
        PAGE,
        TICKET
    }

    /// What the rules say.
    public enum Alarm {
        QUIET,
        FIRING,
        /// Too few calls to say, or too few bad ones to mean anything; shown, not acted on.
        TOO_LITTLE_TRAFFIC
    }

    private static final double MONTH_SECONDS = 30 * 86_400.0;

    /// A rule of the workbook for 30 days, and the least short window that holds some calls.
    private record Rule(
            Severity severity,
            double spent,
            double longSeconds,
            double shortSeconds,
            double leastSeconds) {}

    private static final List<Rule> RULES =
            List.of(
                    new Rule(Severity.PAGE, 0.02, 3_600, 300, 5),
                    new Rule(Severity.PAGE, 0.05, 21_600, 1_800, 15),
                    new Rule(Severity.TICKET, 0.10, 259_200, 21_600, 150));

    private static final double WINDOWS = 12;
    private static final double MOST_SPENT = 0.5;

    /// A burn of 1 lasts to the window's end; less the dust of a division.
    private static final double LASTS = 1 - 1e-9;

    private static final long LEAST_BAD_SHORT = 2;

    /// The rules for an objective's window: the windows shrink with it and the factors stay, except
    /// that no window gets too short to hold calls. Such a rule then stands for a larger part of the
    /// budget, and says so; its factor falls where that would be more than half of it. A rule that
    /// could only speak of burns that a budget survives is left out, so a window of a minute has none.
    public static List<BurnRate> rules(Duration period) {
        double seconds = seconds(period);
        return RULES.stream()
                .map(rule -> scaled(rule, seconds))
                .filter(rule -> rule.longSeconds() <= seconds && rule.factor() > LASTS)
                .toList();
    }

    /// How far to look back for the pace of a budget: the fastest rule's long window, an hour for a
    /// month and a minute for an hour; the whole window where there is no rule.
    public static Duration paceWindow(Duration period) {
        return rules(period).stream()
                .findFirst()
                .map(rule -> Duration.ofMillis(Math.round(rule.longSeconds() * 1000)))
                .orElse(period);
    }

    private static BurnRate scaled(Rule rule, double seconds) {
        double scale = seconds / MONTH_SECONDS;
        double shortest = Math.max(rule.shortSeconds() * scale, rule.leastSeconds());
        double longest = Math.max(rule.longSeconds() * scale, WINDOWS * shortest);
        double asked = rule.spent() * MONTH_SECONDS / rule.longSeconds();
        double factor = Math.min(asked, MOST_SPENT * seconds / longest);
        return new BurnRate(rule.severity(), factor * longest / seconds, factor, longest, shortest);
    }

    /// The rules with the parts of the budget kept and the factors worked out anew.
    ///
    /// @param scaled whether the windows shrink with the period
    /// @param leastShortSeconds no short window is shorter
    static List<BurnRate> exact(Duration period, boolean scaled, double leastShortSeconds) {
        double seconds = seconds(period);
        double scale = scaled ? seconds / MONTH_SECONDS : 1;
        return RULES.stream()
                .map(rule -> {
                    double shortest = rule.shortSeconds() * scale;
                    double longest = rule.longSeconds() * scale;
                    if (shortest < leastShortSeconds) {
                        shortest = leastShortSeconds;
                        longest = Math.max(longest, WINDOWS * shortest);
                    }
                    return new BurnRate(
                            rule.severity(),
                            rule.spent(),
                            rule.spent() * seconds / longest,
                            longest,
                            shortest);
                })
                .toList();
    }

    /// The part of bad calls at which the factor is reached.
    public double threshold(double budget) {
        return factor * budget;
    }

    /// The factor in force: a loose budget cannot burn 14 times as fast as it may, so none asks for
    /// more than half of the calls to be bad.
    public double effectiveFactor(double budget) {
        return Math.min(factor, 0.5 / budget);
    }

    /// Calls in the long window below which the rule cannot speak.
    public long leastCalls(double budget) {
        return (long) Math.ceil(BudgetState.LEAST_BAD / (effectiveFactor(budget) * budget) - 1e-9);
    }

    /// What the rule says of the calls in its two windows. With too few calls in the long one it says
    /// nothing: silence there is no good news.
    public Alarm alarm(ErrorBudget budget, Tally.Counts inLong, Tally.Counts inShort) {
        if (inLong.n() < leastCalls(budget.total())) {
            return Alarm.TOO_LITTLE_TRAFFIC;
        }
        double needed = effectiveFactor(budget.total());
        boolean burns =
                Stream.of(inLong, inShort)
                        .allMatch(
                                counts -> counts.n() > 0 && budget.after(counts).burn() >= needed);
        if (!burns) {
            return Alarm.QUIET;
        }
        boolean enough = inLong.bad() >= BudgetState.LEAST_BAD && inShort.bad() >= LEAST_BAD_SHORT;
        return enough ? Alarm.FIRING : Alarm.TOO_LITTLE_TRAFFIC;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
