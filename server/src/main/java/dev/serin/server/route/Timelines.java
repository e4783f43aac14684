package dev.serin.server.route;

import dev.serin.engine.rollout.Phase;
import dev.serin.server.rollout.RouteStories;
import dev.serin.server.words.RolloutWords;
import dev.serin.web.chart.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Draws the rollouts of a route in time.
final class Timelines {

    private Timelines() {}

    /// All of them under each other; null where there are none.
    ///
    /// @param newest the newest first
    static @Nullable Timeline of(List<RouteStories.Upgrade> newest, Instant now) {
        var seen = newest.stream().filter(upgrade -> !upgrade.story().visits().isEmpty()).toList();
        if (seen.isEmpty()) {
            return null;
        }
        var from = seen.getLast().story().started();
        return new Timeline(
                "%d rollouts: %s"
                        .formatted(
                                seen.size(),
                                String.join(
                                        "; ",
                                        seen.stream()
                                                .map(upgrade ->
                                                        "%s %s"
                                                                .formatted(
                                                                        models(upgrade),
                                                                        outcome(upgrade)))
                                                .toList())),
                from,
                now.isBefore(from) ? from : now,
                seen.stream().map(upgrade -> lane(upgrade, now)).toList());
    }

    private static Timeline.Lane lane(RouteStories.Upgrade upgrade, Instant now) {
        var story = upgrade.story();
        var end = Objects.requireNonNullElse(story.ended(), now);
        return new Timeline.Lane(
                models(upgrade),
                RolloutWords.tone(story.rollout().phase()),
                outcome(upgrade),
                story.visits().stream()
                        .map(visit ->
                                new Timeline.Tread(
                                        visit.since(),
                                        visit.until().isAfter(end) ? end : visit.until(),
                                        story.plan().step(visit.step()).share().fraction()))
                        .toList());
    }

    private static String models(RouteStories.Upgrade upgrade) {
        var plan = upgrade.story().plan();
        return "%s → %s".formatted(plan.baseline(), plan.candidate());
    }

    private static String outcome(RouteStories.Upgrade upgrade) {
        var phase = upgrade.story().rollout().phase();
        return upgrade.isWayBack() && phase instanceof Phase.Complete
                ? "put back"
                : RolloutWords.state(phase).toLowerCase(Locale.ROOT);
    }
}
