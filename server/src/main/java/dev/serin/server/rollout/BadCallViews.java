package dev.serin.server.rollout;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.SerinConfig;
import dev.serin.server.evidence.Gathering;
import dev.serin.server.problem.ProblemException;
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
        long counted = condition == null ? bad(all, arm) : bad(all, arm, condition);
        return new BadCallsView(
                id.toString(),
                row.route,
                plan.baseline(),
                plan.candidate(),
                "%s bad %s of the %s%s"
                        .formatted(
                                Numbers.count(counted),
                                counted == 1 ? "call" : "calls",
                                armName,
                                what),
                arms(arm, number),
                conditions(plan.conditions(), armName, number),
                page.calls().stream()
                        .map(call -> condition == null ? call.view() : call.viewFor(condition))
                        .toList(),
                page.older() == null ? null : query(armName, number, page.older()),
                behind.equals(BadCalls.Behind.NOTHING) ? null : query(armName, number, null),
                "Single calls are kept for %s after the last rollout of their day has ended; what they add up to is kept longer."
                        .formatted(Numbers.duration(config.intake().callsKept())));
    }

    /// The list of all that were bad of the candidate; null if none was.
    static @Nullable BadList ofCandidate(Evidence all) {
        long counted = bad(all, Arm.CANDIDATE);
        return counted == 0
                ? null
                : new BadList(
                        "All %s bad %s of the candidate"
                                .formatted(Numbers.count(counted), counted == 1 ? "call" : "calls"),
                        query("candidate", null, null));
    }

    /// The lists of those that were bad for a condition, of each arm that has some.
    static List<BadList> of(Evidence all, List<Condition> conditions, Condition condition) {
        int number = conditions.indexOf(condition) + 1;
        return number == 0
                ? List.of()
                : Stream.of(Arm.CANDIDATE, Arm.BASELINE)
                        .filter(arm -> bad(all, arm, condition) > 0)
                        .map(arm ->
                                new BadList(
                                        "All %s of the %s"
                                                .formatted(
                                                        Numbers.count(bad(all, arm, condition)),
                                                        word(arm)),
                                        query(word(arm), number, null)))
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

    private static long bad(Evidence all, Arm arm) {
        return bad(all, arm, new Track.Calls());
    }

    private static long bad(Evidence all, Arm arm, Condition condition) {
        var track = BadCalls.track(condition);
        return track == null ? 0 : bad(all, arm, track);
    }

    private static long bad(Evidence all, Arm arm, Track track) {
        return all.steps().stream().mapToLong(step -> of(step, arm).counts(track).bad()).sum();
    }

    private static Tallies of(StepEvidence step, Arm arm) {
        return switch (arm) {
            case BASELINE -> step.baseline();
            case CANDIDATE -> step.candidate();
        };
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
