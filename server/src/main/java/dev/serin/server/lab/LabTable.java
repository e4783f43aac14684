package dev.serin.server.lab;

import dev.serin.server.demo.Terminal;
import dev.serin.simulator.lab.LabReport;
import dev.serin.simulator.lab.LabResult;
import dev.serin.web.words.Numbers;

/// A report as a table in a terminal, then what to change.
final class LabTable {

    private static final String ROW = "  %-26s %9s %11s %9s   %9s %9s   %-11s %-11s   %9s %11s";

    private final Terminal terminal;

    LabTable(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(LabReport report) {
        var order = report.order();
        var plan = order.plan();
        terminal.line(
                terminal.bold(
                                "%s: %s to %s"
                                        .formatted(plan.route(), plan.baseline(), plan.candidate()))
                        + terminal.faint(
                                "   %s plays the baseline; %s rollouts of each, %s calls a second, seed %d%s"
                                        .formatted(
                                                order.baseline().name(),
                                                Numbers.count(order.runs()),
                                                LabReader.text(order.callsPerSecond()),
                                                order.seed(),
                                                report.whole() ? "" : ", stopped")));
        terminal.line(
                terminal.faint(
                        ROW.formatted(
                                "",
                                "",
                                "this plan",
                                "",
                                "calls",
                                "",
                                "time",
                                "",
                                "threshold",
                                "rule")));
        terminal.line(
                terminal.faint(
                        ROW.formatted(
                                "candidate",
                                "promoted",
                                "rolled back",
                                "undecided",
                                "median",
                                "95th",
                                "median",
                                "95th",
                                "promoted",
                                "rolled back")));
        report.results().forEach(this::print);
        terminal.line("");
        report.advice().forEach(line -> terminal.line("  - " + line));
    }

    private void print(LabResult result) {
        boolean decided = result.promoted() + result.rolledBack() > 0;
        terminal.line(
                ROW.formatted(
                        result.name(),
                        percent(result.promoted(), result.runs()),
                        percent(result.rolledBack(), result.runs()),
                        percent(result.stuck(), result.runs()),
                        decided ? count(result.calls().median()) : "-",
                        decided ? count(result.calls().p95()) : "-",
                        decided ? Numbers.duration(result.time().median()) : "-",
                        decided ? Numbers.duration(result.time().p95()) : "-",
                        percent(result.thresholdRule().promoted(), result.runs()),
                        percent(result.thresholdRule().rolledBack(), result.runs())));
    }

    private static String percent(int count, int runs) {
        return percent((double) count / runs, runs);
    }

    private static String percent(double part, int runs) {
        return runs == 0 ? "-" : Numbers.percent(part);
    }

    private static String count(double calls) {
        return Numbers.count(Math.round(calls));
    }
}
