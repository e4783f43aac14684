package dev.serin.server.rollout;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.access.Rights;
import dev.serin.server.access.Visitor;
import dev.serin.server.evidence.ForcedCalls;
import dev.serin.server.evidence.Gathering;
import dev.serin.server.evidence.Judges;
import dev.serin.server.planfile.PlanWriter;
import dev.serin.server.provider.Providers;
import dev.serin.server.words.Actions;
import dev.serin.server.words.Budgets;
import dev.serin.server.words.Courses;
import dev.serin.server.words.Exposures;
import dev.serin.server.words.FindingWords;
import dev.serin.server.words.Gates;
import dev.serin.server.words.JournalWords;
import dev.serin.server.words.JudgeWords;
import dev.serin.server.words.LabelWords;
import dev.serin.server.words.Ladders;
import dev.serin.server.words.RolloutWords;
import dev.serin.server.words.SourceWords;
import dev.serin.server.words.Story;
import dev.serin.web.rollout.BadCall;
import dev.serin.web.rollout.ConditionView;
import dev.serin.web.rollout.Fact;
import dev.serin.web.rollout.FirstCall;
import dev.serin.web.rollout.FrozenView;
import dev.serin.web.rollout.GateView;
import dev.serin.web.rollout.Note;
import dev.serin.web.rollout.PlanText;
import dev.serin.web.rollout.Restore;
import dev.serin.web.rollout.RolloutView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.When;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts one rollout into words.
@ApplicationScoped
class RolloutViews {

    private static final int ENTRIES = 50;

    /// What a plan may leave out, by its field.
    private static final Set<String> MAY_BE_LEFT_OUT =
            Set.of("baseline", "confidence", "margin", "minCalls", "patience", "key", "approvals");

    private final Gathering evidence;
    private final JournalLines lines;
    private final BadCalls calls;
    private final Shown shown;
    private final Judges judges;
    private final ForcedCalls forced;
    private final Providers providers;
    private final InstantSource clock;

    RolloutViews(
            Gathering evidence,
            JournalLines lines,
            BadCalls calls,
            Shown shown,
            Judges judges,
            ForcedCalls forced,
            Providers providers,
            InstantSource clock) {
        this.evidence = evidence;
        this.lines = lines;
        this.calls = calls;
        this.shown = shown;
        this.judges = judges;
        this.forced = forced;
        this.providers = providers;
        this.clock = clock;
    }

    /// The page of a rollout, for whoever looks at it.
    ///
    /// @param before entries of the journal with a lower number only; null for the newest
    /// @throws NoSuchRollout if there is none with this id
    @Transactional
    RolloutView of(UUID id, Visitor visitor, @Nullable Integer before, @Nullable Note note) {
        var row = RolloutRow.load(id);
        var now = clock.instant();
        shown.at(row, now);
        var story = row.story(lines.of(List.of(id)).getOrDefault(id, List.of()), now);
        var all = evidence.of(id, now).evidence();
        var bad = calls.newest(id, row.plan.traceLink(), now);
        var plan = story.plan();
        var entries = JournalRow.newest(id, before, ENTRIES + 1);
        var seen = shown.toApprovers(id, entries);
        var rights = Rights.of(visitor, row.team);
        var barred = rights.approves() ? barred(row, visitor) : Optional.<String>empty();
        var actions = Actions.of(story);
        var gate = gate(row, story, all);
        var restore = restore(row);
        return new RolloutView(
                id.toString(),
                row.route,
                plan.baseline(),
                plan.candidate(),
                RolloutWords.title(story),
                RolloutWords.tone(row.phase),
                RolloutWords.state(row.phase),
                RolloutWords.sentence(story),
                row.version,
                row.endedAt == null,
                row.simulated,
                visitor.isNameless(),
                note,
                Ladders.of(story),
                facts(row, story, all),
                rights.operating(actions),
                rights.approves()
                        ? barred.isEmpty() || gate == null ? gate : gate.barred()
                        : watched(gate),
                conditions(row, all, bad),
                Courses.of(story, all),
                firstCall(row),
                Exposures.of(
                        plan,
                        all,
                        forced.of(id),
                        BadCalls.newest(bad, Arm.CANDIDATE, BadCalls.Bad::isBadAnswer)
                                .map(BadCalls.Bad::view)
                                .toList(),
                        BadCallViews.ofCandidate(all, bad)),
                Budgets.of(plan, all, Objects.requireNonNullElse(story.ended(), now)),
                entries.stream()
                        .limit(ENTRIES)
                        .map(entry -> JournalWords.entry(plan, entry.seq, entry.entry, seen, now))
                        .toList(),
                before == null ? "" : "?before=" + before,
                entries.size() > ENTRIES ? "?before=" + entries.get(ENTRIES - 1).seq : null,
                new PlanText(row.planSource, defaulted(row)),
                rights.operates() ? restore : null,
                frozen(story),
                barred.orElseGet(() ->
                        rights.missing(
                                !actions.isEmpty() || restore != null, gate != null, row.team)),
                row.team);
    }

