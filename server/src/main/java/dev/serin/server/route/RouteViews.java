package dev.serin.server.route;

import dev.serin.engine.rollout.Phase;
import dev.serin.engine.slo.BudgetState;
import dev.serin.server.access.Rights;
import dev.serin.server.access.Role;
import dev.serin.server.access.Visitor;
import dev.serin.server.rollout.Restores;
import dev.serin.server.rollout.RouteStories;
import dev.serin.server.words.Budgets;
import dev.serin.server.words.Exposures;
import dev.serin.server.words.RolloutWords;
import dev.serin.server.words.Story;
import dev.serin.web.rollout.Fact;
import dev.serin.web.rollout.Note;
import dev.serin.web.rollout.Restore;
import dev.serin.web.route.RouteView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Puts one route into words.
final class RouteViews {

    private static final String AGO = " ago";

    private RouteViews() {}

    /// @param more facts beside those that are stored
    static RouteView of(
            RouteReads.One read, List<Fact> more, Visitor visitor, @Nullable Note note) {
        var whole = read.whole();
        var route = whole.route();
        var now = read.sums().now();
        var head = head(route, read.kept());
        var active = route.active();
        return new RouteView(
                route.name(),
                "/routes/" + RoutesViews.encoded(route.name()),
                head.title,
                head.tone,
                head.state,
                sentence(route, read.kept(), now),
                "%s: %s".formatted(head.state, said(route, read.kept())),
                route.simulated(),
                visitor.isNameless(),
                note,
                facts(route, more, now),
                active == null ? null : active.id().toString(),
                Rights.of(visitor, route.team()).operates() ? restore(route) : null,
                Timelines.of(whole.newest(), now),
                whole.newest().stream().map(upgrade -> run(upgrade, now)).toList(),
                whole.hasMore() ? "/?route=" + RoutesViews.encoded(route.name()) : null,
                promised(route, read.kept()),
                RouteObjectives.of(read.kept(), read.sums()),
                Costs.of(read.sums()),
                seen(route, read.sums()),
                route.team(),
                visitor.scope(Role.ADMIN).everywhere());
    }

    /// A promise's name in words.
    static String name(Promise promise) {
        var objective = promise.objective();
        return objective == null ? "Error budget" : Budgets.name(objective);
    }

    private record Head(String title, Tone tone, String state) {}

    /// What is most urgent: a rollout that waits, a budget that is gone, an alarm, a rollout on its
    /// way.
    private static Head head(RouteStories.Route route, List<Kept> kept) {
        var active = route.active();
        var phase = active == null ? null : active.story().rollout().phase();
        if (active != null && phase != null && asks(phase)) {
            return new Head(
                    RolloutWords.title(active.story()),
                    RolloutWords.tone(phase),
                    RolloutWords.state(phase));
        }
        if (kept.stream().anyMatch(RouteViews::isGone)) {
            return new Head("Budget exhausted: " + route.name(), Tone.BREACHED, "Budget exhausted");
        }
        if (kept.stream().anyMatch(Kept::isFiring)) {
            return new Head("Burning: " + route.name(), Tone.BREACHED, "Budget burns");
        }
        if (active != null && phase != null) {
            return new Head(
                    RolloutWords.title(active.story()),
                    RolloutWords.tone(phase),
                    RolloutWords.state(phase));
        }
        return new Head("Serving: " + route.name(), Tone.QUIET, "Serving");
    }

    private static boolean asks(Phase phase) {
        return switch (phase) {
            case Phase.Waiting _, Phase.Observing _ -> false;
            case Phase.AwaitingApproval _, Phase.Paused _, Phase.Complete _, Phase.RolledBack _ ->
                    true;
        };
    }

    private static boolean isGone(Kept kept) {
        return kept.window().state().status() == BudgetState.Status.EXHAUSTED
                || kept.month().state().status() == BudgetState.Status.EXHAUSTED;
    }

