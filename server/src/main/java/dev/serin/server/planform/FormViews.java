package dev.serin.server.planform;

import dev.serin.web.plan.FormField;
import dev.serin.web.plan.FormRows;
import dev.serin.web.plan.PlanFormView;
import dev.serin.web.words.Tone;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/// Puts a form on a page.
public final class FormViews {

    private FormViews() {}

    /// What a page says of the form beside its fields.
    ///
    /// @param open whether the form is unfolded
    /// @param says what the last button did; empty for nothing
    /// @param left what the form could not take over from the plan
    /// @param errors by the id of their field
    /// @param act the button that changed the rows, such as `add step`; empty for another
    /// @param replaced what stood in the editor before; empty for nothing
    public record Telling(
            boolean open,
            Tone tone,
            String says,
            List<String> left,
            Map<String, String> errors,
            String act,
            String replaced) {

        public Telling {
            left = List.copyOf(left);
            errors = Map.copyOf(errors);
        }

        public static Telling quiet(boolean open) {
            return new Telling(open, Tone.QUIET, "", List.of(), Map.of(), "", "");
        }

        public static Telling changed(String act) {
            return new Telling(true, Tone.QUIET, "", List.of(), Map.of(), act, "");
        }
    }

    public static PlanFormView of(
            PlanForm form, Telling telling, List<PlanFormView.Earlier> earlier) {
        var errors = telling.errors();
        var focus = errors.isEmpty() ? next(form, telling.act()) : firstWrong(form, errors);
        var fields = new FormFields(errors, focus);
        return new PlanFormView(
                telling.open(),
                telling.tone(),
                telling.says(),
                telling.left(),
                errors.get(FormErrors.WHOLE),
                fields.names(form),
                new FormRows(
                        "f-steps",
                        "step",
                        "Steps",
                        "The candidate’s share rises from step to step. A time has its unit: 30s,"
                                + " 10m, 2h.",
                        rows("step", form.steps(), fields::step),
                        errors.get("f-steps"),
                        form.steps().size() < PlanForm.MOST_STEPS ? "Add a step" : "",
                        focus.equals("f-steps")),
                new FormRows(
                        "f-conditions",
                        "condition",
                        "Conditions",
                        "What must not become true. A limit has its unit: 10% for a rate, 5s for a"
                                + " latency, 0.10 for dollars; times the baseline it is a factor.",
                        conditions(form, fields),
                        errors.get("f-conditions"),
                        form.conditions().size() < PlanForm.MOST_CONDITIONS
                                ? "Add a condition"
                                : "",
                        focus.equals("f-conditions")),
                new FormRows(
                        "f-objectives",
                        "objective",
                        "Objectives",
                        "May be left out. They are shown with their error budget, and never roll"
                                + " back by themselves.",
                        rows("objective", form.objectives(), fields::objective),
                        errors.get("f-objectives"),
                        form.objectives().size() < PlanForm.MOST_OBJECTIVES
                                ? "Add an objective"
                                : "",
                        focus.equals("f-objectives")),
                fields.more(form.more()),
                form.saysMore(),
                fields.rest(form),
                telling.replaced(),
                earlier);
    }

    private static List<FormRows.Row> conditions(PlanForm form, FormFields fields) {
        boolean capped = form.capsConditions();
        return rows(
                "condition",
                form.conditions(),
                (row, condition) -> fields.condition(row, condition, capped));
    }

    private static <T> List<FormRows.Row> rows(
            String kind, List<T> rows, BiFunction<Integer, T, List<FormField>> fields) {
        var printed = new ArrayList<FormRows.Row>();
        for (int row = 0; row < rows.size(); row++) {
            printed.add(
                    new FormRows.Row(
                            row + 1,
                            fields.apply(row, rows.get(row)),
                            "drop %d %s".formatted(row, kind)));
        }
        return printed;
    }

    private static String firstWrong(PlanForm form, Map<String, String> errors) {
        return ids(form).stream().filter(errors::containsKey).findFirst().orElse("");
    }

    /// Where the reader goes on after a row came or went.
    private static String next(PlanForm form, String written) {
        var act = RowAct.of(written);
        if (act == null) {
            return "";
        }
        return switch (act.rows()) {
            case STEP -> next("f-steps", "f-step-%d-name", form.steps().size(), act);
            case CONDITION ->
                    next("f-conditions", "f-condition-%d-metric", form.conditions().size(), act);
            case OBJECTIVE ->
                    next("f-objectives", "f-objective-%d-indicator", form.objectives().size(), act);
        };
    }

    private static String next(String group, String field, int rows, RowAct act) {
        int row = act.drop() == null ? rows - 1 : Math.min(act.drop(), rows - 1);
        return row < 0 ? group : field.formatted(row);
    }

    /// The ids that an error of `form` can stand at, from top to bottom.
    static Set<String> ids(PlanForm form) {
        var fields = new FormFields(Map.of(), "");
        var ids = new LinkedHashSet<String>();
        ids.add(FormErrors.WHOLE);
        add(ids, fields.names(form));
        ids.add("f-steps");
        rows("step", form.steps(), fields::step).forEach(row -> add(ids, row.fields()));
        ids.add("f-conditions");
        conditions(form, fields).forEach(row -> add(ids, row.fields()));
        ids.add("f-objectives");
        rows("objective", form.objectives(), fields::objective)
                .forEach(row -> add(ids, row.fields()));
        add(ids, fields.more(form.more()));
        ids.add(fields.rest(form).id());
        return ids;
    }

    private static void add(Set<String> ids, List<FormField> fields) {
        fields.forEach(field -> ids.add(field.id()));
    }
}
