package dev.serin.server.rollout;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.plan.Plan;
import dev.serin.server.access.Visitor;
import dev.serin.server.access.Visitors;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.words.Ladders;
import dev.serin.server.words.MetricWords;
import dev.serin.server.words.PlanProblems;
import dev.serin.web.plan.NewPlanView;
import dev.serin.web.plan.NewPlanView.Problem;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Tone;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Puts into words what a plan says, what is wrong with it, and what its start would do.
@ApplicationScoped
class PlanViews {

    private final Routes routes;
    private final Visitors visitors;

    PlanViews(Routes routes, Visitors visitors) {
        this.routes = routes;
        this.visitors = visitors;
    }

    PlanReading read(String text) {
        var sight = visitors.sight();
        return PlanReader.read(text, route -> routes.known(route, sight));
    }

    /// The page before anything was checked.
    NewPlanView unchecked(String text, Visitor visitor) {
        return new NewPlanView(
                text,
                Tone.QUIET,
                text.isEmpty()
                        ? "Write a plan, fill in the form, or begin with the example."
                        : "Check this plan, then start it.",
                List.of(),
                null,
                List.of(),
                false,
                "",
                visitor.isNameless(),
                PlanSources.EXAMPLE);
    }

    NewPlanView checked(String text, PlanReading reading, Visitor visitor) {
        if (text.isBlank()) {
            return unchecked("", visitor);
        }
        return switch (reading) {
            case PlanReading.TooLarge large ->
                    refused(text, List.of(new Problem(0, "", large.message(), "", true)), visitor);
            case PlanReading.Refused(var errors) ->
                    refused(text, errors.stream().map(PlanProblems::of).toList(), visitor);
            case PlanReading.Read read -> ready(text, read, visitor);
        };
    }

    /// A plan that can be read and yet not be started, for one reason.
    NewPlanView hindered(String text, PlanReading.Read read, String why, Visitor visitor) {
        var view = ready(text, read, visitor);
        var problems = new ArrayList<Problem>();
        problems.add(new Problem(0, "", why, "", true));
        problems.addAll(view.problems());
        return new NewPlanView(
                text,
                Tone.BREACHED,
                "This plan was not started.",
                problems,
                view.ladder(),
                view.summary(),
                true,
                view.start(),
                view.asksName(),
                PlanSources.EXAMPLE);
    }

    private static NewPlanView refused(String text, List<Problem> problems, Visitor visitor) {
        return new NewPlanView(
                text,
                Tone.BREACHED,
                problems.size() == 1
                        ? "1 thing keeps this plan from starting."
                        : "%d things keep this plan from starting.".formatted(problems.size()),
                problems,
                null,
                List.of(),
                false,
                "",
                visitor.isNameless(),
                PlanSources.EXAMPLE);
    }

    private static NewPlanView ready(String text, PlanReading.Read read, Visitor visitor) {
        var plan = read.plan();
        var warnings = read.warnings().stream().map(PlanProblems::of).toList();
        boolean incomplete = plan.baseline().equals(PlanReader.ROUTES_MODEL);
        return new NewPlanView(
                text,
                warnings.isEmpty() ? Tone.MET : Tone.UNSURE,
                incomplete
                        ? "This plan can be read, but nobody knows the route's model yet: name a baseline."
                        : warnings.isEmpty()
                                ? "This plan is ready."
                                : "This plan is ready; %s."
                                        .formatted(
                                                warnings.size() == 1
                                                        ? "1 thing is worth knowing"
                                                        : warnings.size()
                                                                + " things are worth knowing"),
                warnings,
                Ladders.of(plan),
                summary(plan),
                !incomplete,
                start(plan),
                visitor.isNameless(),
                PlanSources.EXAMPLE);
    }

    private static String start(Plan plan) {
        var first = plan.step(0);
        return first.reachesCandidate()
                ? "Start: %s of %s to %s"
                        .formatted(
                                Numbers.share(first.share().fraction()),
                                plan.route(),
                                plan.candidate())
                : "Start: measure %s first".formatted(plan.baseline());
    }

    private static List<String> summary(Plan plan) {
        var lines = new ArrayList<String>();
        lines.add(
                "%s takes the calls of %s from %s: %s."
                        .formatted(
                                plan.candidate(),
                                plan.route(),
                                plan.baseline(),
                                plan.steps().stream()
                                        .map(step -> Numbers.share(step.share().fraction()))
                                        .collect(Collectors.joining(", "))));
        lines.add(
                plan.steps().stream()
                        .filter(step -> step.gate() != null)
                        .map(step -> Numbers.share(step.share().fraction()))
                        .collect(
                                Collectors.collectingAndThen(
                                        Collectors.joining(", "),
                                        gates ->
                                                gates.isEmpty()
                                                        ? "It asks nobody on its way."
                                                        : "It asks a person after %s."
                                                                .formatted(gates))));
        conditions(lines, plan, Condition.Consequence.ROLL_BACK, "Rolls back when ");
        conditions(lines, plan, Condition.Consequence.ASK, "Pauses and asks when ");
        conditions(lines, plan, Condition.Consequence.SHOW, "Only shows when ");
        return lines;
    }

    private static void conditions(
            List<String> lines, Plan plan, Condition.Consequence then, String begin) {
        var conditions =
                plan.conditions().stream()
                        .filter(condition -> condition.then() == then)
                        .map(MetricWords::condition)
                        .toList();
        if (!conditions.isEmpty()) {
            lines.add(begin + String.join(" or ", conditions) + ".");
        }
    }
}
