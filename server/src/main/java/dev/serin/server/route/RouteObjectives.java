package dev.serin.server.route;

import dev.serin.engine.judge.Tally;
import dev.serin.engine.slo.BudgetState;
import dev.serin.engine.slo.BurnRate;
import dev.serin.server.words.Budgets;
import dev.serin.web.chart.BudgetCourse;
import dev.serin.web.route.ObjectiveView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Puts a route's objectives into words and pictures.
final class RouteObjectives {

    private RouteObjectives() {}

    static List<ObjectiveView> of(List<Kept> kept, Sums sums) {
        var views = new ArrayList<ObjectiveView>();
        for (var one : kept) {
            views.add(view("o" + (views.size() + 1), one, sums));
        }
        return views;
    }

    private static ObjectiveView view(String key, Kept kept, Sums sums) {
        var promise = kept.promise();
        var objective = promise.objective();
        var name = RouteViews.name(promise);
        var course = course(name, promise, sums);
        return new ObjectiveView(
                key,
                name,
                objective == null
                        ? Budgets.total(promise.budget().total())
                        : Budgets.target(objective),
                budgets(name, kept),
                kept.alerts().stream().map(alert -> alert(promise, alert)).toList(),
                factors(promise),
                course == null ? null : course.picture,
                course == null ? List.of() : course.rows.reversed());
    }

    private static List<ObjectiveView.Budget> budgets(String name, Kept kept) {
        var month = budget(name, kept.month());
        return kept.promise().window().equals(Promise.MONTH)
                ? List.of(month)
                : List.of(budget(name, kept.window()), month);
    }

    private static ObjectiveView.Budget budget(String name, Kept.Stand stand) {
        var state = stand.state();
        var window = Numbers.duration(stand.window());
        var left = Budgets.left(state);
        return new ObjectiveView.Budget(
                window,
                Budgets.tone(state.status()),
                Budgets.state(state.status()),
                left,
                Budgets.pace(state, stand.window(), stand.spell(), stand.pace()),
                Budgets.bar("%s, budget of %s: %s".formatted(name, window, left), state));
    }

    private static ObjectiveView.Alert alert(Promise promise, Kept.Alert alert) {
        var rule = alert.rule();
        double budget = promise.budget().total();
        double factor = rule.effectiveFactor(budget);
        return new ObjectiveView.Alert(
                "%s at %s in %s and %s"
                        .formatted(
                                rule.severity().name().toLowerCase(Locale.ROOT),
                                factor(factor),
                                Numbers.duration(Promise.time(rule.longSeconds())),
                                Numbers.duration(Promise.time(rule.shortSeconds()))),
                tone(alert.alarm()),
                state(alert),
                "%s and %s".formatted(burn(alert.inLong()), burn(alert.inShort())),
                Numbers.percent(rule.spent() * factor / rule.factor()));
    }

    private static String state(Kept.Alert alert) {
        return switch (alert.alarm()) {
            case QUIET -> "quiet";
            case FIRING -> "alarms";
            case TOO_LITTLE_TRAFFIC ->
                    alert.inLong().calls() == 0 ? "no calls" : "too little traffic";
        };
    }

    private static Tone tone(BurnRate.Alarm alarm) {
        return switch (alarm) {
            case QUIET -> Tone.MET;
            case FIRING -> Tone.BREACHED;
            case TOO_LITTLE_TRAFFIC -> Tone.UNSURE;
        };
    }

    private static String burn(BudgetState state) {
        return state.calls() == 0 ? "–" : Numbers.times(state.burn());
    }

    /// Where a loose budget makes the factors smaller.
    private static @Nullable String factors(Promise promise) {
        double budget = promise.budget().total();
        var less =
                promise.rules().stream()
                        .filter(rule -> rule.effectiveFactor(budget) < rule.factor() - 1e-9)
                        .map(rule -> factor(rule.factor()))
                        .toList();
        return less.isEmpty()
                ? null
                : "A budget of %s burns at most %s as fast as it may, so a rule asks for %s at most, instead of %s."
                        .formatted(
                                Numbers.share(budget),
                                factor(1 / budget),
                                factor(0.5 / budget),
                                String.join(" and ", less));
    }

    /// A factor as it was chosen: `14.4×`.
    private static String factor(double factor) {
        return BigDecimal.valueOf(factor)
                        .setScale(2, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + "×";
    }

    private record Drawn(BudgetCourse picture, List<ObjectiveView.Row> rows) {}

    private static @Nullable Drawn course(String name, Promise promise, Sums sums) {
        var points = new ArrayList<BudgetCourse.Point>();
        var rows = new ArrayList<ObjectiveView.Row>();
        var so = Tally.Counts.NONE;
        for (var slot : sums.bySlot(promise.track()).entrySet()) {
            so = so.plus(slot.getValue());
            var state = promise.budget().after(so);
            var at = sums.end(slot.getKey());
            points.add(new BudgetCourse.Point(at, state.remaining(), state.calls()));
            rows.add(
                    new ObjectiveView.Row(
                            Times.exact(at),
                            Numbers.count(slot.getValue().n()),
                            Numbers.count(slot.getValue().bad()),
                            Numbers.percent(state.remaining())));
        }
        if (points.isEmpty()) {
            return null;
        }
        var picture =
                new BudgetCourse(
                        "%s: of the error budget of 30 days %s is left"
                                .formatted(name, Numbers.percent(points.getLast().remaining())),
                        sums.from(),
                        sums.now(),
                        points);
        return new Drawn(picture, rows);
    }
}
