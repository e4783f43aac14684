package dev.serin.server.words;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Rollout;
import dev.serin.web.rollout.EntryView;
import dev.serin.web.rollout.FindingView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The journal, a sentence for each entry.
public final class JournalWords {

    private JournalWords() {}

    /// One entry.
    ///
    /// @param seq its place in the journal
    /// @param seen the findings that approvers looked at, by the name of their evidence
    public static EntryView entry(
            Plan plan, long seq, Entry entry, Map<String, List<Finding>> seen, Instant now) {
        return new EntryView(
                seq,
                Times.seen(entry.at(), now),
                tone(entry),
                sentence(plan, entry),
                entry.by().equals(Rollout.SERIN) ? null : entry.by(),
                comment(entry),
                lines(entry.findings()),
                entry instanceof Entry.Approved approved
                        ? lines(seen.getOrDefault(approved.saw(), List.of()))
                        : List.of());
    }

    private static List<FindingView> lines(List<Finding> findings) {
        return findings.stream().map(FindingWords::past).map(FindingWords::line).toList();
    }

    private static Tone tone(Entry entry) {
        return switch (entry) {
            case Entry.Started _ -> Tone.QUIET;
            case Entry.StepEntered _, Entry.Resumed _, Entry.Promoted _ -> Tone.MOVING;
            case Entry.GateOpened _ -> Tone.WAITING;
            case Entry.Approved _, Entry.Completed _ -> Tone.MET;
            case Entry.Paused _ -> Tone.PAUSED;
            case Entry.RolledBack _ -> Tone.BREACHED;
        };
    }

    static String sentence(Plan plan, Entry entry) {
        return switch (entry) {
            case Entry.Started _ ->
                    "Started: %s may replace %s.".formatted(plan.candidate(), plan.baseline());
            case Entry.StepEntered entered -> stepEntered(plan, entered);
            case Entry.GateOpened gate ->
                    "%s is passed. A person is asked whether to go to %s.%s"
                            .formatted(
                                    share(plan, gate.step()),
                                    RolloutWords.shareAfter(plan, gate.step()),
                                    waived(gate.waived()));
            case Entry.Approved approved -> approved(plan, approved);
            case Entry.Promoted promoted ->
                    "Finished the step at %s early.%s"
                            .formatted(share(plan, promoted.step()), waived(promoted.waived()));
            case Entry.Paused paused when paused.by().equals(Rollout.SERIN) ->
                    "Paused at %s, and asks: %s"
                            .formatted(share(plan, paused.step()), RolloutWords.full(paused.why()));
            case Entry.Paused paused -> "Paused at %s.".formatted(share(plan, paused.step()));
            case Entry.Resumed resumed -> "Goes on at %s.".formatted(share(plan, resumed.step()));
            case Entry.RolledBack back -> rolledBack(plan, back);
            case Entry.Completed done -> RolloutWords.full(done.outcome().reason());
        };
    }

    private static String stepEntered(Plan plan, Entry.StepEntered entered) {
        int step = entered.step();
        if (step == 0) {
            return first(plan);
        }
        var why = isMet(entered) ? ": " + RolloutWords.allMet(entered.findings()) : "";
        return "Went from %s to %s%s.".formatted(share(plan, step - 1), share(plan, step), why);
    }

    private static String first(Plan plan) {
        var step = plan.step(0);
        if (step.isShadow()) {
            return "%s gets copies of %s of the calls; nobody gets its answers."
                    .formatted(plan.candidate(), Numbers.share(step.mirror().fraction()));
        }
        return step.reachesCandidate()
                ? "%s gets %s of the calls.".formatted(plan.candidate(), share(plan, 0))
                : "The baseline is measured alone first.";
    }

    /// Whether the step before was judged, and all that decides in it was met.
    private static boolean isMet(Entry.StepEntered entered) {
        var deciding =
                entered.findings().stream()
                        .filter(finding -> finding.condition().decides())
                        .toList();
        return !deciding.isEmpty() && deciding.stream().allMatch(Finding.Met.class::isInstance);
    }

    private static String approved(Plan plan, Entry.Approved approved) {
        var to = RolloutWords.shareAfter(plan, approved.step());
        var more =
                switch (approved.missing()) {
                    case 0 -> "";
                    case 1 -> " One more person has to.";
                    default -> " %d more people have to.".formatted(approved.missing());
                };
        return "Approved: go to %s.%s%s".formatted(to, more, waived(approved.waived()));
    }

    private static String rolledBack(Plan plan, Entry.RolledBack back) {
        var reason = RolloutWords.full(back.outcome().reason());
        return switch (back.outcome().kind()) {
            case BREACHED, EXPOSURE -> "Rolled back to %s: %s".formatted(plan.baseline(), reason);
            case PROMOTED, ROLLED_BACK_BY_HAND, REJECTED -> reason;
        };
    }

    private static @Nullable String comment(Entry entry) {
        var why =
                switch (entry) {
                    case Entry.Approved approved -> approved.why();
                    case Entry.Promoted promoted -> promoted.why();
                    case Entry.Resumed resumed -> resumed.why();
                    case Entry.Paused paused when !paused.by().equals(Rollout.SERIN) ->
                            said(paused.why(), paused.by()).orElse("");
                    case Entry.Paused _,
                            Entry.Started _,
                            Entry.StepEntered _,
                            Entry.GateOpened _,
                            Entry.RolledBack _,
                            Entry.Completed _ ->
                            "";
                };
        return why.isBlank() ? null : why;
    }

    /// What somebody said when they paused it; empty where they said nothing.
    static Optional<String> said(String why, String by) {
        return why.equals(by + " paused it") ? Optional.empty() : Optional.of(why);
    }

    private static String waived(Set<String> waived) {
        return waived.isEmpty()
                ? ""
                : " Passed over, still unsure: %s.".formatted(String.join(", ", waived));
    }

    private static String share(Plan plan, int step) {
        return Numbers.share(plan.step(step).share().fraction());
    }
}
