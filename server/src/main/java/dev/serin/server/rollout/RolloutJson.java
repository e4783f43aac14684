package dev.serin.server.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.engine.judge.Coverage;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.rollout.Freeze;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Outcome;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Rollout;
import dev.serin.server.judging.JudgeState;
import dev.serin.server.planfile.PlanWriter;
import dev.serin.server.source.SourceState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A rollout in the words of the API.
///
/// @param share part of the calls that the candidate gets now, 0 to 1
/// @param findings of the step in force, or of the one that ended it
/// @param baselineFindings the same conditions asked of the baseline alone
/// @param evidence names the findings, for an approval
/// @param replayOf what a replayed run was played from: files, draws, arrivals; null for other runs
/// @param frozen the freeze that keeps it from its next step up; null if none does
/// @param source what the plan's source last said; null if the plan names none
/// @param trouble why Serin itself cannot judge it; null if nothing is wrong
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RolloutJson(
        UUID id,
        String route,
        String baseline,
        String candidate,
        String phase,
        StepJson step,
        double share,
        long version,
        List<FindingJson> findings,
        List<FindingJson> baselineFindings,
        List<BlockJson> blocks,
        ExposedJson exposed,
        @Nullable OutcomeJson outcome,
        @Nullable GateJson gate,
        @Nullable String pausedBecause,
        Map<String, @Nullable Object> plan,
        String evidence,
        Instant judgedAt,
        Instant startedAt,
        String startedBy,
        @Nullable Instant endedAt,
        @Nullable Instant dueAt,
        @Nullable String team,
        @Nullable UUID linkedTo,
        boolean simulated,
        @Nullable String replayOf,
        @Nullable FrozenJson frozen,
        @Nullable SourceState source,
        @Nullable JudgeState judge,
        @Nullable String trouble) {

    /// The step in force, or the last that was.
    ///
    /// @param index from 0
    @RegisterForReflection
    public record StepJson(int index, String name) {}

    /// What the evidence says of one condition.
    ///
    /// @param finding met, breached, unsure or resting
    /// @param estimate in the metric's unit; for a relative condition the ratio or difference to the
    ///     baseline; null if nothing is known
    /// @param low null if nothing is known
    /// @param high null if there is no bound yet
    /// @param limit the limit as `estimate` is held against it
    /// @param labels how labels came back, where the condition waits for any
    /// @param then rollback, ask or show
    @RegisterForReflection
    public record FindingJson(
            String condition,
            String metric,
            String finding,
            @Nullable Double estimate,
            @Nullable Double low,
            @Nullable Double high,
            long calls,
            double limit,
            String then,
            @Nullable EstimateJson candidate,
            @Nullable EstimateJson baseline,
            @Nullable LabelsJson labels,
            @Nullable Instant since,
            @Nullable NeedJson need,
            @Nullable String why,
            String sentence) {

        public static FindingJson of(Finding finding) {
            var condition = finding.condition();
            var estimate = finding.estimate();
            return new FindingJson(
                    condition.text(),
                    condition.metric().name(),
                    word(finding),
                    estimate.isKnown() ? finite(estimate.value()) : null,
                    estimate.isKnown() ? finite(estimate.low()) : null,
                    finite(estimate.high()),
                    estimate.calls(),
                    limit(condition.limit()),
                    then(finding),
                    EstimateJson.of(finding.arms().candidate()),
                    EstimateJson.of(finding.arms().baseline()),
                    LabelsJson.of(finding.arms()),
                    finding instanceof Finding.Breached breached ? breached.since() : null,
                    finding instanceof Finding.Unsure unsure ? NeedJson.of(unsure.need()) : null,
                    why(finding),
                    finding.sentence());
        }

        private static String word(Finding finding) {
            return switch (finding) {
                case Finding.Met _ -> "met";
                case Finding.Breached _ -> "breached";
                case Finding.Unsure _ -> "unsure";
                case Finding.Resting _ -> "resting";
            };
        }

        private static @Nullable String why(Finding finding) {
            return switch (finding) {
                case Finding.Met _, Finding.Breached _ -> null;
                case Finding.Unsure unsure -> unsure.why();
                case Finding.Resting resting -> resting.why();
            };
        }

        private static double limit(Limit limit) {
            return switch (limit) {
                case Limit.Absolute(double value) -> value;
                case Limit.Relative relative ->
                        relative.isRatio() ? relative.factor() : relative.offset();
            };
        }

        private static String then(Finding finding) {
            return switch (finding.condition().then()) {
                case ROLL_BACK -> "rollback";
                case ASK -> "ask";
                case SHOW -> "show";
            };
        }
    }

    /// How the labels of the chosen calls came back; null where the condition waits for none.
    @RegisterForReflection
    public record LabelsJson(CoverageJson candidate, CoverageJson baseline) {

        static @Nullable LabelsJson of(Finding.Arms arms) {
            var candidate = arms.candidateLabels();
            var baseline = arms.baselineLabels();
            return candidate == null || baseline == null
                    ? null
                    : new LabelsJson(CoverageJson.of(candidate), CoverageJson.of(baseline));
        }
    }

    /// The labels of one arm.
    ///
    /// @param chosen calls that are to be labelled
    /// @param labelled of these, those that are
    /// @param waiting those whose label may still come
    /// @param missing those whose label did not come in time
    @RegisterForReflection
    public record CoverageJson(long chosen, long labelled, long waiting, long missing) {

        static CoverageJson of(Coverage coverage) {
            return new CoverageJson(
                    coverage.chosen(), coverage.labelled(), coverage.waiting(), coverage.missing());
        }
    }

    @RegisterForReflection
    public record EstimateJson(
            @Nullable Double estimate, @Nullable Double low, @Nullable Double high, long calls) {

        static @Nullable EstimateJson of(@Nullable Estimate estimate) {
            return estimate == null || !estimate.isKnown()
                    ? null
                    : new EstimateJson(
                            finite(estimate.value()),
                            finite(estimate.low()),
                            finite(estimate.high()),
                            estimate.calls());
        }
    }

    /// What is still needed.
    ///
    /// @param time ISO 8601; null if no traffic was seen
    @RegisterForReflection
    public record NeedJson(long calls, @Nullable String time) {

        static @Nullable NeedJson of(Finding.@Nullable Need need) {
            return need == null ? null : new NeedJson(need.calls(), iso(need.time()));
        }
    }

    @RegisterForReflection
    public record BlockJson(String name, String why) {}

    @RegisterForReflection
    public record ExposedJson(long calls, long badCalls, double usd) {}

    /// How it ended.
    ///
    /// @param kind promoted, breached, exposure, rolledBackByHand or rejected
    @RegisterForReflection
    public record OutcomeJson(String kind, String reason) {

        static OutcomeJson of(Outcome outcome) {
            return new OutcomeJson(
                    switch (outcome.kind()) {
                        case PROMOTED -> "promoted";
                        case BREACHED -> "breached";
                        case EXPOSURE -> "exposure";
                        case ROLLED_BACK_BY_HAND -> "rolledBackByHand";
                        case REJECTED -> "rejected";
                    },
                    outcome.reason());
        }
    }

    /// The open gate.
    ///
    /// @param needed how many different people must approve
    @RegisterForReflection
    public record GateJson(
            Instant since, String note, double nextShare, int needed, List<String> approvedBy) {}

    /// A freeze.
    ///
    /// @param until at this moment its share may rise again
    /// @param sentence `waits until Monday 30 Nov 09:00 UTC: frozen by noor: release week`
    @RegisterForReflection
    public record FrozenJson(Instant until, String by, String why, String sentence) {

        static @Nullable FrozenJson of(@Nullable Freeze freeze) {
            return freeze == null
                    ? null
                    : new FrozenJson(freeze.until(), freeze.by(), freeze.why(), freeze.sentence());
        }
    }

    static RolloutJson of(RolloutRow row) {
        var rollout = row.rollout();
        var plan = row.enginePlan();
        var judged = row.judged;
        return new RolloutJson(
                row.id,
                row.route,
                plan.baseline(),
                plan.candidate(),
                phase(row.phase),
                new StepJson(rollout.step(), plan.step(rollout.step()).name()),
                rollout.share().fraction(),
                row.version,
                judged.current().stream().map(FindingJson::of).toList(),
                judged.baseline().stream().map(FindingJson::of).toList(),
                judged.blocks().stream().map(b -> new BlockJson(b.name(), b.why())).toList(),
                exposed(judged),
                rollout.outcome().map(OutcomeJson::of).orElse(null),
                gate(rollout),
                row.phase instanceof Phase.Paused paused ? paused.why() : null,
                PlanWriter.document(row.plan),
                row.evidenceId,
                row.judgedAt,
                row.startedAt,
                row.startedBy,
                row.endedAt,
                row.dueAt,
                row.team,
                row.linkedTo,
                row.simulated,
                row.replayOf,
                FrozenJson.of(row.heldBy()),
                row.source(),
                row.judge(),
                row.trouble);
    }

    private static ExposedJson exposed(Judgement judged) {
        var exposed = judged.exposed();
        return new ExposedJson(exposed.calls(), exposed.badCalls(), exposed.usd());
    }

    private static @Nullable GateJson gate(Rollout rollout) {
        if (!(rollout.phase() instanceof Phase.AwaitingApproval open)) {
            return null;
        }
        int step = open.at().step();
        var gate = rollout.plan().step(step).gate();
        return new GateJson(
                open.since(),
                gate == null ? "" : gate.note(),
                rollout.plan().shareAfter(step).fraction(),
                rollout.plan().approvals().count(),
                open.approvedBy());
    }

    static String phase(Phase phase) {
        return switch (phase) {
            case Phase.Waiting _ -> "waiting";
            case Phase.Observing _ -> "observing";
            case Phase.AwaitingApproval _ -> "awaitingApproval";
            case Phase.Paused _ -> "paused";
            case Phase.Complete _ -> "complete";
            case Phase.RolledBack _ -> "rolledBack";
        };
    }

    /// JSON knows neither NaN nor infinity: what is not known is null.
    static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? (Double) rounded(number) : null;
    }

    static @Nullable String iso(@Nullable Duration duration) {
        return duration == null ? null : duration.toString();
    }

    /// Twelve significant digits: the last ones of a double are noise to a reader.
    private static double rounded(double number) {
        return new BigDecimal(number).round(new java.math.MathContext(12)).doubleValue();
    }
}