    /// Why this approver may not approve at the open gate; empty where they may or none is open.
    private static Optional<String> barred(RolloutRow row, Visitor visitor) {
        return row.phase instanceof Phase.AwaitingApproval gate
                ? Decider.of(visitor).barred(row, gate)
                : Optional.empty();
    }

    private static @Nullable GateView watched(@Nullable GateView gate) {
        return gate == null ? null : gate.watched();
    }

    private static @Nullable FrozenView frozen(Story story) {
        var freeze = story.frozen();
        if (freeze == null) {
            return null;
        }
        var seen = Times.seen(freeze.until(), story.now());
        return new FrozenView(new When(seen.at(), seen.words(), freeze.end()), freeze.cause());
    }

    private static List<Fact> facts(RolloutRow row, Story story, Evidence all) {
        var plan = story.plan();
        var rollout = story.rollout();
        int step = rollout.step();
        var facts = new ArrayList<Fact>();
        facts.add(
                new Fact(
                        "Step",
                        "%d of %d".formatted(step + 1, plan.steps().size()),
                        plan.step(step).name()));
        facts.add(gets(story, plan.step(step)));
        var here = all.of(step);
        long baseline =
                here.map(StepEvidence::baseline)
                        .map(tallies -> tallies.counts(new Track.Calls()).n())
                        .orElse(0L);
        facts.add(
                new Fact(
                        "Calls in this step",
                        Numbers.count(row.judged.calls()),
                        "of the candidate, %s of the baseline".formatted(Numbers.count(baseline))));
        facts.add(
                new Fact(
                        "Started",
                        Times.seen(row.startedAt, story.now()).words(),
                        "by " + row.startedBy));
        if (row.endedAt == null) {
            facts.add(new Fact("So far", Numbers.duration(story.took()), waited(story)));
        } else {
            facts.add(new Fact("Took", Numbers.duration(story.took()), waited(story)));
        }
        if (row.replayOf != null) {
            facts.add(new Fact("Replayed", "recorded calls, in virtual time", row.replayOf));
        }
        var source = row.source();
        if (source != null) {
            facts.addAll(SourceWords.facts(source, story.now()));
        }
        var judge = row.judge();
        if (judge != null) {
            facts.add(JudgeWords.fact(judge));
        }
        if (row.trouble != null) {
            facts.add(
                    new Fact(
                            "Trouble",
                            "Serin could not judge it",
                            row.trouble + "; it tries again"));
        }
        return facts;
    }

    /// Null where nobody has to bring calls: it takes none, a source is asked, or they are made up.
    private @Nullable FirstCall firstCall(RolloutRow row) {
        boolean takesCalls = row.endedAt == null && !(row.phase instanceof Phase.Waiting);
        if (!takesCalls || row.simulated || row.plan.source() != null) {
            return null;
        }
        var plan = row.enginePlan();
        return isServed(plan.baseline()) && isServed(plan.candidate())
                ? new FirstCall(
                        "Calls come through Serin: a client names the route where it named a model.",
                        "/v1/chat/completions",
                        """
                        {"model": "%s", "messages": [{"role": "user", "content": "Hello"}]}\
                        """
                                .formatted(row.route))
                : new FirstCall(
                        "Whoever calls the models reports what was seen, of either arm.",
                        "/api/v1/rollouts/%s/observations".formatted(row.id),
                        """
                        [{"arm": "%s", "latencyMs": 812, "error": false}]\
                        """
                                .formatted(firstArm(row, plan)));
    }

    /// The arm that the step in force is about.
    private static String firstArm(RolloutRow row, Plan plan) {
        return plan.step(row.rollout().step()).reachesCandidate() ? "candidate" : "baseline";
    }

