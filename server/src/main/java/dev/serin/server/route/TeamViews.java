package dev.serin.server.route;

import dev.serin.engine.rollout.Phase;
import dev.serin.server.access.Members;
import dev.serin.server.rollout.RouteStories;
import dev.serin.server.words.RolloutWords;
import dev.serin.web.team.TeamView;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts a team into words.
final class TeamViews {

    private TeamViews() {}

    /// @param members null for who may not see them
    static TeamView of(String name, RouteReads.Some read, @Nullable List<Members.Member> members) {
        var routes = read.found().routes();
        var waiting =
                routes.stream()
                        .flatMap(route -> waits(route).stream())
                        .sorted(Comparator.comparing(Waits::since))
                        .toList();
        long moving =
                routes.stream().map(RouteStories.Route::active).filter(Objects::nonNull).count()
                        - waiting.size();
        return new TeamView(
                name,
                "/teams/" + RoutesViews.encoded(name),
                title(name, waiting.size(), moving),
                waiting.isEmpty() ? (moving > 0 ? Tone.MOVING : Tone.QUIET) : Tone.WAITING,
                sentence(name, read.found(), waiting.size(), moving),
                waiting.stream().map(one -> one.view(read.now())).toList(),
                RoutesViews.rows(read),
                read.found().hasMore() ? "?team=" + RoutesViews.encoded(name) : null,
                members == null
                        ? null
                        : members.stream()
                                .map(one ->
                                        new TeamView.Member(
                                                one.name(),
                                                one.roles(),
                                                one.given(),
                                                one.isMachine()))
                                .toList());
    }

    /// A rollout that waits for a person.
    private record Waits(RouteStories.Route route, RouteStories.Upgrade active, Instant since) {

        TeamView.Waiting view(Instant now) {
            var phase = active.story().rollout().phase();
            return new TeamView.Waiting(
                    active.id().toString(),
                    route.name(),
                    RolloutWords.tone(phase),
                    RolloutWords.state(phase),
                    RolloutWords.sentence(active.story()),
                    Times.seen(since, now));
        }
    }

    private static List<Waits> waits(RouteStories.Route route) {
        var active = route.active();
        if (active == null) {
            return List.of();
        }
        return switch (active.story().rollout().phase()) {
            case Phase.AwaitingApproval gate -> List.of(new Waits(route, active, gate.since()));
            case Phase.Paused paused -> List.of(new Waits(route, active, paused.since()));
            case Phase.Waiting _, Phase.Observing _, Phase.Complete _, Phase.RolledBack _ ->
                    List.of();
        };
    }

    private static String title(String name, int waiting, long moving) {
        if (waiting > 0) {
            return "%d %s: %s".formatted(waiting, waiting == 1 ? "waits" : "wait", name);
        }
        return moving > 0 ? "%d under way: %s".formatted(moving, name) : "Team " + name;
    }

    private static String sentence(
            String name, RouteStories.Routes found, int waiting, long moving) {
        int many = found.routes().size();
        if (many == 0) {
            return name + " has no route yet.";
        }
        var has =
                found.hasMore()
                        ? "%s has more than %d routes".formatted(name, many)
                        : "%s has %s".formatted(name, many == 1 ? "one route" : many + " routes");
        var doing =
                Stream.of(
                                words(waiting, "waits for a person", "wait for a person"),
                                words(moving, "is on its way", "are on their way"))
                        .filter(words -> !words.isEmpty())
                        .toList();
        return doing.isEmpty()
                ? has + "; nothing is under way."
                : "%s; %s.".formatted(has, String.join(", ", doing));
    }

    private static String words(long many, String one, String several) {
        if (many == 0) {
            return "";
        }
        return many == 1 ? "one rollout " + one : "%d rollouts %s".formatted(many, several);
    }
}
