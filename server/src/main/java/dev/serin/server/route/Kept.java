package dev.serin.server.route;

import dev.serin.engine.judge.Tally;
import dev.serin.engine.slo.BudgetState;
import dev.serin.engine.slo.BurnRate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a route kept of a promise.
///
/// @param window over the promise's own window
/// @param month over 30 days
record Kept(Promise promise, Stand window, Stand month, List<Alert> alerts) {

    /// A budget over a window.
    ///
    /// @param spell how long a look back `pace` is taken from
    record Stand(Duration window, BudgetState state, Duration spell, BudgetState pace) {

        /// When nothing is left at the pace of late; empty if it lasts, or if nobody can tell.
        Optional<Duration> exhaustedIn() {
            boolean tells = pace.status() != BudgetState.Status.UNKNOWN;
            return state.calls() == 0 || (!tells && state.remaining() > 0)
                    ? Optional.empty()
                    : state.exhaustedIn(window, pace.burn());
        }
    }

    /// A rule, and what it says.
    record Alert(BurnRate rule, BudgetState inLong, BudgetState inShort, BurnRate.Alarm alarm) {}

    static Kept of(Promise promise, Sums sums) {
        return new Kept(
                promise,
                stand(promise, promise.window(), sums),
                stand(promise, Promise.MONTH, sums),
                promise.rules().stream().map(rule -> alert(promise, rule, sums)).toList());
    }

    boolean isFiring() {
        return alerts.stream().anyMatch(alert -> alert.alarm == BurnRate.Alarm.FIRING);
    }

    private static Stand stand(Promise promise, Duration window, Sums sums) {
        var spell = BurnRate.paceWindow(window);
        return new Stand(
                window,
                promise.budget().after(sums.within(promise.track(), window)),
                spell,
                promise.budget().after(sums.within(promise.track(), spell)));
    }

    private static Alert alert(Promise promise, BurnRate rule, Sums sums) {
        var inLong = in(promise, rule.longSeconds(), sums);
        var inShort = in(promise, rule.shortSeconds(), sums);
        var budget = promise.budget();
        return new Alert(
                rule,
                budget.after(inLong),
                budget.after(inShort),
                rule.alarm(budget, inLong, inShort));
    }

    private static Tally.Counts in(Promise promise, double seconds, Sums sums) {
        return sums.within(promise.track(), Promise.time(seconds));
    }
}
