package dev.serin.server.rollout;

import dev.serin.engine.rollout.Phase;
import dev.serin.server.words.Exposures;
import dev.serin.server.words.Ladders;
import dev.serin.server.words.RolloutWords;
import dev.serin.server.words.Story;
import dev.serin.web.rollouts.RolloutsView;
import dev.serin.web.rollouts.RolloutsView.Choice;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Transactional
    RolloutsView of(RolloutsFilter filter) {
        var now = clock.instant();
        var found = query.find(filter);
        var active = found.active();
        var ended = found.ended();
        var shown = ended.stream().limit(RolloutsQuery.PAGE).toList();
        var journals =
                lines.of(
                        Stream.concat(active.stream(), shown.stream()).map(row -> row.id).toList());
        var stories = new Stories(journals, now);
        var waiting = active.stream().filter(RolloutsViews::waits).toList();
        var moving = active.stream().filter(row -> !waits(row)).toList();
        boolean first =
                active.isEmpty() && shown.isEmpty() && !filter.isFiltering() && !query.any();
        return new RolloutsView(
                title(waiting.size(), moving.size()),
                waiting.isEmpty() ? (moving.isEmpty() ? Tone.QUIET : Tone.MOVING) : Tone.WAITING,
                filter.isFiltering() && active.isEmpty()
                        ? nothing(shown.isEmpty())
                        : sentence(waiting.size(), moving.size(), first),
                filter.address(),
                waiting.stream()
                        .sorted((one, other) -> since(one).compareTo(since(other)))
                        .map(row -> waiting(row, stories))
                        .toList(),
                active.stream().map(row -> line(row, stories)).toList(),
                shown.stream().map(row -> line(row, stories)).toList(),
                ended.isEmpty() && !filter.isFiltering() ? null : lately.sentence(now),
                filter(filter),
                ended.size() > RolloutsQuery.PAGE ? filter.older(shown.getLast()) : null,
                filter.before() == null ? null : filter.newest(),
                first,
                BEGIN,
                demo.get().orElse(null));
    }

    /// Rollouts with what happened to them.
    private record Stories(Map<UUID, List<dev.serin.engine.rollout.Entry>> journals, Instant now) {

        Story of(RolloutRow row) {
            return row.story(journals.getOrDefault(row.id, List.of()), now);
        }
    }

    private static boolean waits(RolloutRow row) {
        return switch (row.phase) {
            case Phase.AwaitingApproval _, Phase.Paused _ -> true;
            case Phase.Waiting _, Phase.Observing _, Phase.Complete _, Phase.RolledBack _ -> false;
        };
    }

    private static Instant since(RolloutRow row) {
        return switch (row.phase) {
            case Phase.AwaitingApproval gate -> gate.since();
            case Phase.Paused paused -> paused.since();
            case Phase.Waiting _, Phase.Observing _, Phase.Complete _, Phase.RolledBack _ ->
                    row.lastAt;
        };
    }

    private static RolloutsView.Waiting waiting(RolloutRow row, Stories stories) {
        var story = stories.of(row);
        var plan = story.plan();
        boolean gate = row.phase instanceof Phase.AwaitingApproval;
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
                gate ? "Look and decide" : "Look",
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

    private RolloutsView.Filter filter(RolloutsFilter filter) {
        var state = filter.state();
        var outcome = filter.outcome();
        return new RolloutsView.Filter(
                names(query.routes(), filter.route()),
                choices(
                        Arrays.stream(RolloutsFilter.State.values())
                                .map(one -> new Choice(one.key(), one.words(), one == state))),
                choices(
                        Arrays.stream(RolloutsFilter.End.values())
                                .map(one -> new Choice(one.key(), one.words(), one == outcome))),
                names(query.teams(), filter.team()),
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

    private static String title(int waiting, int moving) {
        if (waiting > 0) {
            return waiting == 1 ? "1 waits for you" : waiting + " wait for you";
        }
        return moving > 0 ? moving + " under way" : "Rollouts";
    }

    /// Where only some are looked at.
    private static String nothing(boolean noneAtAll) {
        return noneAtAll
                ? "No rollout matches this filter."
                : "None that match this filter are under way.";
    }

    private static String sentence(int waiting, int moving, boolean first) {
        if (first) {
            return "No rollout has been started yet.";
        }
        if (waiting == 0) {
            return moving == 0
                    ? "Nothing is under way, and nothing waits for you."
                    : "%s under way, and nothing waits for you."
                            .formatted(moving == 1 ? "One rollout is" : count(moving) + " are");
        }
        var who = waiting == 1 ? "One rollout waits" : count(waiting) + " rollouts wait";
        var others =
                switch (moving) {
                    case 0 -> "nothing else is under way";
                    case 1 -> "one is on its way";
                    default ->
                            "%s are on their way"
                                    .formatted(count(moving).toLowerCase(java.util.Locale.ROOT));
                };
        return "%s for you, %s.".formatted(who, others);
    }

    private static String count(int number) {
        var words =
                List.of(
                        "None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight",
                        "Nine");
        return number < words.size() ? words.get(number) : Numbers.count(number);
    }
}
