package dev.serin.server.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.server.rollout.Run;
import dev.serin.server.words.Differences;
import dev.serin.server.words.Exposures;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs side by side in the words of the API.
///
/// @param runs in the order in which they were asked for
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CompareJson(List<RunJson> runs) {

    /// One run.
    ///
    /// @param outcome promoted, breached, exposure, rolledBackByHand or rejected; null while it is
    ///     active
    /// @param took ISO 8601
    /// @param waited how much of it was waiting for people, ISO 8601
    @RegisterForReflection
    public record RunJson(
            UUID id,
            String route,
            String baseline,
            String candidate,
            @Nullable String outcome,
            @Nullable String reason,
            Instant startedAt,
            @Nullable Instant endedAt,
            String took,
            String waited,
            ExposedJson exposed,
            boolean simulated,
            List<StepJson> steps) {}

    /// What the candidate has cost.
    ///
    /// @param people null where nobody told who called
    @RegisterForReflection
    public record ExposedJson(long calls, @Nullable Long people, long badCalls, double usd) {}

    @RegisterForReflection
    public record StepJson(String name, double share, List<MetricJson> metrics) {}

    /// Both arms beside each other.
    ///
    /// @param difference candidate minus the baseline that ran beside it; null if nothing is known
    @RegisterForReflection
    public record MetricJson(
            String metric,
            @Nullable EstimateJson candidate,
            @Nullable EstimateJson baseline,
            @Nullable EstimateJson difference) {}

    @RegisterForReflection
    public record EstimateJson(
            double estimate, @Nullable Double low, @Nullable Double high, long calls) {

        static @Nullable EstimateJson of(@Nullable Estimate seen) {
            return seen == null || !seen.isKnown()
                    ? null
                    : new EstimateJson(
                            seen.value(), finite(seen.low()), finite(seen.high()), seen.calls());
        }

        private static @Nullable Double finite(double number) {
            return Double.isFinite(number) ? (Double) number : null;
        }
    }

    static CompareJson of(List<Run> runs) {
        return new CompareJson(runs.stream().map(CompareJson::run).toList());
    }

    private static RunJson run(Run run) {
        var story = run.story();
        var plan = story.plan();
        var outcome = story.rollout().outcome();
        var exposed = story.judged().exposed();
        long people = Exposures.people(run.evidence());
        return new RunJson(
                run.id(),
                plan.route(),
                plan.baseline(),
                plan.candidate(),
                outcome.map(end -> camel(end.kind().name())).orElse(null),
                outcome.map(end -> end.reason()).orElse(null),
                story.started(),
                story.ended(),
                story.took().toString(),
                story.waited().toString(),
                new ExposedJson(
                        exposed.calls(),
                        people == 0 ? null : (Long) people,
                        exposed.badCalls(),
                        exposed.usd()),
                run.simulated(),
                run.evidence().steps().stream().map(step -> step(run, step)).toList());
    }

    private static StepJson step(Run run, StepEvidence evidence) {
        var story = run.story();
        var step = story.plan().step(evidence.step());
        return new StepJson(
                step.name(),
                step.share().fraction(),
                Differences.of(story.plan(), evidence, story.now()).stream()
                        .map(one ->
                                new MetricJson(
                                        one.metric().name(),
                                        EstimateJson.of(one.candidate()),
                                        EstimateJson.of(one.baseline()),
                                        EstimateJson.of(one.difference())))
                        .toList());
    }

    /// `ROLLED_BACK_BY_HAND` is `rolledBackByHand` in the API.
    private static String camel(String constant) {
        var words = constant.toLowerCase(Locale.ROOT).split("_", -1);
        var camel = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            camel.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(words[i].substring(1));
        }
        return camel.toString();
    }
}
