package dev.serin.server.rollout;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.SerinConfig;
import dev.serin.server.evidence.Gathering;
import dev.serin.server.problem.ProblemException;
import dev.serin.server.words.Exposures;
import dev.serin.server.words.MetricWords;
import dev.serin.web.rollout.BadCallsView;
import dev.serin.web.rollout.BadList;
import dev.serin.web.words.Numbers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts the bad calls of a rollout into words, back to the first that is kept.
@ApplicationScoped
class BadCallViews {

    private final BadCalls calls;
    private final Gathering evidence;
    private final SerinConfig config;
    private final InstantSource clock;

    BadCallViews(BadCalls calls, Gathering evidence, SerinConfig config, InstantSource clock) {
        this.calls = calls;
        this.evidence = evidence;
        this.config = config;
        this.clock = clock;
    }

    /// @param armName `candidate` or `baseline`
    /// @param number of the plan's condition that they were bad for, from 1; null for any
    /// @param before where the page begins; null for the newest
    /// @throws NoSuchRollout if there is none with this id
    /// @throws ProblemException if there is no such arm or condition
    @Transactional
    BadCallsView of(UUID id, String armName, @Nullable Integer number, @Nullable String before) {
        var row = RolloutRow.load(id);
        var now = clock.instant();
        var plan = row.enginePlan();
        var arm = arm(armName);
        var condition = condition(plan.conditions(), number);
        var all = evidence.of(id, now).evidence();
        var behind = BadCalls.Behind.parse(before);
        var page = calls.page(id, arm, condition, behind, row.plan.traceLink(), now);
        var what = condition == null ? "" : " for " + MetricWords.condition(condition);
        var counts =
                Exposures.counts(
                        all, arm, condition == null ? new Track.Calls() : track(condition));
        return new BadCallsView(
                id.toString(),
                row.route,
                plan.baseline(),
                plan.candidate(),
                "Bad calls of the %s%s".formatted(armName, what),
                counted(counts, condition),
                arms(arm, number),
                conditions(plan.conditions(), armName, number),
                page.calls().stream()
                        .map(call -> condition == null ? call.view() : call.viewFor(condition))
                        .toList(),
                page.older() == null ? null : query(armName, number, page.older()),
                behind.equals(BadCalls.Behind.NOTHING) ? null : query(armName, number, null),
                kept(row));
    }

    /// A condition judges a caller's first calls; the list has the later ones too.
    private String counted(Tally.Counts counts, @Nullable Condition condition) {
        var words =
                "%s of %s %s counted as bad."
                        .formatted(
                                Numbers.count(counts.bad()),
                                Numbers.count(counts.n()),
                                counts.n() == 1 ? "call" : "calls");
        return condition == null
                ? words
                : "%s Of one caller the first %s in a step and hour are judged; all that were bad are listed."
                        .formatted(words, Numbers.count(config.intake().callsPerKey()));
    }

    private String kept(RolloutRow row) {
        var source = row.plan.source();
        if (source != null) {
            return "This rollout's calls are counted by %s, which names none of them."
                    .formatted(source.name());
        }
        return "Single calls are kept for %s after the last rollout of their day has ended; what they add up to is kept longer.%s"
                .formatted(
                        Numbers.duration(config.intake().callsKept()),
                        row.simulated ? " A run that was played in virtual time has none." : "");
    }

    /// The list of all that were bad of the candidate; null if none was, or no single one is known.
    ///
    /// @param known bad calls that are kept
    static @Nullable BadList ofCandidate(Evidence all, List<BadCalls.Bad> known) {
        return Exposures.counts(all, Arm.CANDIDATE, new Track.Calls()).bad() == 0
                        || !isKnown(known, Arm.CANDIDATE)
                ? null
                : new BadList("All bad calls of the candidate", query("candidate", null, null));
    }

    private static boolean isKnown(List<BadCalls.Bad> known, Arm arm) {
        return known.stream().anyMatch(call -> call.arm() == arm);
    }

    /// The lists of those that were bad for a condition, of each arm that has some.
    ///
    /// @param known bad calls that are kept
    static List<BadList> of(
            List<Condition> conditions,
            Condition condition,
            Evidence all,
            List<BadCalls.Bad> known) {
        int number = conditions.indexOf(condition) + 1;
        var track = BadCalls.track(condition);
        return number == 0 || track == null
                ? List.of()
                : Stream.of(Arm.CANDIDATE, Arm.BASELINE)
                        .filter(arm ->
                                Exposures.counts(all, arm, track).bad() > 0 && isKnown(known, arm))
                        .map(arm ->
                                new BadList(
                                        "All of the " + word(arm), query(word(arm), number, null)))
                        .toList();
    }

    private static Arm arm(String name) {
        return Stream.of(Arm.values())
                .filter(arm -> word(arm).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.badField("arm", "is candidate or baseline, got " + name));
    }

    private static @Nullable Condition condition(
            List<Condition> conditions, @Nullable Integer number) {
        if (number == null) {
            return null;
        }
        if (number < 1
                || number > conditions.size()
                || BadCalls.track(conditions.get(number - 1)) == null) {
            throw ProblemException.badField(
                    "condition", "is the number of one that counts single calls, got " + number);
        }
        return conditions.get(number - 1);
    }

    private static List<BadCallsView.Choice> arms(Arm chosen, @Nullable Integer number) {
        return Stream.of(Arm.CANDIDATE, Arm.BASELINE)
                .map(arm ->
                        new BadCallsView.Choice(
                                word(arm), query(word(arm), number, null), arm == chosen))
                .toList();
    }

    private static List<BadCallsView.Choice> conditions(
            List<Condition> conditions, String arm, @Nullable Integer chosen) {
        var choices = new ArrayList<BadCallsView.Choice>();
        choices.add(
                new BadCallsView.Choice(
                        "failed or labelled bad", query(arm, null, null), chosen == null));
        for (int i = 0; i < conditions.size(); i++) {
            int number = i + 1;
            if (BadCalls.track(conditions.get(i)) != null) {
                choices.add(
                        new BadCallsView.Choice(
                                MetricWords.condition(conditions.get(i)),
                                query(arm, number, null),
                                chosen != null && chosen == number));
            }
        }
        return choices;
    }

    private static Track track(Condition condition) {
        return Objects.requireNonNull(BadCalls.track(condition), "only such can be chosen");
    }

    private static String word(Arm arm) {
        return arm.name().toLowerCase(Locale.ROOT);
    }

    private static String query(
            String arm, @Nullable Integer condition, BadCalls.@Nullable Behind before) {
        return "?arm=%s%s%s"
                .formatted(
                        arm,
                        condition == null ? "" : "&condition=" + condition,
                        before == null ? "" : "&before=" + RolloutViews.encoded(before.text()));
    }
}
