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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts a team into words.
final class TeamViews {

    private TeamViews() {}

    /// @param members null for who may not see them
    static TeamView of(
            String name,
            RouteReads.Some read,
            RouteStories.UnderWay underWay,
            @Nullable List<Members.Member> members) {
        int waits = underWay.waits();
        int moves = underWay.moves();
        return new TeamView(
                name,
                "/teams/" + RoutesViews.encoded(name),
                title(name, waits, moves),
                waits > 0 ? Tone.WAITING : moves > 0 ? Tone.MOVING : Tone.QUIET,
                sentence(name, read.found(), waits, moves),
                underWay.waiting().stream()
                        .sorted(Comparator.comparing(TeamViews::since))
                        .map(active -> waiting(active, read.now()))
                        .toList(),
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

    private static TeamView.Waiting waiting(RouteStories.Upgrade active, Instant now) {
        var story = active.story();
        var phase = story.rollout().phase();
        return new TeamView.Waiting(
                active.id().toString(),
                story.plan().route(),
                RolloutWords.tone(phase),
                RolloutWords.state(phase),
                RolloutWords.sentence(story),
                Times.seen(since(active), now));
    }

    /// When it began to wait.
    private static Instant since(RouteStories.Upgrade active) {
        return switch (active.story().rollout().phase()) {
            case Phase.AwaitingApproval gate -> gate.since();
            case Phase.Paused paused -> paused.since();
            case Phase.Waiting _, Phase.Observing _, Phase.Complete _, Phase.RolledBack _ ->
                    active.story().started();
        };
    }

    private static String title(String name, int waiting, int moving) {
        if (waiting > 0) {
            return "%d %s: %s".formatted(waiting, waiting == 1 ? "waits" : "wait", name);
        }
        return moving > 0 ? "%d under way: %s".formatted(moving, name) : "Team " + name;
    }

    private static String sentence(
            String name, RouteStories.Routes found, int waiting, int moving) {
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

    private static String words(int many, String one, String several) {
        if (many == 0) {
            return "";
        }
        return many == 1 ? "one rollout " + one : "%d rollouts %s".formatted(many, several);
    }
}
