package dev.serin.server.rollout;

import dev.serin.engine.rollout.Phase;
import dev.serin.server.access.Scope;
import dev.serin.server.words.Exposures;
import dev.serin.server.words.Ladders;
import dev.serin.server.words.RolloutWords;
import dev.serin.server.words.Story;
import dev.serin.web.rollouts.RolloutsView;
import dev.serin.web.rollouts.RolloutsView.Choice;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Puts the list of rollouts into words, by a fixed number of queries however long the history is.
@ApplicationScoped
class RolloutsViews {

    private static final String BEGIN =
            """
            ./serin init > plan.yaml
            ./serin apply plan.yaml\
            """;

    private final RolloutsQuery query;
    private final LatelyEnded lately;
    private final JournalLines lines;
    private final InstantSource clock;
    private final Supplier<Optional<RolloutsView.DemoPanel>> demo;

    /// @param demo the demo's scenarios; empty outside the demo
    RolloutsViews(
            RolloutsQuery query,
            LatelyEnded lately,
            JournalLines lines,
            InstantSource clock,
            Supplier<Optional<RolloutsView.DemoPanel>> demo) {
        this.query = query;
        this.lately = lately;
        this.lines = lines;
        this.clock = clock;
        this.demo = demo;
    }

    /// @param sight what whoever looks may see
    @Transactional
    RolloutsView of(RolloutsFilter filter, Scope sight, Decider decider) {
        var now = clock.instant();
        var found = query.find(filter, sight);
        var active = found.active();
        var ended = found.ended();
        var shown = ended.stream().limit(RolloutsQuery.PAGE).toList();
        var journals =
                lines.of(
                        Stream.concat(active.stream(), shown.stream()).map(row -> row.id).toList());
        var stories = new Stories(journals, now);
        var waiting =
                found.waiting().stream()
                        .sorted((one, other) -> since(one).compareTo(since(other)))
                        .toList();
        var yours = waiting.stream().filter(decider::isAwaited).toList();
        var others = waiting.stream().filter(row -> !decider.isAwaited(row)).toList();
        var counts = new Counts(yours.size(), others.size(), found.moving().size() + found.more());
        boolean first =
                active.isEmpty() && shown.isEmpty() && !filter.isFiltering() && !query.any(sight);
        return new RolloutsView(
                counts.title(),
                counts.tone(),
                filter.isFiltering() && active.isEmpty()
                        ? nothing(shown.isEmpty())
                        : first ? "No rollout has been started yet." : counts.sentence(),
                filter.address(),
                yours.stream().map(row -> waiting(row, look(row), stories)).toList(),
                others.stream().map(row -> waiting(row, "Look", stories)).toList(),
                active.stream().map(row -> line(row, stories)).toList(),
                found.more() == 0 ? null : more(found.more()),
                shown.stream().map(row -> line(row, stories)).toList(),
                ended.isEmpty() && !filter.isFiltering() ? null : summary(now, sight),
                filter(filter, sight),
                ended.size() > RolloutsQuery.PAGE ? filter.older(shown.getLast()) : null,
                filter.before() == null ? null : filter.newest(),
                first,
                BEGIN,
                demo.get().orElse(null));
    }

    private static String more(int hidden) {
        return hidden == 1
                ? "One more is under way and not shown: filter to see it."
                : "%s more are under way and not shown: filter to see them."
                        .formatted(Numbers.count(hidden));
    }

    private String summary(Instant now, Scope sight) {
        if (sight.everywhere()) {
            return lately.sentence(now, _ -> true);
        }
        return lately.sentence(now, Set.copyOf(query.routes(sight))::contains);
    }

    /// Rollouts with what happened to them.
    private record Stories(Map<UUID, List<dev.serin.engine.rollout.Entry>> journals, Instant now) {

        Story of(RolloutRow row) {
            return row.story(journals.getOrDefault(row.id, List.of()), now);
        }
    }

    private static Instant since(RolloutRow row) {
        return switch (row.phase) {
            case Phase.AwaitingApproval gate -> gate.since();
            case Phase.Paused paused -> paused.since();
            case Phase.Waiting _, Phase.Observing _, Phase.Complete _, Phase.RolledBack _ ->
                    row.lastAt;
        };
    }

    private static String look(RolloutRow row) {
        return row.phase instanceof Phase.AwaitingApproval ? "Look and decide" : "Look";
    }

    private static RolloutsView.Waiting waiting(RolloutRow row, String look, Stories stories) {
        var story = stories.of(row);
        var plan = story.plan();
        return new RolloutsView.Waiting(
                row.id.toString(),
                row.route,
                plan.baseline(),
                plan.candidate(),
                RolloutWords.tone(row.phase),
                RolloutWords.state(row.phase),
                RolloutWords.sentence(story),
                Times.seen(since(row), stories.now()),
                Ladders.of(story),
                look,
                Exposures.met(row.judged.exposed()),
                row.simulated);
    }

    private static RolloutsView.Row line(RolloutRow row, Stories stories) {
        var story = stories.of(row);
        var plan = story.plan();
        return new RolloutsView.Row(
                row.id.toString(),
                row.route,
                plan.baseline(),
                plan.candidate(),
                Ladders.of(story),
                RolloutWords.share(story),
                RolloutWords.tone(row.phase),
                RolloutWords.now(story),
                Numbers.count(row.judged.exposed().calls()),
                Exposures.badAndMoney(row.judged.exposed()),
                Times.seen(row.startedAt, stories.now()),
                row.startedBy,
                row.endedAt == null ? null : Numbers.duration(story.took()),
                row.simulated);
    }

    private RolloutsView.Filter filter(RolloutsFilter filter, Scope sight) {
        var state = filter.state();
        var outcome = filter.outcome();
        return new RolloutsView.Filter(
                names(query.routes(sight), filter.route()),
                choices(
                        Arrays.stream(RolloutsFilter.State.values())
                                .map(one -> new Choice(one.key(), one.words(), one == state))),
                choices(
                        Arrays.stream(RolloutsFilter.End.values())
                                .map(one -> new Choice(one.key(), one.words(), one == outcome))),
                names(query.teams(sight), filter.team()),
                filter.text(),
                filter.isFiltering());
    }

    /// What the address asks for stands among them even where nothing has that name.
    private static List<Choice> names(List<String> names, String chosen) {
        var all = new TreeSet<>(names);
        if (!chosen.isEmpty()) {
            all.add(chosen);
        }
        return choices(all.stream().map(name -> new Choice(name, name, name.equals(chosen))));
    }

    private static List<Choice> choices(Stream<Choice> some) {
        var choices = new ArrayList<>(some.toList());
        choices.addFirst(new Choice("", "all", choices.stream().noneMatch(Choice::chosen)));
        return choices;
    }

    /// Where only some are looked at.
    private static String nothing(boolean noneAtAll) {
        return noneAtAll
                ? "No rollout matches this filter."
                : "None that match this filter are under way.";
    }
}
