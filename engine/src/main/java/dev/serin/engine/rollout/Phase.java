package dev.serin.engine.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Where a rollout stands, each case with only the data that it has.
public sealed interface Phase {

    /// A freeze keeps it from its first step: the baseline serves all calls.
    ///
    /// @param since when it was started
    record Waiting(Instant since) implements Phase {}

    /// The candidate takes its share of the calls and is watched.
    ///
    /// @param step index into the plan's steps, from 0
    /// @param since when the step was entered
    /// @param paused how long the step has stood still; that time is not step time
    /// @param patientSince from when the step's patience is counted
    /// @param patientFrom candidate calls of the step from which its patience is counted
    /// @param settled what a person was asked about in this step, or late of an earlier one, and went on
    ///     over: it does not ask again
    record Observing(
            int step,
            Instant since,
            Duration paused,
            Instant patientSince,
            long patientFrom,
            Set<String> settled)
            implements Phase {

        public Observing {
            settled = Set.copyOf(settled);
        }

        static Observing entered(int step, Instant now) {
            return entered(step, Set.of(), now);
        }

        static Observing entered(int step, Set<String> settled, Instant now) {
            return new Observing(step, now, Duration.ZERO, now, 0, settled);
        }

        /// How long the step has run at `now`, without the time that it was paused.
        Duration age(Instant now) {
            return Duration.between(since, now).minus(paused);
        }
    }

    /// The step went well and waits for a person.
    ///
    /// @param at the step as it was when the gate opened
    /// @param waived conditions, by their text, that a person allowed to be unsure
    /// @param approvedBy who has approved so far, when more than one must
    record AwaitingApproval(
            Observing at, Instant since, Set<String> waived, List<String> approvedBy)
            implements Phase {

        public AwaitingApproval {
            waived = Set.copyOf(waived);
            approvedBy = List.copyOf(approvedBy);
        }
    }

    /// The share stays and nothing advances until a person says so.
    ///
    /// @param asked what Serin asks about, so that a resume settles it; empty where a person paused
    /// @param why a sentence
    record Paused(Observing at, Instant since, Set<String> asked, String why) implements Phase {

        public Paused {
            asked = Set.copyOf(asked);
        }
    }

    /// The candidate is the route's model.
    record Complete(Instant at, Outcome outcome) implements Phase {}

    /// The baseline serves all calls again, for ever.
    ///
    /// @param step the last step that was entered
    record RolledBack(Instant at, int step, Outcome outcome) implements Phase {}
}
