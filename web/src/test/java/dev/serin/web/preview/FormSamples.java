package dev.serin.web.preview;

import dev.serin.web.plan.FormField;
import dev.serin.web.plan.FormField.Option;
import dev.serin.web.plan.FormRows;
import dev.serin.web.plan.PlanFormView;
import dev.serin.web.plan.PlanFormView.Earlier;
import dev.serin.web.words.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The form for people who don't write YAML, in its states.
final class FormSamples {

    private static final List<Option> METRICS =
            List.of(
                    new Option("", "choose …"),
                    new Option("error_rate", "Errors (error_rate)"),
                    new Option("p95_latency_ms", "p95 latency (p95_latency_ms)"));

    private FormSamples() {}

    static PlanFormView usual() {
        return form(true, Tone.QUIET, "", List.of(), Map.of(), "", List.of());
    }

    static PlanFormView folded() {
        return form(false, Tone.QUIET, "", List.of(), Map.of(), "", earlier());
    }

    static PlanFormView written() {
        return form(
                false,
                Tone.MET,
                "The form stands in the plan below.",
                List.of(),
                Map.of(),
                "route: support-chat\ncandidate: <b>bold\n",
                earlier());
    }

    static PlanFormView withErrors() {
        return form(
                true,
                Tone.BREACHED,
                "The form was not written into the plan: 3 fields need mending.",
                List.of(),
                Map.of(
                        "f-step-1-share",
                        "shares rise from step to step; write one above 5% (got 3%)",
                        "f-conditions",
                        "all conditions only show, so nothing could stop the candidate; let one of them rollback or ask (got [2 values])",
                        "f-condition-0-amount",
                        "a rate is below 1, got 10; write 10%"),
                "",
                List.of());
    }

    static PlanFormView left() {
        return form(
                true,
                Tone.UNSURE,
                "The form has no field for these values of the plan. They stay in the editor;"
                        + " writing the form over it would lose them.",
                List.of("steps[1].gate.note: \"Look: twice\"", "steps[1].gate.within: PT4H"),
                Map.of(),
                "",
                earlier());
    }

    private static List<Earlier> earlier() {
        return List.of(
                new Earlier(
                        "r-42", "support-chat: gpt-3.5-turbo → gpt-4, promoted, 2 d ago", false),
                new Earlier("r-41", "search-answer: gpt-4 → gpt-4o, rolled back, 9 d ago", true));
    }

    private static PlanFormView form(
            boolean open,
            Tone tone,
            String says,
            List<String> left,
            Map<String, String> errors,
            String replaced,
            List<Earlier> earlier) {
        var steps = new ArrayList<FormRows.Row>();
        var shares = List.of("5%", "3%", "100%");
        for (int i = 0; i < 3; i++) {
            var id = "f-step-" + i;
            steps.add(
                    new FormRows.Row(
                            i + 1,
                            List.of(
                                    field(id + "-name", "stepName", "Name", "step " + i, errors),
                                    field(
                                            id + "-share",
                                            "stepShare",
                                            "Share, %",
                                            errors.isEmpty()
                                                    ? List.of("5%", "50%", "100%").get(i)
                                                    : shares.get(i),
                                            errors),
                                    field(
                                            id + "-duration",
                                            "stepDuration",
                                            "At least for",
                                            "1h",
                                            errors),
                                    choice(
                                            id + "-gate",
                                            "stepGate",
                                            "Then ask",
                                            i == 1 ? "manual" : "none",
                                            List.of(
                                                    new Option("none", "nobody"),
                                                    new Option("manual", "a person")))),
                            "drop %d step".formatted(i)));
        }
        return new PlanFormView(
                open,
                tone,
                says,
                left,
                null,
                List.of(
                        hinted("f-route", "route", "Route", "support-chat", "what clients call"),
                        hinted(
                                "f-baseline",
                                "baseline",
                                "Baseline",
                                "",
                                "the model that serves it now; empty: the route’s"),
                        hinted(
                                "f-candidate",
                                "candidate",
                                "Candidate",
                                "openai/gpt-4",
                                "the model that may take over")),
                new FormRows(
                        "f-steps",
                        "step",
                        "Steps",
                        "The candidate’s share rises from step to step. A time has its unit: 30s, 10m, 2h.",
                        steps,
                        null,
                        "Add a step",
                        false),
                new FormRows(
                        "f-conditions",
                        "condition",
                        "Conditions",
                        "What must not become true. A limit has its unit: 10% for a rate, 5s for a latency, 0.10 for dollars; times the baseline it is a factor.",
                        List.of(
                                condition(0, "error_rate", "fixed", "10", errors),
                                condition(1, "p95_latency_ms", "times", "3", errors)),
                        errors.get("f-conditions"),
                        "Add a condition",
                        false),
                new FormRows(
                        "f-objectives",
                        "objective",
                        "Objectives",
                        "May be left out.",
                        List.of(),
                        null,
                        "Add an objective",
                        false),
                List.of(
                        hinted(
                                "f-patience",
                                "patience",
                                "Patience",
                                "",
                                "how long a step may stay unsure before a person is asked; empty: 1d"),
                        hinted(
                                "f-usd",
                                "usd",
                                "Spent at most, $",
                                "20",
                                "at so much for the candidate it rolls back; empty: no such cap")),
                !errors.isEmpty(),
                hinted(
                        "f-rest",
                        "rest",
                        "Further fields, as YAML",
                        "team: care",
                        "such as metrics, team, labels or confidence; they go to the end of the plan"),
                replaced,
                earlier);
    }

    private static FormRows.Row condition(
            int row, String metric, String against, String amount, Map<String, String> errors) {
        var id = "f-condition-" + row;
        return new FormRows.Row(
                row + 1,
                List.of(
                        choice(id + "-metric", "conditionMetric", "Metric", metric, METRICS),
                        choice(
                                id + "-side",
                                "conditionSide",
                                "Is",
                                ">=",
                                List.of(
                                        new Option(">=", "≥ at least"),
                                        new Option("<=", "≤ at most"))),
                        choice(
                                id + "-against",
                                "conditionAgainst",
                                "Held against",
                                against,
                                List.of(
                                        new Option("fixed", "this value"),
                                        new Option("times", "times the baseline"))),
                        field(id + "-amount", "conditionAmount", "Limit", amount, errors),
                        choice(
                                id + "-then",
                                "conditionThen",
                                "A breach",
                                "rollback",
                                List.of(
                                        new Option("rollback", "rolls back"),
                                        new Option("ask", "asks a person")))),
                "drop %d condition".formatted(row));
    }

    private static FormField field(
            String id, String name, String label, String value, Map<String, String> errors) {
        return new FormField(
                id,
                name,
                label,
                value,
                "",
                List.of(),
                errors.get(id),
                errors.containsKey(id) && id.equals("f-step-1-share"));
    }

    private static FormField hinted(
            String id, String name, String label, String value, String hint) {
        return new FormField(id, name, label, value, hint, List.of(), null, false);
    }

    private static FormField choice(
            String id, String name, String label, String value, List<Option> options) {
        return new FormField(id, name, label, value, "", options, null, false);
    }
}
