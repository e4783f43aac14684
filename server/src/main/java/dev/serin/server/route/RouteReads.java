package dev.serin.server.route;

import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.slo.BudgetState;
import dev.serin.server.access.Scope;
import dev.serin.server.evidence.Served;
import dev.serin.server.rollout.RouteStories;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads routes together with what they served, by a fixed number of queries.
@ApplicationScoped
class RouteReads {

    private final RouteStories stories;
    private final Served served;
    private final InstantSource clock;

    RouteReads(RouteStories stories, Served served, InstantSource clock) {
        this.stories = stories;
        this.served = served;
        this.clock = clock;
    }

    /// One route.
    record One(RouteStories.Whole whole, Sums sums, List<Kept> kept) {}

    /// Some routes, each with what it kept over 30 days.
    record Some(RouteStories.Routes found, Map<String, List<Month>> months, Instant now) {}

    /// A promise, and what was left of it over 30 days.
    record Month(Promise promise, BudgetState state) {}

    /// @throws dev.serin.server.rollout.NoSuchRoute if there is none of this name
    @Transactional
    One one(String name) {
        var now = clock.instant();
        var whole = stories.one(name, now.minus(Promise.MONTH));
        var promises = Promise.of(whole.route().promises());
        var sums = Sums.of(served, name, promises, whole.first(), now);
        return new One(
                whole, sums, promises.stream().map(promise -> Kept.of(promise, sums)).toList());
    }

    @Transactional
    Some after(String name, Scope sight) {
        return with(stories.after(name, sight));
    }

    /// The first routes of a team.
    ///
    /// @param team null for everybody's
    @Transactional
    Some of(@Nullable String team) {
        return with(stories.of(team));
    }

    /// What is under way on all routes of a team.
    ///
    /// @param team null for everybody's
    RouteStories.UnderWay underWay(@Nullable String team) {
        return stories.underWay(team);
    }

    private Some with(RouteStories.Routes found) {
        var now = clock.instant();
        var promises = new HashMap<String, List<Promise>>();
        var tracks = new HashMap<String, Set<Track>>();
        for (var route : found.routes()) {
            var of = Promise.of(route.promises());
            promises.put(route.name(), of);
            if (!of.isEmpty()) {
                tracks.put(
                        route.name(), of.stream().map(Promise::track).collect(Collectors.toSet()));
            }
        }
        var sums =
                served.sums(
                        new Served.Question(
                                tracks,
                                now.minus(Promise.MONTH),
                                now,
                                Promise.MONTH.plus(Duration.ofDays(1)),
                                List.of()));
        var months = new HashMap<String, List<Month>>();
        promises.forEach((route, of) ->
                months.put(
                        route, of.stream().map(promise -> month(promise, route, sums)).toList()));
        return new Some(found, months, now);
    }

    private static Month month(Promise promise, String route, List<Served.Sum> sums) {
        var counts =
                sums.stream()
                        .filter(sum ->
                                sum.route().equals(route) && sum.track().equals(promise.track()))
                        .map(Served.Sum::counts)
                        .reduce(Tally.Counts.NONE, Tally.Counts::plus);
        return new Month(promise, promise.budget().after(counts));
    }
}
