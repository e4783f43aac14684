package dev.serin.server.words;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Outcome;
import dev.serin.engine.rollout.Phase;
import dev.serin.web.chart.Ladder;
import dev.serin.web.words.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Draws a plan, or a rollout of it, as a ladder.
public final class Ladders {

    private Ladders() {}

    /// A plan that nobody has started.
    public static Ladder of(Plan plan) {
        var rungs = new ArrayList<Ladder.Rung>();
        for (var step : plan.steps()) {
            rungs.add(
                    new Ladder.Rung(
                            step.name(),
                            step.share().fraction(),
                            step.duration(),
                            Duration.ZERO,
                            Duration.ZERO,
                            Ladder.Place.AHEAD,
                            step.gate() == null ? Ladder.Gate.NONE : Ladder.Gate.SHUT));
        }
        return new Ladder("The plan: " + shares(plan) + ".", rungs, null);
    }

    public static Ladder of(Story story) {
        var plan = story.plan();
        var visits = story.visits();
        var rungs = new ArrayList<Ladder.Rung>();
        for (int i = 0; i < plan.steps().size(); i++) {
            var step = plan.step(i);
            var visit = visitOf(visits, i);
            rungs.add(
                    new Ladder.Rung(
                            step.name(),
                            step.share().fraction(),
                            step.duration(),
                            visit == null ? Duration.ZERO : visit.taken(),
                            visit == null ? Duration.ZERO : visit.waited(),
                            place(story, visits, i),
                            gate(story, i)));
        }
        return new Ladder(words(story), rungs, end(story));
    }

    private static Story.@Nullable Visit visitOf(List<Story.Visit> visits, int step) {
        return visits.stream().filter(visit -> visit.step() == step).findFirst().orElse(null);
    }

    private static Ladder.Place place(Story story, List<Story.Visit> visits, int step) {
        int now = story.rollout().step();
        boolean complete = story.rollout().phase() instanceof Phase.Complete;
        if (visitOf(visits, step) == null && !complete) {
            return Ladder.Place.AHEAD;
        }
        return step == now ? Ladder.Place.NOW : Ladder.Place.PASSED;
    }

    private static Ladder.Gate gate(Story story, int step) {
        if (story.plan().step(step).gate() == null) {
            return Ladder.Gate.NONE;
        }
        if (story.rollout().phase() instanceof Phase.AwaitingApproval gate
                && gate.at().step() == step) {
            return Ladder.Gate.ASKING;
        }
        for (var entry : story.journal().reversed()) {
            if (entry.step() == step
                    && entry instanceof Entry.Approved approved
                    && approved.missing() == 0) {
                return Ladder.Gate.APPROVED;
            }
            if (entry instanceof Entry.RolledBack back
                    && back.step() == step
                    && back.outcome().kind() == Outcome.Kind.REJECTED) {
                return Ladder.Gate.REJECTED;
            }
        }
        return Ladder.Gate.SHUT;
    }

    private static Ladder.@Nullable End end(Story story) {
        return switch (story.rollout().phase()) {
            case Phase.Waiting _, Phase.Observing _, Phase.AwaitingApproval _, Phase.Paused _ ->
                    null;
            case Phase.Complete _ -> new Ladder.End(true, "promoted");
            case Phase.RolledBack _ -> new Ladder.End(false, RolloutWords.endedBecause(story));
        };
    }

    private static String words(Story story) {
        var plan = story.plan();
        var now = Numbers.share(story.rollout().share().fraction());
        var stands =
                switch (story.rollout().phase()) {
                    case Phase.Waiting _ -> "It has not begun";
                    case Phase.Observing _ -> "It stands at " + now;
                    case Phase.AwaitingApproval _ -> "It waits at the gate after " + now;
                    case Phase.Paused _ -> "It is paused at " + now;
                    case Phase.Complete _ -> "It was promoted";
                    case Phase.RolledBack(_, int step, _) ->
                            "It was rolled back at "
                                    + Numbers.share(plan.step(step).share().fraction());
                };
        return "Steps of %s. %s.".formatted(shares(plan), stands);
    }

    private static String shares(Plan plan) {
        return plan.steps().stream()
                .map(step -> Numbers.share(step.share().fraction()))
                .collect(Collectors.joining(", "));
    }
}
