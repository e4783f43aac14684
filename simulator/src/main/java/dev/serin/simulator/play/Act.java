package dev.serin.simulator.play;

import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Phase.AwaitingApproval;
import dev.serin.engine.rollout.Phase.Complete;
import dev.serin.engine.rollout.Phase.Observing;
import dev.serin.engine.rollout.Phase.Paused;
import dev.serin.engine.rollout.Phase.RolledBack;
import dev.serin.engine.rollout.Phase.Waiting;
import dev.serin.engine.rollout.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// What a person does in a play, and when. A signal that is refused is given again at the next look.
///
/// @param after how long after the moment began, 0 or more
public record Act(Moment moment, Duration after, Signal signal) {

    /// What a person waits for.
    public sealed interface Moment {

        /// Any gate opens.
        record Gate() implements Moment {}

        /// The rollout is paused, by Serin or by a person.
        record Pause() implements Moment {}

        /// A step is entered.
        ///
        /// @param index into the plan's steps
        record Step(int index) implements Moment {}
    }

    public Act {
        if (after.isNegative()) {
            throw new IllegalArgumentException("a person acts afterwards, got " + after);
        }
    }

    public static Act approve(String by, Duration after, String why) {
        return new Act(new Moment.Gate(), after, new Signal.Approve(by, why, "", Set.of()));
    }

    public static Act reject(String by, Duration after, String why) {
        return new Act(new Moment.Gate(), after, new Signal.Reject(by, why));
    }

    public static Act resume(String by, Duration after, String why) {
        return new Act(new Moment.Pause(), after, new Signal.Resume(by, why));
    }

    public static Act inStep(int step, Duration after, Signal signal) {
        return new Act(new Moment.Step(step), after, signal);
    }

    /// Whether this will ever happen while the rollout stays in `phase`.
    boolean answers(Phase phase) {
        return switch (phase) {
            case Observing(int step, _, _, _, _, _) ->
                    moment instanceof Moment.Step(int index) && index == step;
            case AwaitingApproval _ -> moment instanceof Moment.Gate;
            case Paused _ -> moment instanceof Moment.Pause;
            case Waiting _, Complete _, RolledBack _ -> false;
        };
    }

    boolean isDue(Phase phase, Instant now) {
        return answers(phase) && !now.isBefore(since(phase, now).plus(after));
    }

    private static Instant since(Phase phase, Instant now) {
        return switch (phase) {
            case Observing at -> at.since();
            case AwaitingApproval gate -> gate.since();
            case Paused paused -> paused.since();
            case Waiting _, Complete _, RolledBack _ -> now;
        };
    }
}
