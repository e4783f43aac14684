package dev.serin.server.route;

import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.slo.BurnRate;
import dev.serin.engine.slo.ErrorBudget;
import dev.serin.engine.slo.Objective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a route promises of its calls: an objective of its newest plan, or that plan's error budget.
///
/// @param objective null for the error budget, which counts calls that are bad in any way
/// @param window of the objective; a month for the error budget
record Promise(@Nullable Objective objective, Track track, ErrorBudget budget, Duration window) {

    static final Duration MONTH = Duration.ofDays(30);

    static List<Promise> of(@Nullable Plan plan) {
        var promises = new ArrayList<Promise>();
        if (plan == null) {
            return promises;
        }
        for (var objective : plan.objectives()) {
            promises.add(
                    new Promise(
                            objective,
                            objective.track(),
                            new ErrorBudget(objective.budget()),
                            objective.window()));
        }
        var total = plan.errorBudget();
        if (total != null) {
            promises.add(new Promise(null, new Track.Calls(), new ErrorBudget(total), MONTH));
        }
        return promises;
    }

    List<BurnRate> rules() {
        return BurnRate.rules(window);
    }

    /// Windows back from now that are asked about.
    Stream<Duration> ages() {
        var paces = Stream.of(BurnRate.paceWindow(window), BurnRate.paceWindow(MONTH));
        var rules =
                rules().stream()
                        .flatMap(rule ->
                                Stream.of(time(rule.longSeconds()), time(rule.shortSeconds())));
        return Stream.of(Stream.of(window, MONTH), paces, rules).flatMap(ages -> ages);
    }

    static Duration time(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
