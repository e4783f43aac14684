package dev.serin.server.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.server.rollout.RolloutJson;
import dev.serin.server.rollout.RolloutJson.FindingJson;
import dev.serin.simulator.backtest.BacktestReport;
import dev.serin.simulator.backtest.BacktestReport.Exposure;
import dev.serin.simulator.backtest.BacktestReport.Verdict;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A backtest as API and command line tell it.
///
/// @param recorded what happened
/// @param other what the other plan would have done
/// @param fewer what the other plan would have spared; null where it would not have rolled back, or
///     the run cannot tell
/// @param unknown what the run cannot answer, in sentences
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
record BacktestJson(
        UUID run,
        Side recorded,
        Side other,
        @Nullable Exposed fewer,
        List<Step> steps,
        List<String> unknown) {

    /// @param outcome of the run as the API says it (null while it is active); of the other plan
    ///     promoted, rolledBack, asks or unknown
    /// @param after from the start to that, ISO 8601
    @RegisterForReflection
    record Side(@Nullable String outcome, @Nullable String reason, String after, Exposed exposed) {}

    /// @param keys callers; null where no call told its key
    /// @param usd null where no call told its cost
    @RegisterForReflection
    record Exposed(long calls, @Nullable Long keys, long badCalls, @Nullable Double usd) {}

    /// @param matched the run's step with the same share; null where there was none
    /// @param lasted ISO 8601
    @RegisterForReflection
    record Step(
            String name,
            double share,
            @Nullable String matched,
            String lasted,
            long calls,
            List<FindingJson> findings) {}

    static BacktestJson of(Backtests.Tested tested) {
        var run = tested.run();
        var report = tested.report();
        var outcome = run.outcome();
        var recorded =
                new Side(
                        outcome == null ? null : outcome.kind(),
                        outcome == null ? null : outcome.reason(),
                        took(run).toString(),
                        exposed(report.recorded()));
        var other =
                new Side(
                        word(report.verdict()),
                        report.reason(),
                        report.after().toString(),
                        exposed(report.exposed()));
        return new BacktestJson(
                run.id(),
                recorded,
                other,
                fewer(report),
                report.steps().stream().map(BacktestJson::step).toList(),
                report.unknown());
    }

    /// How long the run took, or has taken so far.
    static Duration took(RolloutJson run) {
        var end = run.endedAt() == null ? run.judgedAt() : run.endedAt();
        return Duration.between(run.startedAt(), end);
    }

    private static @Nullable Exposed fewer(BacktestReport report) {
        return report.verdict() == Verdict.ROLLED_BACK
                ? exposed(report.recorded().minus(report.exposed()))
                : null;
    }

    private static Exposed exposed(Exposure exposure) {
        return new Exposed(exposure.calls(), exposure.keys(), exposure.badCalls(), exposure.usd());
    }

    private static Step step(BacktestReport.Step step) {
        return new Step(
                step.name(),
                step.share().fraction(),
                step.matched(),
                step.lasted().toString(),
                step.calls(),
                step.findings().stream().map(FindingJson::of).toList());
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case PROMOTED -> "promoted";
            case ROLLED_BACK -> "rolledBack";
            case ASKS -> "asks";
            case UNKNOWN -> "unknown";
        };
    }
}
