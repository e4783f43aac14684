package dev.serin.server.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.simulator.lab.Curve;
import dev.serin.simulator.lab.LabReport;
import dev.serin.simulator.lab.LabResult;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/// A report as API and command line tell it. Rates are parts of `runs`, times are ISO 8601.
///
/// @param runs rollouts of each candidate
/// @param whole whether all were played; if not, each candidate says how many were
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
record LabJson(
        int runs,
        long seed,
        double callsPerSecond,
        boolean whole,
        List<OfCandidate> candidates,
        List<OfCurve> curves,
        List<String> advice) {

    /// @param runs that were played
    @RegisterForReflection
    record OfCandidate(
            String name,
            int runs,
            double promoted,
            double rolledBack,
            double stuck,
            Spread calls,
            TimeSpread time,
            Exposed exposed,
            ThresholdRule thresholdRule,
            Map<String, Integer> reasons) {}

    /// Of decided runs.
    @RegisterForReflection
    record Spread(double median, double p95) {}

    /// Of decided runs.
    @RegisterForReflection
    record TimeSpread(String median, String p95) {}

    /// Means of a run.
    @RegisterForReflection
    record Exposed(double calls, double keys, double badCalls, double usd) {}

    @RegisterForReflection
    record ThresholdRule(double promoted, double rolledBack) {}

    @RegisterForReflection
    record OfCurve(String condition, double limit, List<Point> points) {}

    /// @param value the true one
    @RegisterForReflection
    record Point(
            double value, int runs, double promoted, double rolledBack, double thresholdRule) {}

    static LabJson of(LabReport report) {
        var order = report.order();
        return new LabJson(
                order.runs(),
                order.seed(),
                order.callsPerSecond(),
                report.whole(),
                report.results().stream().map(LabJson::of).toList(),
                report.curves().stream().map(LabJson::of).toList(),
                report.advice());
    }

    private static OfCandidate of(LabResult result) {
        return new OfCandidate(
                result.name(),
                result.runs(),
                part(result.promoted(), result.runs()),
                part(result.rolledBack(), result.runs()),
                part(result.stuck(), result.runs()),
                new Spread(result.calls().median(), result.calls().p95()),
                new TimeSpread(result.time().median().toString(), result.time().p95().toString()),
                new Exposed(
                        result.exposed().calls(),
                        result.exposed().keys(),
                        result.exposed().badCalls(),
                        result.exposed().usd()),
                new ThresholdRule(
                        result.thresholdRule().promoted(), result.thresholdRule().rolledBack()),
                result.reasons());
    }

    private static OfCurve of(Curve curve) {
        return new OfCurve(
                curve.condition().text(),
                curve.limit(),
                curve.points().stream()
                        .map(point ->
                                new Point(
                                        point.rate(),
                                        point.runs(),
                                        part(point.promoted(), point.runs()),
                                        part(point.rolledBack(), point.runs()),
                                        part(point.thresholdRolledBack(), point.runs())))
                        .toList());
    }

    private static double part(int count, int runs) {
        return runs == 0 ? 0 : (double) count / runs;
    }
}
