package dev.serin.server.backtest;

import dev.serin.server.planfile.PlanError;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.rollout.RolloutJson;
import dev.serin.server.words.FindingWords;
import dev.serin.server.words.PlanProblems;
import dev.serin.simulator.backtest.BacktestReport;
import dev.serin.simulator.backtest.BacktestReport.Exposure;
import dev.serin.simulator.backtest.BacktestReport.Verdict;
import dev.serin.web.backtest.BacktestView;
import dev.serin.web.backtest.BacktestView.Result;
import dev.serin.web.backtest.BacktestView.Side;
import dev.serin.web.backtest.BacktestView.StepLine;
import dev.serin.web.plan.NewPlanView.Problem;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a backtest into words.
final class BacktestViews {

    private BacktestViews() {}

    /// Nothing was judged yet.
    static BacktestView asked(RolloutJson run, String plan) {
        return view(
                run,
                Tone.QUIET,
                "What would another plan have made of this run?",
                plan,
                List.of(),
                null);
    }

    static BacktestView refused(RolloutJson run, String plan, List<PlanError> errors) {
        return view(
                run,
                Tone.BREACHED,
                "This plan cannot be read yet.",
                plan,
                errors.stream().map(PlanProblems::of).toList(),
                null);
    }

    static BacktestView tooLarge(RolloutJson run, String message) {
        return view(
                run,
                Tone.BREACHED,
                "This plan was not looked at.",
                "",
                List.of(new Problem(0, "", message, "", true)),
                null);
    }

    static BacktestView of(Backtests.Tested tested, PlanReading.Read other) {
        var run = tested.run();
        var report = tested.report();
        return view(
                run,
                tone(report.verdict()),
                sentence(report),
                other.source(),
                other.warnings().stream().map(PlanProblems::of).toList(),
                new Result(
                        recorded(run, report),
                        new Side(
                                "Under the other plan",
                                tone(report.verdict()),
                                words(report.verdict()),
                                report.reason(),
                                Numbers.duration(report.after()),
                                exposed(report.exposed())),
                        fewer(report),
                        report.steps().stream().map(BacktestViews::step).toList(),
                        report.unknown()));
    }

    private static String sentence(BacktestReport report) {
        var after = Numbers.duration(report.after());
        return switch (report.verdict()) {
            case PROMOTED -> "The other plan would have promoted it after %s.".formatted(after);
            case ROLLED_BACK ->
                    "The other plan would have rolled it back after %s.".formatted(after);
            case ASKS -> "The other plan would have asked a person after %s.".formatted(after);
            case UNKNOWN -> "This run cannot tell how the other plan would have ended.";
        };
    }

    private static Side recorded(RolloutJson run, BacktestReport report) {
        var outcome = run.outcome();
        boolean promoted = outcome != null && outcome.kind().equals("promoted");
        return new Side(
                "What happened",
                outcome == null ? Tone.MOVING : promoted ? Tone.MET : Tone.BREACHED,
                outcome == null ? "under way" : promoted ? "promoted" : "rolled back",
                outcome == null ? "" : outcome.reason(),
                Numbers.duration(BacktestJson.took(run)),
                exposed(report.recorded()));
    }

    /// Only a rollback spares anything: what follows a promotion, or an answer, the run does not know.
    private static String fewer(BacktestReport report) {
        var all = Numbers.count(report.recorded().calls());
        var some = Numbers.count(report.exposed().calls());
        return switch (report.verdict()) {
            case PROMOTED ->
                    "Until then the candidate would have got %s of the %s calls that it got; from then on it would have got all calls."
                            .formatted(some, all);
            case ROLLED_BACK -> spared(report);
            case ASKS ->
                    "Until it asked it would have given the candidate %s of the %s calls that it got; what a person would have said is not known."
                            .formatted(some, all);
            case UNKNOWN ->
                    "Until then it would have given the candidate %s of the %s calls that it got."
                            .formatted(some, all);
        };
    }

    private static String spared(BacktestReport report) {
        var all = report.recorded();
        var spared = all.minus(report.exposed());
        if (spared.calls() == 0) {
            return "The candidate would have got the same calls.";
        }
        var people = spared.keys();
        var usd = spared.usd();
        return "%s of the candidate's %s calls would have been spared%s, %s bad answers %s."
                .formatted(
                        Numbers.count(spared.calls()),
                        Numbers.count(all.calls()),
                        people == null || people == 0
                                ? ""
                                : ", those of %s people,".formatted(Numbers.count(people)),
                        Numbers.count(spared.badCalls()),
                        usd == null
                                ? "among them; what they cost is not known"
                                : "and " + Numbers.usd(usd));
    }

    private static StepLine step(BacktestReport.Step step) {
        return new StepLine(
                step.name(),
                Numbers.share(step.share().fraction()),
                step.matched() == null
                        ? "the run had no such step"
                        : "judged on the run's step " + step.matched(),
                Numbers.duration(step.lasted()),
                Numbers.count(step.calls()) + " calls",
                step.findings().stream().map(FindingWords::past).map(FindingWords::line).toList());
    }

    private static String exposed(Exposure exposure) {
        var people = exposure.keys();
        var usd = exposure.usd();
        return "%s calls%s, %s bad, %s"
                .formatted(
                        Numbers.count(exposure.calls()),
                        people == null
                                ? " (how many people: not known)"
                                : " of %s people".formatted(Numbers.count(people)),
                        Numbers.count(exposure.badCalls()),
                        usd == null ? "cost not known" : Numbers.usd(usd));
    }

    private static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case PROMOTED -> Tone.MET;
            case ROLLED_BACK -> Tone.BREACHED;
            case ASKS -> Tone.WAITING;
            case UNKNOWN -> Tone.UNSURE;
        };
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case PROMOTED -> "promoted";
            case ROLLED_BACK -> "rolled back";
            case ASKS -> "asks a person";
            case UNKNOWN -> "cannot be told";
        };
    }

    private static BacktestView view(
            RolloutJson run,
            Tone tone,
            String sentence,
            String plan,
            List<Problem> problems,
            @Nullable Result result) {
        return new BacktestView(
                run.id().toString(),
                run.route(),
                run.baseline(),
                run.candidate(),
                tone,
                sentence,
                plan,
                problems,
                result);
    }
}