    private static String sentence(RouteStories.Route route, List<Kept> kept, Instant now) {
        return "%s has served %s %s.%s%s"
                .formatted(
                        route.model(),
                        route.name(),
                        since(route.since(), now),
                        underWay(route),
                        budgets(kept));
    }

    /// `for 2 h`, or `since 24 Oct 2026` where that is long ago.
    private static String since(Instant since, Instant now) {
        var words = Times.seen(since, now).words();
        return words.endsWith(AGO)
                ? "for " + words.substring(0, words.length() - AGO.length())
                : "since " + words;
    }

    private static String said(RouteStories.Route route, List<Kept> kept) {
        return "%s serves %s.%s%s"
                .formatted(route.model(), route.name(), underWay(route), budgets(kept));
    }

    private static String underWay(RouteStories.Route route) {
        var active = route.active();
        return active == null
                ? ""
                : " %s gets %s of its calls."
                                .formatted(
                                        active.story().plan().candidate(),
                                        RolloutWords.share(active.story()))
                        + frozen(active.story());
    }

    private static String frozen(Story story) {
        var frozen = story.frozen();
        return frozen == null ? "" : " It %s.".formatted(frozen.sentence());
    }

    private static String budgets(List<Kept> kept) {
        var gone =
                kept.stream()
                        .filter(RouteViews::isGone)
                        .map(one -> name(one.promise()).toLowerCase(Locale.ROOT))
                        .toList();
        if (gone.isEmpty()) {
            return "";
        }
        return gone.size() == 1
                ? " The error budget of %s is used up."
                        .formatted(gone.getFirst().replace("error budget", "its plan"))
                : " %d error budgets are used up.".formatted(gone.size());
    }

    private static List<Fact> facts(RouteStories.Route route, List<Fact> more, Instant now) {
        var facts = new ArrayList<Fact>();
        facts.add(
                new Fact(
                        "Model now",
                        route.model(),
                        "since " + Times.seen(route.since(), now).exact()));
        var before = route.before();
        facts.add(new Fact("Model before", before == null ? "none" : before.model(), ""));
        var active = route.active();
        facts.add(
                active == null
                        ? new Fact("Under way", "nothing", "")
                        : new Fact(
                                "Under way",
                                active.story().plan().candidate(),
                                "gets %s of the calls"
                                        .formatted(RolloutWords.share(active.story()))));
        facts.addAll(more);
        return facts;
    }

    private static @Nullable Restore restore(RouteStories.Route route) {
        var active = route.active();
        if (active != null) {
            return Restores.rollBack(active.id(), active.story().plan());
        }
        var before = route.before();
        return before == null
                ? null
                : Restores.putBack(before.promoter(), route.name(), before.model());
    }

    private static RouteView.Run run(RouteStories.Upgrade upgrade, Instant now) {
        var story = upgrade.story();
        var plan = story.plan();
        var phase = story.rollout().phase();
        return new RouteView.Run(
                upgrade.id().toString(),
                plan.baseline(),
                plan.candidate(),
                RolloutWords.tone(phase),
                upgrade.isWayBack() && phase instanceof Phase.Complete
                        ? "put back"
                        : RolloutWords.now(story),
                Times.seen(story.started(), now),
                Numbers.duration(story.took()),
                Exposures.words(story.judged().exposed()),
                upgrade.simulated());
    }

    private static String promised(RouteStories.Route route, List<Kept> kept) {
        if (route.promises() == null) {
            return "No plan has named objectives for this route.";
        }
        return kept.isEmpty()
                ? "The newest plan of this route names no objectives: add objectives to the next one."
                : "Those of the newest plan, to %s.".formatted(route.promises().candidate());
    }

    private static String seen(RouteStories.Route route, Sums sums) {
        return "They count the calls of both arms since %s, while rollouts were under way%s; calls at other times are not seen."
                .formatted(
                        Times.exact(sums.from()),
                        route.simulated() ? ", all of them simulated" : "");
    }
}
