package dev.serin.server.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.engine.judge.Finding;
import dev.serin.server.demo.Terminal;
import dev.serin.server.words.FindingWords;
import dev.serin.simulator.backtest.BacktestReport.Exposure;
import dev.serin.web.words.Numbers;
import org.jspecify.annotations.Nullable;

/// A backtest for the command line.
public final class BacktestAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROW = "  %-22s %-30s %-30s";
    private static final int MOST_LETTERS = 30;

    private final Backtests.Tested tested;
    private final BacktestJson json;

    BacktestAnswer(Backtests.Tested tested) {
        this.tested = tested;
        this.json = BacktestJson.of(tested);
    }

    /// One JSON document in a line.
    public String json() {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of text and numbers always become JSON", e);
        }
    }

    /// Both side by side, then the steps, then what the run cannot tell.
    public void print(Terminal terminal) {
        var run = tested.run();
        var report = tested.report();
        terminal.line(
                terminal.bold(
                        "%s: %s to %s".formatted(run.route(), run.baseline(), run.candidate())));
        terminal.line(terminal.faint(ROW.formatted("", "what happened", "under the other plan")));
        terminal.line(
                ROW.formatted(
                        "outcome",
                        known(json.recorded().outcome()),
                        known(json.other().outcome())));
        terminal.line(
                ROW.formatted(
                        "after",
                        Numbers.duration(BacktestJson.took(run)),
                        Numbers.duration(report.after())));
        print(terminal, report.recorded(), report.exposed());
        terminal.line("");
        terminal.line("  " + report.reason());
        for (var step : report.steps()) {
            terminal.line("");
            terminal.line(
                    "  %s, %s, %s calls; %s"
                            .formatted(
                                    step.name(),
                                    Numbers.share(step.share().fraction()),
                                    Numbers.count(step.calls()),
                                    step.matched() == null
                                            ? "the run had no such step"
                                            : "judged on the run's step " + step.matched()));
            step.findings().forEach(finding -> terminal.line("    " + line(finding)));
        }
        report.unknown().forEach(line -> terminal.line("  cannot be told: " + line));
    }

    private static void print(Terminal terminal, Exposure recorded, Exposure other) {
        terminal.line(
                ROW.formatted(
                        "candidate calls",
                        Numbers.count(recorded.calls()),
                        Numbers.count(other.calls())));
        terminal.line(ROW.formatted("people", people(recorded), people(other)));
        terminal.line(
                ROW.formatted(
                        "bad answers",
                        Numbers.count(recorded.badCalls()),
                        Numbers.count(other.badCalls())));
        terminal.line(ROW.formatted("money", money(recorded), money(other)));
    }

    private static String people(Exposure exposure) {
        return exposure.keys() == null ? Numbers.NOT_KNOWN : Numbers.count(exposure.keys());
    }

    private static String money(Exposure exposure) {
        return exposure.usd() == null ? Numbers.NOT_KNOWN : Numbers.usd(exposure.usd());
    }

    private static String line(Finding finding) {
        return "%-9s %s"
                .formatted(FindingWords.state(finding), FindingWords.past(finding).sentence());
    }

    private static String known(@Nullable String word) {
        var text = word == null ? "under way" : word;
        return text.length() > MOST_LETTERS ? text.substring(0, MOST_LETTERS) : text;
    }
}
