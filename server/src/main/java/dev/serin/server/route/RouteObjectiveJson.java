package dev.serin.server.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.engine.slo.BudgetState;
import dev.serin.engine.slo.Objective;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// An objective of a route, and what is left of its error budget.
///
/// @param indicator as in plans, or `error_budget` for the plan's own
/// @param target the part of the calls that should be good
/// @param within the most that a good call measures, in milliseconds or US dollars; null for none
/// @param window ISO 8601
/// @param burn 1 uses the budget up exactly at the window's end; null without calls
/// @param remaining 1 is untouched, below 0 is overdrawn; null without calls
/// @param state healthy, warning, critical, exhausted or unknown
/// @param exhaustedIn ISO 8601, at the pace of late; null if it lasts or nobody can tell
/// @param month the same over 30 days
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "RouteObjective")
record RouteObjectiveJson(
        String indicator,
        double target,
        @Nullable Double within,
        String window,
        long good,
        long bad,
        long calls,
        @Nullable Double burn,
        @Nullable Double remaining,
        String state,
        @Nullable String exhaustedIn,
        BudgetJson month,
        List<AlertJson> alerts) {

    /// An error budget over another window.
    @RegisterForReflection
    @Schema(name = "RouteBudget")
    record BudgetJson(
            String window,
            long good,
            long bad,
            long calls,
            @Nullable Double burn,
            @Nullable Double remaining,
            String state,
            @Nullable String exhaustedIn) {}

    /// A burn-rate rule, and what it says.
    ///
    /// @param severity page or ticket
    /// @param state quiet, firing or tooLittleTraffic
    /// @param factor the rule's own
    /// @param effectiveFactor the one in force: a loose budget cannot burn so fast
    /// @param budgetSpent the part of the budget that is gone when it alarms, by the rule's own factor
    /// @param leastCalls calls in the long window below which it says nothing
    @RegisterForReflection
    @Schema(name = "RouteAlert")
    record AlertJson(
            String severity,
            String state,
            double factor,
            double effectiveFactor,
            double budgetSpent,
            String longWindow,
            String shortWindow,
            @Nullable Double longBurn,
            @Nullable Double shortBurn,
            long leastCalls) {}

    static RouteObjectiveJson of(Kept kept) {
        var promise = kept.promise();
        var objective = promise.objective();
        var own = budget(kept.window());
        return new RouteObjectiveJson(
                indicator(objective),
                objective == null ? rounded(1 - promise.budget().total()) : objective.target(),
                objective == null ? null : objective.within(),
                own.window,
                own.good,
                own.bad,
                own.calls,
                own.burn,
                own.remaining,
                own.state,
                own.exhaustedIn,
                budget(kept.month()),
                kept.alerts().stream().map(alert -> alert(promise, alert)).toList());
    }

    static String indicator(@Nullable Objective objective) {
        return objective == null ? "error_budget" : objective.indicator().key();
    }

    private static BudgetJson budget(Kept.Stand stand) {
        var state = stand.state();
        return new BudgetJson(
                stand.window().toString(),
                state.calls() - state.bad(),
                state.bad(),
                state.calls(),
                burn(state),
                state.calls() == 0 ? null : (Double) rounded(state.remaining()),
                state.status().name().toLowerCase(Locale.ROOT),
                stand.exhaustedIn().map(Object::toString).orElse(null));
    }

    private static AlertJson alert(Promise promise, Kept.Alert alert) {
        var rule = alert.rule();
        double budget = promise.budget().total();
        return new AlertJson(
                rule.severity().name().toLowerCase(Locale.ROOT),
                switch (alert.alarm()) {
                    case QUIET -> "quiet";
                    case FIRING -> "firing";
                    case TOO_LITTLE_TRAFFIC -> "tooLittleTraffic";
                },
                rounded(rule.factor()),
                rounded(rule.effectiveFactor(budget)),
                rounded(rule.spent()),
                Promise.time(rule.longSeconds()).toString(),
                Promise.time(rule.shortSeconds()).toString(),
                burn(alert.inLong()),
                burn(alert.inShort()),
                rule.leastCalls(budget));
    }

    private static @Nullable Double burn(BudgetState state) {
        return state.calls() == 0 ? null : (Double) rounded(state.burn());
    }

    /// Without the dust of divisions.
    private static double rounded(double number) {
        return Math.round(number * 1e9) / 1e9;
    }
}
