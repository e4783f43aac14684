package dev.serin.server.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.server.words.MetricWords;
import dev.serin.simulator.lab.Curve;
import dev.serin.simulator.lab.LabReport;
import dev.serin.simulator.lab.LabResult;
import dev.serin.web.chart.Interval;
import dev.serin.web.chart.Operating;
import dev.serin.web.chart.Operating.Dot;
import dev.serin.web.chart.Operating.Line;
import dev.serin.web.chart.Outcomes;
import dev.serin.web.lab.LabView;
import dev.serin.web.lab.LabView.Point;
import dev.serin.web.lab.LabView.Row;
import dev.serin.web.words.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Puts a report of the lab into words and pictures.
final class LabReportViews {

    private static final int MOST_REASONS = 3;

    private LabReportViews() {}

    /// What came of it, in a sentence: the candidates at both ends.
    static String sentence(LabReport report) {
        var played = report.results().stream().filter(it -> it.runs() > 0).toList();
        if (played.isEmpty()) {
            return "Stopped before the first rollout was played.";
        }
        var surest = played.stream().max(Comparator.comparingDouble(LabReportViews::promoted));
        var worst = played.stream().max(Comparator.comparingDouble(LabReportViews::rolledBack));
        return surest.get().name().equals(worst.get().name())
                ? "%s is promoted in %s of its rollouts and rolled back in %s."
                        .formatted(
                                surest.get().name(),
                                Numbers.percent(promoted(surest.get())),
                                Numbers.percent(rolledBack(surest.get())))
                : "%s is promoted in %s of its rollouts, %s rolled back in %s."
                        .formatted(
                                surest.get().name(),
                                Numbers.percent(promoted(surest.get())),
                                worst.get().name(),
                                Numbers.percent(rolledBack(worst.get())));
    }

    static LabView.Report of(LabReport report) {
        var order = report.order();
        var note =
                "%s rollouts of each at %s calls a second, seed %d; gates are approved %s after they open.%s"
                        .formatted(
                                Numbers.count(order.runs()),
                                LabReader.text(order.callsPerSecond()),
                                order.seed(),
                                Numbers.duration(order.approval()),
                                report.whole()
                                        ? ""
                                        : " It was stopped: each line says how many were played.");
        return new LabView.Report(
                note,
                report.results().stream().map(LabReportViews::row).toList(),
                report.curves().stream().map(LabReportViews::curve).toList(),
                report.advice());
    }

    private static Row row(LabResult result) {
        double promoted = promoted(result);
        double rolledBack = rolledBack(result);
        var rule = result.thresholdRule();
        int decided = result.promoted() + result.rolledBack();
        return new Row(
                result.name(),
                CandidateWords.of(result.name()),
                new Outcomes(
                        "%s: promoted %s, rolled back %s"
                                .formatted(
                                        result.name(),
                                        Numbers.percent(promoted),
                                        Numbers.percent(rolledBack)),
                        promoted,
                        rolledBack),
                Numbers.rateOf(promoted, result.runs()),
                Numbers.rateOf(rolledBack, result.runs()),
                Numbers.rateOf(part(result.stuck(), result.runs()), result.runs()),
                decided == 0
                        ? "never decided"
                        : "%s, %s calls"
                                .formatted(
                                        Numbers.count(Math.round(result.calls().median())),
                                        Numbers.count(Math.round(result.calls().p95()))),
                decided == 0
                        ? ""
                        : "%s, %s"
                                .formatted(
                                        Numbers.duration(result.time().median()),
                                        Numbers.duration(result.time().p95())),
                "%s calls, %s people, %s bad answers"
                        .formatted(
                                Numbers.count(Math.round(result.exposed().calls())),
                                Numbers.count(Math.round(result.exposed().keys())),
                                Numbers.plain(result.exposed().badCalls())),
                Numbers.usd(result.exposed().usd()),
                why(result),
                new Outcomes(
                        "%s under the plain threshold rule: promoted %s, rolled back %s"
                                .formatted(
                                        result.name(),
                                        Numbers.percent(rule.promoted()),
                                        Numbers.percent(rule.rolledBack())),
                        rule.promoted(),
                        rule.rolledBack()),
                Numbers.percent(rule.promoted()),
                Numbers.percent(rule.rolledBack()));
    }

    private static String why(LabResult result) {
        return result.reasons().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("promoted"))
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST_REASONS)
                .map(entry -> "%s: %s".formatted(entry.getKey(), Numbers.count(entry.getValue())))
                .collect(Collectors.joining("; "));
    }

    private static LabView.Curve curve(Curve curve) {
        var condition = curve.condition();
        var unit = MetricWords.unit(condition.metric());
        var own = curve.points().stream().map(it -> dot(it, it.rolledBack())).toList();
        var plain = curve.points().stream().map(it -> dot(it, it.thresholdRolledBack())).toList();
        boolean above = condition.side() == Condition.Side.AT_LEAST;
        var picture =
                new Operating(
                        "How often a candidate is rolled back, by its true %s"
                                .formatted(MetricWords.inSentence(condition.metric())),
                        "true " + MetricWords.inSentence(condition.metric()),
                        unit,
                        curve.limit(),
                        above,
                        List.of(
                                new Line("this plan", true, own),
                                new Line("plain threshold rule", false, plain)));
        return new LabView.Curve(
                condition.text(),
                saying(curve, above),
                picture,
                curve.points().stream()
                        .map(it ->
                                new Point(
                                        unit.print(it.rate()),
                                        Numbers.rateOf(part(it.rolledBack(), it.runs()), it.runs()),
                                        Numbers.rateOf(part(it.promoted(), it.runs()), it.runs()),
                                        Numbers.percent(part(it.thresholdRolledBack(), it.runs()))))
                        .toList());
    }

    /// How often the plan errs on the good side of the limit, beside the plain rule.
    private static String saying(Curve curve, boolean above) {
        var kept =
                curve.points().stream()
                        .filter(it -> above ? it.rate() < curve.limit() : it.rate() > curve.limit())
                        .toList();
        int runs = kept.stream().mapToInt(Curve.Point::runs).sum();
        int wrong = kept.stream().mapToInt(Curve.Point::rolledBack).sum();
        int plain = kept.stream().mapToInt(Curve.Point::thresholdRolledBack).sum();
        return runs == 0
                ? ""
                : "Of candidates that keep the limit this plan rolls back %s, the plain rule %s."
                        .formatted(
                                Numbers.rateOf(part(wrong, runs), runs),
                                Numbers.percent(part(plain, runs)));
    }

    private static Dot dot(Curve.Point point, int rolledBack) {
        var interval = dev.serin.simulator.lab.Interval.wilson(rolledBack, point.runs());
        return new Dot(
                point.rate(),
                new Interval(
                        interval.low(),
                        part(rolledBack, point.runs()),
                        interval.high(),
                        point.runs()));
    }

    private static double promoted(LabResult result) {
        return part(result.promoted(), result.runs());
    }

    private static double rolledBack(LabResult result) {
        return part(result.rolledBack(), result.runs());
    }

    private static double part(int count, int runs) {
        return runs == 0 ? 0 : (double) count / runs;
    }
}
