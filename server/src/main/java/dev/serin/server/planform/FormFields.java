package dev.serin.server.planform;

import dev.serin.engine.judge.Metric;
import dev.serin.engine.slo.Objective;
import dev.serin.server.planform.PlanForm.Against;
import dev.serin.server.planform.PlanForm.ConditionRow;
import dev.serin.server.planform.PlanForm.ObjectiveRow;
import dev.serin.server.planform.PlanForm.StepRow;
import dev.serin.server.words.MetricWords;
import dev.serin.web.plan.FormField;
import dev.serin.web.plan.FormField.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the form calls its fields, and what may stand in them.
///
/// @param errors by the id of their field
/// @param focus id of the field at which the reader goes on; empty for none
record FormFields(Map<String, String> errors, String focus) {

    private static final List<Option> SIDES =
            List.of(new Option(">=", "≥ at least"), new Option("<=", "≤ at most"));

    private static final List<Option> AGAINST =
            List.of(
                    new Option(Against.FIXED.key(), "this value"),
                    new Option(Against.MORE.key(), "baseline plus"),
                    new Option(Against.LESS.key(), "baseline minus"),
                    new Option(Against.TIMES.key(), "times the baseline"),
                    new Option(Against.FORMULA.key(), "a formula"));

    private static final List<Option> THEN =
            List.of(
                    new Option(Clause.ROLLBACK, "rolls back"),
                    new Option(Clause.ASK, "asks a person"),
                    new Option(Clause.SHOW, "is only shown"));

    private static final List<Option> GATES =
            List.of(new Option("none", "nobody"), new Option("manual", "a person"));

    List<FormField> names(PlanForm form) {
        return List.of(
                text("f-route", "route", "Route", form.route(), "what clients call"),
                text(
                        "f-baseline",
                        "baseline",
                        "Baseline",
                        form.baseline(),
                        "the model that serves it now; empty: the route’s"),
                text(
                        "f-candidate",
                        "candidate",
                        "Candidate",
                        form.candidate(),
                        "the model that may take over"));
    }

    List<FormField> step(int row, StepRow step) {
        var id = "f-step-" + row;
        return List.of(
                text(id + "-name", "stepName", "Name", step.name(), ""),
                text(id + "-share", "stepShare", "Share, %", step.share(), ""),
                text(id + "-duration", "stepDuration", "At least for", step.duration(), ""),
                choice(
                        id + "-gate",
                        "stepGate",
                        "Then ask",
                        step.gate() ? "manual" : "none",
                        GATES));
    }

    /// @param capped whether there is a field for the condition's own cap
    List<FormField> condition(int row, ConditionRow condition, boolean capped) {
        var id = "f-condition-" + row;
        var fields = condition(id, condition);
        if (capped) {
            fields.add(text(id + "-cap", "conditionCap", "One call at most", condition.cap(), ""));
        }
        return fields;
    }

    private List<FormField> condition(String id, ConditionRow condition) {
        var fields =
                List.of(
                        choice(
                                id + "-metric",
                                "conditionMetric",
                                "Metric",
                                condition.metric(),
                                metrics(condition.metric())),
                        choice(id + "-side", "conditionSide", "Is", condition.side(), SIDES),
                        choice(
                                id + "-against",
                                "conditionAgainst",
                                "Held against",
                                condition.against().key(),
                                AGAINST),
                        text(id + "-amount", "conditionAmount", "Limit", condition.amount(), ""),
                        choice(id + "-then", "conditionThen", "A breach", condition.then(), THEN));
        return new ArrayList<>(fields);
    }

    List<FormField> objective(int row, ObjectiveRow objective) {
        var id = "f-objective-" + row;
        return List.of(
                choice(
                        id + "-indicator",
                        "objectiveIndicator",
                        "Indicator",
                        objective.indicator(),
                        indicators(objective.indicator())),
                text(id + "-target", "objectiveTarget", "Good calls, %", objective.target(), ""),
                text(id + "-within", "objectiveWithin", "Good within", objective.within(), ""),
                text(id + "-window", "objectiveWindow", "Over the last", objective.window(), ""));
    }

    List<FormField> more(PlanForm.More more) {
        return List.of(
                text(
                        "f-errorBudget",
                        "errorBudget",
                        "Error budget, %",
                        more.errorBudget(),
                        "the part of the candidate’s calls that may be bad in any way"),
                text(
                        "f-patience",
                        "patience",
                        "Patience",
                        more.patience(),
                        "how long a step may stay unsure before a person is asked; empty: 1d"),
                text(
                        "f-patienceCalls",
                        "patienceCalls",
                        "Patience in calls",
                        more.patienceCalls(),
                        "the same in the candidate’s calls; empty: 20000"),
                text(
                        "f-badCalls",
                        "badCalls",
                        "Bad calls at most",
                        more.badCalls(),
                        "at so many of the candidate’s it rolls back; empty: no such cap"),
                text(
                        "f-usd",
                        "usd",
                        "Spent at most, $",
                        more.usd(),
                        "at so much for the candidate it rolls back; empty: no such cap"),
                text(
                        "f-costCap",
                        "costCap",
                        "One call costs at most, $",
                        more.costCap(),
                        "needed where cost is compared with the baseline; empty: 5 times its limit"));
    }

    FormField rest(PlanForm form) {
        return text(
                "f-rest",
                "rest",
                "Further fields, as YAML",
                form.rest(),
                "such as metrics, team, labels or confidence; they go to the end of the plan");
    }

    private static List<Option> metrics(String chosen) {
        var options = new ArrayList<Option>();
        options.add(new Option("", "choose …"));
        Metric.standard()
                .forEach(metric ->
                        options.add(
                                new Option(
                                        metric.name(),
                                        "%s (%s)"
                                                .formatted(
                                                        MetricWords.name(metric), metric.name()))));
        return with(options, chosen);
    }

    private static List<Option> indicators(String chosen) {
        var options = new ArrayList<Option>();
        options.add(new Option("", "choose …"));
        for (var indicator : Objective.Indicator.values()) {
            options.add(new Option(indicator.key(), indicator.key().replace('_', ' ')));
        }
        return with(options, chosen);
    }

    /// A value that the list does not know, such as a metric of the plan's own, stays chosen.
    private static List<Option> with(List<Option> options, String chosen) {
        if (options.stream().noneMatch(option -> option.value().equals(chosen))) {
            options.add(new Option(chosen, chosen));
        }
        return options;
    }

    private FormField text(String id, String name, String label, String value, String hint) {
        return field(id, name, label, value, hint, List.of());
    }

    private FormField choice(
            String id, String name, String label, String value, List<Option> options) {
        return field(id, name, label, value, "", options);
    }

    private FormField field(
            String id, String name, String label, String value, String hint, List<Option> options) {
        return new FormField(
                id, name, label, value, hint, options, errors.get(id), id.equals(focus));
    }
}
