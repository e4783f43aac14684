package dev.serin.server.words;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Phase;
import dev.serin.web.rollout.Action;
import dev.serin.web.words.Numbers;
import java.util.ArrayList;
import java.util.List;

/// What may be done with a rollout now, in words that say what will happen.
public final class Actions {

    private Actions() {}

    /// Beside the gate, which has its own two.
    public static List<Action> of(Story story) {
        var judged = story.judged();
        var actions = new ArrayList<Action>();
        switch (story.rollout().phase()) {
            case Phase.Waiting _ -> actions.add(rollBack(story));
            case Phase.Observing at -> {
                if (canBeForced(judged)) {
                    actions.add(promote(story, at.step()));
                }
                actions.add(Action.press("pause", "Pause at " + RolloutWords.share(story)));
                actions.add(rollBack(story));
            }
            case Phase.AwaitingApproval _ -> {
                actions.add(Action.press("pause", "Pause at " + RolloutWords.share(story)));
                actions.add(rollBack(story));
            }
            case Phase.Paused paused -> {
                actions.add(resume(story));
                if (canBeForced(judged)) {
                    actions.add(promote(story, paused.at().step()));
                }
                actions.add(rollBack(story));
            }
            case Phase.Complete _, Phase.RolledBack _ -> {}
        }
        return actions;
    }

    /// The gate's own yes.
    static Action approve(Story story, int step) {
        var plan = story.plan();
        var to = RolloutWords.shareAfter(plan, step);
        var text =
                plan.isLast(step) ? "Approve: promote " + plan.candidate() : "Approve: go to " + to;
        return underFreeze(
                story,
                new Action(
                        "approve",
                        text,
                        new Action.Ask(text + "?", change(plan, step)),
                        waivers(story)));
    }

    /// The gate's own no.
    static Action reject(Story story) {
        return Action.press("reject", "Reject: back to " + story.plan().baseline());
    }

    private static Action promote(Story story, int step) {
        var plan = story.plan();
        boolean gated = plan.step(step).gate() != null;
        var text =
                gated
                        ? "Open the gate now"
                        : plan.isLast(step)
                                ? "Promote %s now".formatted(plan.candidate())
                                : "Go to %s now".formatted(RolloutWords.shareAfter(plan, step));
        var change =
                gated
                        ? "The rest of this step's time is waived, and a person is asked to approve."
                        : change(plan, step);
        return underFreeze(
                story,
                new Action("promote", text, new Action.Ask(text + "?", change), waivers(story)));
    }

    /// What raises the share is shown and cannot be pressed while a freeze holds.
    private static Action underFreeze(Story story, Action raising) {
        return story.frozen() == null ? raising : raising.freeze();
    }

    private static Action resume(Story story) {
        var share = RolloutWords.share(story);
        return new Action(
                "resume",
                "Go on at " + share,
                new Action.Ask(
                        "Go on at %s?".formatted(share),
                        "The step runs on, and the rollout moves by itself again."),
                List.of());
    }

    private static Action rollBack(Story story) {
        var baseline = story.plan().baseline();
        return Action.press(
                "rollback",
                story.rollout().share().fraction() > 0
                        ? "Roll back to " + baseline
                        : "Stop and keep " + baseline);
    }

    private static String change(Plan plan, int step) {
        var from = Numbers.share(plan.step(step).share().fraction());
        var to = RolloutWords.shareAfter(plan, step);
        return plan.isLast(step)
                ? "%s becomes the model of %s and gets all of its calls."
                        .formatted(plan.candidate(), plan.route())
                : "%s gets %s of the calls instead of %s.".formatted(plan.candidate(), to, from);
    }

    /// A breached condition is never waived, so the button would only be refused.
    private static boolean canBeForced(Judgement judged) {
        return judged.current().stream()
                .noneMatch(finding ->
                        finding instanceof Finding.Breached && finding.condition().decides());
    }

    private static List<Action.Waiver> waivers(Story story) {
        var judged = story.judged();
        int step = story.rollout().step();
        var waivers = new ArrayList<Action.Waiver>();
        for (var finding : judged.current()) {
            if (finding instanceof Finding.Unsure && finding.condition().decides()) {
                waivers.add(
                        new Action.Waiver(
                                step,
                                finding.condition().text(),
                                RolloutWords.full(FindingWords.shortly(finding))));
            }
        }
        judged.blocks()
                .forEach(block -> waivers.add(new Action.Waiver(step, block.name(), block.why())));
        return waivers;
    }
}
