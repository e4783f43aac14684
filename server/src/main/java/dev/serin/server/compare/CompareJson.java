package dev.serin.server.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.rollout.Run;
import dev.serin.server.words.Differences;
import dev.serin.server.words.Exposures;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
    /// @param exposed what the candidate answered
    /// @param baselineExposed what the baseline answered meanwhile; null where that is not known any more
    /// @param instead what followed from asking the candidate instead; null before both answered
    /// @param margin how far over a limit a condition may be and still be met, as a part of it
    /// @param prices of the models when it started, by their names; null where none is known
    /// @param judges who labelled the calls
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
            @Nullable ExposedJson exposed,
            @Nullable ExposedJson baselineExposed,
            @Nullable InsteadJson instead,
            double margin,
            @Nullable Map<String, PriceJson> prices,
            List<JudgeJson> judges,
            boolean simulated,
            List<StepJson> steps) {}

    /// What one arm answered.
    ///
    /// @param people null where nobody told who called
    /// @param usd null where the cost of no call is known
    @RegisterForReflection
    public record ExposedJson(
            long calls, @Nullable Long people, long badCalls, @Nullable Double usd) {

        static @Nullable ExposedJson of(Run run, Arm arm) {
            return Exposures.answered(run.story().judged(), run.evidence(), arm)
                    .map(met ->
                            new ExposedJson(
                                    met.calls(),
                                    met.people() == 0 ? null : (Long) met.people(),
                                    met.badCalls(),
                                    EstimateJson.finite(met.usd())))
                    .orElse(null);
        }
    }

    /// The candidate's bad answers and money, less what the same calls would have met at the rates
    /// and costs of the baseline of their step.
    ///
    /// @param calls of the candidate that have a baseline beside them
    /// @param badCalls below 0 for fewer
    /// @param usd below 0 for less; null where a cost is not known
    @RegisterForReflection
    public record InsteadJson(long calls, double badCalls, @Nullable Double usd) {

        static @Nullable InsteadJson of(Run run) {
            var followed = Exposures.consequence(run.story().plan(), run.evidence());
            return followed.calls() == 0
                    ? null
                    : new InsteadJson(
                            followed.calls(),
                            followed.badCalls(),
                            EstimateJson.finite(followed.usd()));
        }
    }

    /// USD for a million tokens.
    ///
    /// @param in of the question
    /// @param cached of the question, where the provider had kept them
    /// @param written of the question, where the provider keeps them for later
    /// @param out of the answer
    @RegisterForReflection
    public record PriceJson(double in, double cached, double written, double out) {}

    /// Who labelled under one name; the judge's name and version are empty where nobody told them.
    ///
    /// @param labelled verdicts and scores, corrections among them
    /// @param failed how often the judge could not tell
    @RegisterForReflection
    public record JudgeJson(
            String label, String judge, String version, long labelled, long failed) {}

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
                ExposedJson.of(run, Arm.CANDIDATE),
                ExposedJson.of(run, Arm.BASELINE),
                InsteadJson.of(run),
                plan.rules().margin(),
                prices(run),
                run.judges().stream()
                        .map(judge ->
                                new JudgeJson(
                                        judge.label(),
                                        judge.name(),
                                        judge.version(),
                                        judge.labelled(),
                                        judge.failed()))
                        .toList(),
                run.simulated(),
                run.evidence().steps().stream().map(step -> step(run, step)).toList());
    }

    private static @Nullable Map<String, PriceJson> prices(Run run) {
        var known = run.prices();
        if (known == null) {
            return null;
        }
        var prices = new TreeMap<String, PriceJson>();
        known.byModel()
                .forEach((model, price) ->
                        prices.put(
                                model,
                                new PriceJson(
                                        price.in(), price.cached(), price.written(), price.out())));
        return prices;
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
