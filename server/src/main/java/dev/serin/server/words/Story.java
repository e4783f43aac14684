package dev.serin.server.words;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Freeze;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rollout with all that happened to it, from which pages tell.
///
/// @param judged what the last look at its evidence found
/// @param journal all its entries, the oldest first
/// @param now when it is told
/// @param frozen the freeze that keeps it from its next step up; null if none does
public record Story(
        Rollout rollout,
        Judgement judged,
        List<Entry> journal,
        Instant now,
        @Nullable Freeze frozen) {

    public Story {
        journal = List.copyOf(journal);
    }

    /// One that no freeze holds up.
    public Story(Rollout rollout, Judgement judged, List<Entry> journal, Instant now) {
        this(rollout, judged, journal, now, null);
    }

    public Plan plan() {
        return rollout.plan();
    }

    public Instant started() {
        return journal.isEmpty() ? rollout.last() : journal.getFirst().at();
    }

    /// When it ended, or null while it has not.
    public @Nullable Instant ended() {
        return switch (rollout.phase()) {
            case Phase.Waiting _, Phase.Observing _, Phase.AwaitingApproval _, Phase.Paused _ ->
                    null;
            case Phase.Complete(var at, _) -> at;
            case Phase.RolledBack(var at, _, _) -> at;
        };
    }

    /// From its start to its end, or to now.
    public Duration took() {
        var end = ended();
        return Duration.between(started(), end == null ? now : end);
    }

    /// How long it has waited for people, at gates and paused.
    public Duration waited() {
        return visits().stream().map(Visit::waited).reduce(Duration.ZERO, Duration::plus);
    }

    /// The steps that were entered, in order.
    public List<Visit> visits() {
        var visits = new ArrayList<Visit>();
        @Nullable Open open = null;
        for (var entry : journal) {
            if (entry instanceof Entry.StepEntered entered) {
                if (open != null) {
                    visits.add(open.left(entered.at()));
                }
                open = new Open(entered.step(), entered.at());
            } else if (open != null) {
                open.sees(entry);
            }
        }
        if (open != null) {
            var end = ended();
            visits.add(open.left(end == null ? now : end));
        }
        return visits;
    }

    /// A step that was entered.
    ///
    /// @param until when it was left, or now
    /// @param waited how much of it passed at its gate or paused
    public record Visit(int step, Instant since, Instant until, Duration waited) {

        public Duration taken() {
            var taken = Duration.between(since, until).minus(waited);
            return taken.isNegative() ? Duration.ZERO : taken;
        }
    }

    /// A step that is being read from the journal.
    private static final class Open {

        private final int step;
        private final Instant since;
        private Duration waited = Duration.ZERO;
        private @Nullable Instant waitsSince;

        Open(int step, Instant since) {
            this.step = step;
            this.since = since;
        }

        void sees(Entry entry) {
            switch (entry) {
                case Entry.GateOpened _, Entry.Paused _ -> waits(entry.at());
                case Entry.Resumed _, Entry.Promoted _ -> goesOn(entry.at());
                case Entry.Approved approved when approved.missing() == 0 -> goesOn(entry.at());
                case Entry.Approved _, Entry.Started _, Entry.StepEntered _ -> {}
                case Entry.RolledBack _, Entry.Completed _ -> goesOn(entry.at());
            }
        }

        Visit left(Instant until) {
            goesOn(until);
            return new Visit(step, since, until, waited);
        }

        private void waits(Instant at) {
            if (waitsSince == null) {
                waitsSince = at;
            }
        }

        private void goesOn(Instant at) {
            if (waitsSince != null) {
                waited = waited.plus(Duration.between(waitsSince, at));
                waitsSince = null;
            }
        }
    }
}
