package dev.serin.engine.plan;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Track;
import dev.serin.engine.judge.Tracks;
import dev.serin.engine.slo.Objective;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The immutable description of a rollout.
///
/// @param route what clients call
/// @param baseline the route's current model
/// @param candidate the model that may replace it; another one
/// @param steps at least one; shares rise from step to step, but for steps of share 0 at the start
/// @param conditions what must not become true; none only where a person decided alone (the way
///     back)
/// @param errorBudget the part of the candidate's calls that may be bad in any way, above 0 to 1;
///     null for no budget
/// @param labels how labels come later; null if every label comes with its call
/// @param forced who gets an arm whatever the split says; null if nobody does
public record Plan(
        String route,
        String baseline,
        String candidate,
        List<Step> steps,
        List<Condition> conditions,
        List<Objective> objectives,
        @Nullable Double errorBudget,
        Rules rules,
        @Nullable Exposure exposure,
        Key key,
        Approvals approvals,
        @Nullable Labels labels,
        @Nullable Forced forced) {

    /// A plan may not be longer than this.
    public static final int MOST_STEPS = 100;

    /// A plan may not hold more conditions than this.
    public static final int MOST_CONDITIONS = 50;

    /// How sure a decision has to be.
    ///
    /// @param rollback confidence that no kept condition ever rolls back, 0 to 1 exclusive
    /// @param promote confidence that no broken condition is ever met, 0 to 1 exclusive
    /// @param margin how far over its limit an absolute condition may be proven and still be met,
    ///     as a part of the limit; 0 or more
    /// @param minCalls calls below which nothing is met, 1 or more
    /// @param patience how long a step may stay unsure before a person is asked
    /// @param patienceCalls candidate calls after which an unsure step asks a person, 1 or more
    public record Rules(
            double rollback,
            double promote,
            double margin,
            long minCalls,
            Duration patience,
            long patienceCalls) {

        public static final Rules DEFAULT =
                new Rules(0.95, 0.95, 0, 50, Duration.ofHours(24), 20_000);

        public Rules {
            if (!(rollback > 0 && rollback < 1) || !(promote > 0 && promote < 1)) {
                throw new IllegalArgumentException(
                        "confidence lies between 0 and 1, got " + rollback + " and " + promote);
            }
            if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a margin is 0 or more, got " + margin);
            }
            if (minCalls < 1 || patienceCalls < 1 || !patience.isPositive()) {
                throw new IllegalArgumentException(
                        "minCalls, patience and its calls are above 0, got %d, %s and %d"
                                .formatted(minCalls, patience, patienceCalls));
            }
        }

        /// Chance that a rollout whose conditions all hold is ever rolled back.
        public double alpha() {
            return 1 - rollback;
        }

        /// Chance that a broken condition is ever met.
        public double beta() {
            return 1 - promote;
        }
    }

    /// What an upgrade may cost at all; reaching either rolls back.
    ///
    /// @param badCalls bad candidate calls, 1 or more; null for no cap
    /// @param usd spent on the candidate, above 0; null for no cap
    public record Exposure(@Nullable Long badCalls, @Nullable Double usd) {

        public Exposure {
            if ((badCalls != null && badCalls < 1) || (usd != null && !(usd > 0))) {
                throw new IllegalArgumentException(
                        "an exposure cap is above 0, got " + badCalls + " calls, " + usd + " USD");
            }
        }
    }

    /// What keeps its arm.
    public enum Key {
        USER,
        CONVERSATION,
        TENANT,
        REQUEST
    }

    /// Who must say yes at a gate.
    ///
    /// @param count different people, 1 or more
    /// @param notByStarter whether who started the rollout may not approve it
    public record Approvals(int count, boolean notByStarter) {

        public static final Approvals ONE = new Approvals(1, false);

        public Approvals {
            if (count < 1) {
                throw new IllegalArgumentException("a gate needs 1 approval or more, got " + count);
            }
        }
    }

    /// How labels arrive that are not known when their call is reported.
    ///
    /// @param share the part of the calls that is chosen to be labelled, above 0 to 1
    /// @param deadline how long after its call a label may come, above 0; a label that comes later is
    ///     kept and counts for nothing
    public record Labels(Share share, Duration deadline) {

        public Labels {
            if (!(share.fraction() > 0) || !deadline.isPositive()) {
                throw new IllegalArgumentException(
                        "labels have a share above 0 and a deadline above 0, got "
                                + share.fraction()
                                + " and "
                                + deadline);
            }
        }
    }

    /// A plan whose labels all come with their calls, and that forces nobody.
    public Plan(
            String route,
            String baseline,
            String candidate,
            List<Step> steps,
            List<Condition> conditions,
            List<Objective> objectives,
            @Nullable Double errorBudget,
            Rules rules,
            @Nullable Exposure exposure,
            Key key,
            Approvals approvals) {
        this(
                route,
                baseline,
                candidate,
                steps,
                conditions,
                objectives,
                errorBudget,
                rules,
                exposure,
                key,
                approvals,
                null,
                null);
    }

    public Plan {
        steps = List.copyOf(steps);
        conditions = List.copyOf(conditions);
        objectives = List.copyOf(objectives);
        if (baseline.equals(candidate)) {
            throw new IllegalArgumentException(
                    "the candidate is the baseline itself, " + candidate + "; name another model");
        }
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "a plan has 1 to %d steps, got %d".formatted(MOST_STEPS, steps.size()));
        }
        if (conditions.size() > MOST_CONDITIONS) {
            throw new IllegalArgumentException(
                    "a plan has at most %d conditions, got %d"
                            .formatted(MOST_CONDITIONS, conditions.size()));
        }
        for (int i = 1; i < steps.size(); i++) {
            requireRise(steps.get(i - 1), steps.get(i));
        }
        if (!(steps.getLast().share().fraction() > 0)) {
            throw new IllegalArgumentException(
                    steps.getLast().name() + " is the last step and gives the candidate nothing");
        }
        requireDistinct(steps.stream().map(Step::name).toList(), "step");
        requireDistinct(conditions.stream().map(Condition::text).toList(), "condition");
        if (errorBudget != null && !(errorBudget > 0 && errorBudget <= 1)) {
            throw new IllegalArgumentException("an error budget is 0 to 1, got " + errorBudget);
        }
    }

    public Step step(int index) {
        return steps.get(index);
    }

    public boolean isLast(int index) {
        return index == steps.size() - 1;
    }

    /// The share that follows step `index`: the next step's, or all after the last.
    public Share shareAfter(int index) {
        return isLast(index) ? Share.ALL : step(index + 1).share();
    }

    /// Conditions that share the chance of a wrong rollback: those whose breach does something.
    public int deciding() {
        return (int) conditions.stream().filter(Condition::decides).count();
    }

    /// Steps that share the chance of a wrong rollback: those in which the candidate gets calls.
    public int judgedSteps() {
        return (int) steps.stream().filter(Step::reachesCandidate).count();
    }

    /// What has to be tallied of each call so that the plan can be judged and shown.
    public Set<Track> tracks() {
        var ofObjectives = objectives.stream().map(Objective::track).toList();
        var tracks = new HashSet<>(Tracks.of(conditions, ofObjectives));
        if (labels != null) {
            tracks.addAll(Tracks.chosen(conditions, ofObjectives));
        }
        return Set.copyOf(tracks);
    }

    private static void requireRise(Step before, Step step) {
        boolean stillDark = before.share().fraction() == 0 && step.share().fraction() == 0;
        if (!stillDark && step.share().compareTo(before.share()) <= 0) {
            throw new IllegalArgumentException(
                    "%s must raise the share above %s %%, got %s %%"
                            .formatted(
                                    step.name(), percent(before.share()), percent(step.share())));
        }
    }

    private static void requireDistinct(List<String> names, String what) {
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "the " + what + " " + name + " stands there twice");
            }
        }
    }

    private static String percent(Share share) {
        return java.math.BigDecimal.valueOf(share.basisPoints(), 2)
                .stripTrailingZeros()
                .toPlainString();
    }
}
