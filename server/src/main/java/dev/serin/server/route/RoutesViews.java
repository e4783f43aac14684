package dev.serin.server.route;

import dev.serin.engine.rollout.Phase;
import dev.serin.engine.slo.BudgetState;
import dev.serin.server.rollout.RouteStories;
import dev.serin.server.words.Budgets;
import dev.serin.server.words.Ladders;
import dev.serin.server.words.RolloutWords;
import dev.serin.web.route.RoutesView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Puts the list of routes into words.
final class RoutesViews {

    private static final String BEGIN =
            """
            ./serin init > plan.yaml
            ./serin apply plan.yaml\
            """;

    private RoutesViews() {}

    static RoutesView of(RouteReads.Some read, String after) {
        var routes = read.found().routes();
        var rows = rows(read);
        long active = rows.stream().filter(row -> row.active() != null).count();
        long gone =
                rows.stream()
                        .filter(row -> {
                            var budget = row.budget();
                            return budget != null
                                    && budget.state()
                                            .equals(Budgets.state(BudgetState.Status.EXHAUSTED));
                        })
                        .count();
        boolean isPart = read.found().hasMore() || !after.isEmpty();
        return new RoutesView(
                title(active, gone),
                gone > 0 ? Tone.BREACHED : active > 0 ? Tone.MOVING : Tone.QUIET,
                sentence(rows.size(), active, gone, isPart),
                after.isEmpty() ? "" : after(after),
                rows,
                read.found().hasMore() ? after(routes.getLast().name()) : null,
                after.isEmpty() ? null : "",
                BEGIN);
    }

    static List<RoutesView.Row> rows(RouteReads.Some read) {
        return read.found().routes().stream().map(route -> row(route, read)).toList();
    }

    /// A route's name as it stands in an address.
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String after(String name) {
        return "?after=" + encoded(name);
    }

    private static RoutesView.Row row(RouteStories.Route route, RouteReads.Some read) {
        return new RoutesView.Row(
                route.name(),
                "/routes/" + encoded(route.name()),
                route.model(),
                Times.seen(route.since(), read.now()),
                active(route.active()),
                budget(read.months().getOrDefault(route.name(), List.of())),
                last(route.last(), read.now()),
                route.simulated());
    }

    private static RoutesView.@Nullable Active active(RouteStories.@Nullable Upgrade upgrade) {
        if (upgrade == null) {
            return null;
        }
        var story = upgrade.story();
        var phase = story.rollout().phase();
        return new RoutesView.Active(
                upgrade.id().toString(),
                story.plan().candidate(),
                Ladders.of(story),
                RolloutWords.tone(phase),
                "%s at %s".formatted(RolloutWords.state(phase), RolloutWords.share(story)));
    }

    /// The one with least left; those of which nobody can say anything come last.
    private static RoutesView.@Nullable Budget budget(List<RouteReads.Month> months) {
        return months.stream()
                .min(
                        Comparator.comparing((RouteReads.Month month) ->
                                        month.state().status() == BudgetState.Status.UNKNOWN)
                                .thenComparingDouble(month -> month.state().remaining()))
                .map(month -> budget(month))
                .orElse(null);
    }

    private static RoutesView.Budget budget(RouteReads.Month month) {
        var state = month.state();
        var name = RouteViews.name(month.promise());
        var left = Budgets.left(state);
        return new RoutesView.Budget(
                name,
                Budgets.tone(state.status()),
                Budgets.state(state.status()),
                left,
                Budgets.bar("%s, 30 days: %s".formatted(name, left), state));
    }

    private static RoutesView.@Nullable Last last(
            RouteStories.@Nullable Upgrade upgrade, Instant now) {
        if (upgrade == null) {
            return null;
        }
        var story = upgrade.story();
        var phase = story.rollout().phase();
        var candidate = story.plan().candidate();
        var words =
                phase instanceof Phase.Complete
                        ? upgrade.isWayBack()
                                ? candidate + " was put back"
                                : candidate + " was promoted"
                        : "%s %s".formatted(candidate, RolloutWords.now(story));
        return new RoutesView.Last(
                upgrade.id().toString(),
                RolloutWords.tone(phase),
                words,
                Times.seen(Objects.requireNonNullElse(story.ended(), now), now));
    }

    private static String title(long active, long gone) {
        if (gone > 0) {
            return gone == 1 ? "1 budget exhausted" : gone + " budgets exhausted";
        }
        return active > 0 ? active + " under way, routes" : "Routes";
    }

    private static String sentence(int routes, long active, long gone, boolean isPart) {
        if (routes == 0) {
            return isPart ? "No route comes after this one." : "There is no route yet.";
        }
        var many =
                (isPart ? "%s routes on this page" : "%s routes").formatted(Numbers.count(routes));
        var first = routes == 1 && !isPart ? "One route" : many;
        var moving =
                active == 0
                        ? "nothing is under way"
                        : active == 1
                                ? "a rollout is under way on one"
                                : "rollouts are under way on "
                                        + count(active).toLowerCase(Locale.ROOT);
        var budgets =
                gone == 0
                        ? ""
                        : gone == 1
                                ? " One has used up an error budget."
                                : " %s have used up an error budget.".formatted(count(gone));
        return "%s; %s.%s".formatted(first, moving, budgets);
    }

    private static String count(long number) {
        var words = List.of("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven");
        return number < words.size() ? words.get((int) number) : Numbers.count(number);
    }
}
