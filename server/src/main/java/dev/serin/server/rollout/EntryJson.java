package dev.serin.server.rollout;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.rollout.Entry;
import dev.serin.server.rollout.RolloutJson.FindingJson;
import dev.serin.server.rollout.RolloutJson.OutcomeJson;
import dev.serin.server.rollout.RolloutJson.StepJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A line of the journal in the words of the API.
///
/// @param seq counts the rollout's entries from 1
/// @param version the rollout's version after it
/// @param kind started, stepEntered, gateOpened, approved, promoted, paused, resumed, rolledBack or
///     completed
/// @param saw names the evidence that an approver looked at; empty if none was named
/// @param sawFindings what that evidence said; null if none was named, or it is kept no more
/// @param findings what the evidence said when it happened
/// @param sentence all of it in words
@RegisterForReflection
public record EntryJson(
        int seq,
        long version,
        Instant at,
        String kind,
        StepJson step,
        String by,
        @Nullable String why,
        @Nullable Double share,
        @Nullable String saw,
        @Nullable List<FindingJson> sawFindings,
        @Nullable Set<String> waived,
        @Nullable Integer missing,
        @Nullable OutcomeJson outcome,
        List<FindingJson> findings,
        String sentence) {

    /// @param seen the findings that approvers looked at, by the name of their evidence
    static EntryJson of(RolloutRow rollout, JournalRow row, Map<String, List<Finding>> seen) {
        var entry = row.entry;
        return new EntryJson(
                row.seq,
                row.version,
                entry.at(),
                kind(entry),
                new StepJson(entry.step(), rollout.enginePlan().step(entry.step()).name()),
                entry.by(),
                why(entry),
                entry instanceof Entry.StepEntered entered ? entered.share().fraction() : null,
                entry instanceof Entry.Approved approved ? approved.saw() : null,
                sawFindings(entry, seen),
                waived(entry),
                entry instanceof Entry.Approved approved ? approved.missing() : null,
                outcome(entry),
                entry.findings().stream().map(FindingJson::of).toList(),
                Told.sentence(entry, rollout.enginePlan()));
    }

    private static @Nullable List<FindingJson> sawFindings(
            Entry entry, Map<String, List<Finding>> seen) {
        var findings = entry instanceof Entry.Approved approved ? seen.get(approved.saw()) : null;
        return findings == null ? null : findings.stream().map(FindingJson::of).toList();
    }

    private static String kind(Entry entry) {
        return switch (entry) {
            case Entry.Started _ -> "started";
            case Entry.StepEntered _ -> "stepEntered";
            case Entry.GateOpened _ -> "gateOpened";
            case Entry.Approved _ -> "approved";
            case Entry.Promoted _ -> "promoted";
            case Entry.Paused _ -> "paused";
            case Entry.Resumed _ -> "resumed";
            case Entry.RolledBack _ -> "rolledBack";
            case Entry.Completed _ -> "completed";
        };
    }

    private static @Nullable String why(Entry entry) {
        return switch (entry) {
            case Entry.Approved approved -> approved.why();
            case Entry.Promoted promoted -> promoted.why();
            case Entry.Paused paused -> paused.why();
            case Entry.Resumed resumed -> resumed.why();
            case Entry.Started _,
                    Entry.StepEntered _,
                    Entry.GateOpened _,
                    Entry.RolledBack _,
                    Entry.Completed _ ->
                    null;
        };
    }

    private static @Nullable Set<String> waived(Entry entry) {
        return switch (entry) {
            case Entry.GateOpened opened -> opened.waived();
            case Entry.Approved approved -> approved.waived();
            case Entry.Promoted promoted -> promoted.waived();
            case Entry.Started _,
                    Entry.StepEntered _,
                    Entry.Paused _,
                    Entry.Resumed _,
                    Entry.RolledBack _,
                    Entry.Completed _ ->
                    null;
        };
    }

    private static @Nullable OutcomeJson outcome(Entry entry) {
        return switch (entry) {
            case Entry.RolledBack rolledBack -> OutcomeJson.of(rolledBack.outcome());
            case Entry.Completed completed -> OutcomeJson.of(completed.outcome());
            case Entry.Started _,
                    Entry.StepEntered _,
                    Entry.GateOpened _,
                    Entry.Approved _,
                    Entry.Promoted _,
                    Entry.Paused _,
                    Entry.Resumed _ ->
                    null;
        };
    }
}