    /// Whether Serin calls it, by a provider that is set.
    private boolean isServed(String model) {
        return providers.of(model).isPresent();
    }

    private static Fact gets(Story story, Step step) {
        return step.isShadow() && story.ended() == null
                ? new Fact(
                        "Candidate gets copies",
                        Numbers.share(step.mirror().fraction()),
                        "of the calls; nobody gets its answers")
                : new Fact("Candidate gets", RolloutWords.share(story), "of the calls");
    }

    private static String waited(Story story) {
        var waited = story.waited();
        return waited.isZero()
                ? ""
                : "%s of it waiting for people".formatted(Numbers.duration(waited));
    }

    private static @Nullable GateView gate(RolloutRow row, Story story, Evidence all) {
        if (!(row.phase instanceof Phase.AwaitingApproval gate)) {
            return null;
        }
        int step = gate.at().step();
        var here = all.of(step).orElseGet(() -> StepEvidence.silent(step, gate.at().since()));
        return Gates.of(story, gate, here, Exposures.lines(all), row.evidenceId);
    }

    private List<ConditionView> conditions(RolloutRow row, Evidence all, List<BadCalls.Bad> bad) {
        var labelled =
                row.judged.current().stream()
                        .anyMatch(finding -> finding.condition().metric().label() != null);
        var labelledBy = labelled ? judges.of(row.id) : List.<Judges.Judge>of();
        var views = new ArrayList<ConditionView>();
        for (var found : row.judged.current()) {
            var finding = row.endedAt == null ? found : FindingWords.past(found);
            var condition = finding.condition();
            views.add(
                    new ConditionView(
                            "c" + (views.size() + 1),
                            FindingWords.line(finding),
                            baseline(finding),
                            then(condition),
                            FindingWords.strip(finding),
                            badFor(condition, bad),
                            BadCallViews.of(row.enginePlan().conditions(), condition, all, bad),
                            LabelWords.lines(finding, labelledBy)));
        }
        return views;
    }

    /// Of each arm, so that the baseline's many calls leave room for the candidate's few.
    private static List<BadCall> badFor(Condition condition, List<BadCalls.Bad> bad) {
        return Stream.of(Arm.CANDIDATE, Arm.BASELINE)
                .flatMap(arm -> BadCalls.newest(bad, arm, call -> call.isBadFor(condition)))
                .map(call -> call.viewFor(condition))
                .toList();
    }

    private static @Nullable String baseline(Finding finding) {
        var baseline = finding.arms().baseline();
        return baseline == null
                ? null
                : "baseline " + FindingWords.own(finding.condition().metric(), baseline);
    }

    private static @Nullable String then(Condition condition) {
        return switch (condition.then()) {
            case ROLL_BACK -> null;
            case ASK -> "asks a person";
            case SHOW -> "only shown";
        };
    }

    private static List<String> defaulted(RolloutRow row) {
        var lines = new ArrayList<String>();
        PlanWriter.document(row.enginePlan())
                .forEach((field, value) -> {
                    if (value != null
                            && MAY_BE_LEFT_OUT.contains(field)
                            && !says(row.planSource, field)) {
                        lines.add(field + ": " + plain(value));
                    }
                });
        return lines;
    }

    private static String plain(Object value) {
        return value instanceof Map<?, ?> fields
                ? fields.entrySet().stream()
                        .filter(field -> field.getValue() != null)
                        .map(field -> field.getKey() + ": " + field.getValue())
                        .collect(Collectors.joining(", ", "{", "}"))
                : value.toString();
    }

    private static boolean says(String source, String field) {
        return source.contains("\n" + field + ":")
                || source.startsWith(field + ":")
                || source.contains("\"" + field + "\"");
    }

    /// The way back on its route, while what it has promoted serves there.
    private static @Nullable Restore restore(RolloutRow row) {
        if (!(row.phase instanceof Phase.Complete) || !serves(row)) {
            return null;
        }
        return RolloutRow.activeOf(row.route)
                .map(active -> Restores.rollBack(active, RolloutRow.load(active).enginePlan()))
                .orElseGet(() -> Restores.putBack(row.id, row.route, row.enginePlan().baseline()));
    }

    private static boolean serves(RolloutRow row) {
        return RouteRow.named(row.route)
                .flatMap(route -> RolloutRow.thatPromoted(route.name, route.model))
                .filter(row.id::equals)
                .isPresent();
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
