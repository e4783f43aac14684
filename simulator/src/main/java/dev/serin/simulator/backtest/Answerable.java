package dev.serin.simulator.backtest;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.slo.Objective;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Whether a run was tallied in a way that a condition can be asked of it.
final class Answerable {

    private final Tallies tallies;

    Answerable(Recorded run) {
        this.tallies = Tallies.sum(run.steps().stream().map(StepEvidence::candidate));
    }

    /// A sentence for each condition, and each objective, of which the run knows nothing.
    List<String> objections(Plan plan) {
        return Stream.concat(
                        plan.conditions().stream().map(this::objection),
                        plan.objectives().stream().map(this::objection))
                .flatMap(Optional::stream)
                .toList();
    }

    /// A condition without calls is never met; an objective without calls has all its budget left.
    private Optional<String> objection(Objective objective) {
        return has(objective.track()::equals)
                ? Optional.empty()
                : Optional.of(
                        "%s: %s, so what is left of its budget is not known"
                                .formatted(objective.indicator().key(), silent(objective.track())));
    }

    private static String silent(Track track) {
        if (track instanceof Track.Reaches) {
            return "calls were not tallied at its within";
        }
        var label = track.label();
        return label == null
                ? "no call of the run says whether it failed"
                : "no call was tallied by the label " + label;
    }

    private Optional<String> objection(Condition condition) {
        var text = condition.text();
        return switch (condition.metric()) {
            case Metric.Rate(_, var mark) when !has(new Track.Marked(mark)::equals) ->
                    Optional.of(
                            "%s: no call of the run tells of it (%s)"
                                    .formatted(
                                            text,
                                            mark.equals(Metric.Rate.ERROR)
                                                    ? "none says whether it failed"
                                                    : "none carries the label " + mark));
            case Metric.Score(_, var label) when !has(new Track.Score(label)::equals) ->
                    Optional.of(
                            "%s: no call of the run carries the score %s".formatted(text, label));
            case Metric.Mean(_, var of)
                    when !has(track ->
                            track instanceof Track.Sum(var other, _) && other.equals(of)) ->
                    Optional.of("%s: %s".formatted(text, silent(of)));
            case Metric.Percentile(_, var of, _) when !has(new Track.Spread(of)::equals) ->
                    Optional.of("%s: %s".formatted(text, silent(of)));
            case Metric.CostPerSuccess _
                    when condition.limit() instanceof Limit.Absolute(double limit)
                            && !has(
                                    new Track.CostWithFailures(limit, condition.capOrDefault())
                                            ::equals) ->
                    Optional.of(
                            "%s: cost per success was not tallied at this limit".formatted(text));
            case Metric.Rate _,
                    Metric.Score _,
                    Metric.Mean _,
                    Metric.Percentile _,
                    Metric.CostPerSuccess _ ->
                    Optional.empty();
        };
    }

    private static String silent(Measure of) {
        return switch (of) {
            case Quantity quantity -> "no call of the run tells its " + quantity.key();
            case Measure.Named(var name) ->
                    "the number %s was not tallied: no call of the run carried it, or the run's plan did"
                                    .formatted(name)
                            + " not ask for it";
        };
    }

    private boolean has(Predicate<Track> asked) {
        return tallies.byTrack().entrySet().stream()
                .anyMatch(entry -> asked.test(entry.getKey()) && entry.getValue().n() > 0);
    }
}
