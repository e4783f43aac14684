package dev.serin.server.planform;

import static dev.serin.server.planform.PlanForm.said;

import dev.serin.server.planform.PlanForm.ConditionRow;
import dev.serin.server.planform.PlanForm.ObjectiveRow;
import dev.serin.server.planform.PlanForm.StepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Writes a form as the YAML that a person would have written.
final class FormWriter {

    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]*\\.?[0-9]+|[0-9]+\\.");

    private final PlanForm form;
    private final StringBuilder yaml = new StringBuilder();

    private FormWriter(PlanForm form) {
        this.form = form;
    }

    static String yaml(PlanForm form) {
        return new FormWriter(form).write();
    }

    private String write() {
        field("route", Yaml.text(form.route()), form.route());
        field("baseline", Yaml.text(form.baseline()), form.baseline());
        field("candidate", Yaml.text(form.candidate()), form.candidate());
        steps(said(form.steps(), StepRow::isEmpty));
        list("rollback", said(form.conditions(), ConditionRow::isEmpty), FormWriter::condition);
        list("objectives", said(form.objectives(), ObjectiveRow::isEmpty), FormWriter::objective);
        more();
        if (!form.rest().isBlank()) {
            yaml.append(form.rest().strip().replace("\r\n", "\n").replace('\r', '\n')).append('\n');
        }
        return yaml.toString();
    }

    private void field(String name, String value, String typed) {
        if (!typed.isEmpty()) {
            yaml.append(name).append(": ").append(value).append('\n');
        }
    }

    /// The columns stand under each other.
    private void steps(List<StepRow> steps) {
        if (steps.isEmpty()) {
            return;
        }
        int name = widest(steps, step -> part("name", Yaml.text(step.name()), step.name()));
        int share = widest(steps, step -> part("share", percent(step.share()), step.share()));
        yaml.append("steps:\n");
        for (var step : steps) {
            var line = new StringBuilder();
            line.append(padded(part("name", Yaml.text(step.name()), step.name()), name));
            line.append(padded(part("share", percent(step.share()), step.share()), share));
            line.append(part("duration", Yaml.number(step.duration()), step.duration()));
            if (step.gate()) {
                line.append("gate: manual");
            }
            yaml.append("  - { ").append(closed(line)).append(" }\n");
        }
    }

    private <T> void list(String name, List<T> rows, Function<T, String> write) {
        if (rows.isEmpty()) {
            return;
        }
        yaml.append(name).append(":\n");
        rows.forEach(row -> yaml.append("  - ").append(write.apply(row)).append('\n'));
    }

    private static String condition(ConditionRow row) {
        var text = Yaml.text(Clause.text(row));
        boolean rollsBack = row.then().equals(Clause.ROLLBACK);
        if (rollsBack && row.cap().isEmpty()) {
            return text;
        }
        return "{ "
                + closed(
                        part("when", text, text)
                                + (rollsBack ? "" : part("then", Yaml.text(row.then()), row.then()))
                                + part("cap", Yaml.number(row.cap()), row.cap()))
                + " }";
    }

    private static String objective(ObjectiveRow row) {
        var line = new StringBuilder();
        line.append(part("indicator", Yaml.text(row.indicator()), row.indicator()));
        line.append(part("target", percent(row.target()), row.target()));
        line.append(part("within", Yaml.number(row.within()), row.within()));
        line.append(part("window", Yaml.number(row.window()), row.window()));
        return "{ " + closed(line) + " }";
    }

    private void more() {
        var more = form.more();
        field("errorBudget", percent(more.errorBudget()), more.errorBudget());
        if (more.patienceCalls().isEmpty()) {
            field("patience", Yaml.number(more.patience()), more.patience());
        } else {
            group(
                    "patience",
                    part("time", Yaml.number(more.patience()), more.patience())
                            + part(
                                    "calls",
                                    Yaml.number(more.patienceCalls()),
                                    more.patienceCalls()));
        }
        if (!more.badCalls().isEmpty() || !more.usd().isEmpty()) {
            group(
                    "exposure",
                    part("badCalls", Yaml.number(more.badCalls()), more.badCalls())
                            + part("usd", Yaml.number(more.usd()), more.usd()));
        }
        field("costCap", Yaml.number(more.costCap()), more.costCap());
    }

    private void group(String name, String parts) {
        yaml.append(name).append(": { ").append(closed(parts)).append(" }\n");
    }

    /// A share is asked for in percent, so a bare number is one.
    private static String percent(String typed) {
        return BARE_NUMBER.matcher(typed).matches() ? typed + "%" : Yaml.text(typed);
    }

    private static String part(String name, String value, String typed) {
        return typed.isEmpty() ? "" : name + ": " + value + ", ";
    }

    private static String closed(CharSequence parts) {
        return parts.toString().strip().replaceFirst(",$", "");
    }

    private static int widest(List<StepRow> steps, Function<StepRow, String> part) {
        var widths = new ArrayList<Integer>();
        steps.forEach(step -> widths.add(part.apply(step).length()));
        return Math.min(40, widths.stream().max(Integer::compare).orElse(0));
    }

    private static String padded(String part, int width) {
        return part + " ".repeat(Math.max(0, width - part.length()));
    }
}
