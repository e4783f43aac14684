package dev.serin.server.planform;

import dev.serin.server.planfile.PlanError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Finds the field of the form that each error of the written plan came from.
final class FormErrors {

    /// Stands for the form where an error belongs to no field.
    static final String WHOLE = "f-form";

    private static final Pattern ROW =
            Pattern.compile("(steps|rollback|objectives)\\[([0-9]+)](?:\\.([a-z]+))?");

    /// The lists of a plan that are rows of the form.
    private enum Rows {
        STEPS,
        ROLLBACK,
        OBJECTIVES;

        /// @param field of the plan, one of those in [#ROW]
        static Rows of(String field) {
            return valueOf(field.toUpperCase(Locale.ROOT));
        }
    }

    private static final Map<String, String> FIELDS =
            Map.ofEntries(
                    Map.entry("route", "f-route"),
                    Map.entry("baseline", "f-baseline"),
                    Map.entry("candidate", "f-candidate"),
                    Map.entry("steps", "f-steps"),
                    Map.entry("rollback", "f-conditions"),
                    Map.entry("objectives", "f-objectives"),
                    Map.entry("errorBudget", "f-errorBudget"),
                    Map.entry("patience", "f-patience"),
                    Map.entry("patience.time", "f-patience"),
                    Map.entry("patience.calls", "f-patienceCalls"),
                    Map.entry("exposure.badCalls", "f-badCalls"),
                    Map.entry("exposure.usd", "f-usd"),
                    Map.entry("costCap", "f-costCap"));

    /// What to say where nothing stands: a form has no lines to write.
    private static final Map<String, String> MISSING =
            Map.of(
                    "f-route", "a route is needed: the name that clients call, as support-chat",
                    "f-baseline", "the route has no model yet: name the one that serves it now",
                    "f-candidate", "name the model that may take over, as openai/gpt-4",
                    "f-steps", "add a step: without one nothing moves",
                    "f-conditions", "add a condition: without one nothing is judged",
                    "share", "a share is needed, as 5 %",
                    "amount", "choose a metric and write a limit, as 10% or 5s",
                    "indicator", "choose an indicator",
                    "target", "a target is needed, as 95 %",
                    "within", "this indicator needs a limit, as 2000ms or 0.10");

    private final PlanForm form;
    private final int restFrom;
    private final Map<String, String> found = new LinkedHashMap<>();

    private FormErrors(PlanForm form, int restFrom) {
        this.form = form;
        this.restFrom = restFrom;
    }

    /// The errors by the id of their field.
    ///
    /// @param yaml what was written from `form`
    static Map<String, String> of(PlanForm form, String yaml, List<PlanError> errors) {
        int restLines = form.rest().isBlank() ? 0 : (int) form.rest().strip().lines().count();
        int lines = (int) yaml.lines().count();
        var all = new FormErrors(form, lines - restLines + 1);
        errors.forEach(all::add);
        return all.found;
    }

    private void add(PlanError error) {
        var field = field(error);
        found.merge(field, message(error, field), (one, other) -> one + "; " + other);
    }

    private String field(PlanError error) {
        var row = ROW.matcher(error.field());
        if (row.matches()) {
            int index = Integer.parseInt(row.group(2));
            var part = row.group(3) == null ? "" : row.group(3);
            return inRow(Rows.of(row.group(1)), index, part).orElseGet(() -> outside(error));
        }
        var known = FIELDS.get(error.field());
        if (known != null && (error.line() < restFrom || error.value().isEmpty())) {
            return known;
        }
        return outside(error);
    }

    private String outside(PlanError error) {
        return !form.rest().isBlank() && error.line() >= restFrom ? "f-rest" : WHOLE;
    }

    /// The field of a row; empty where the document has the row from the further fields.
    private Optional<String> inRow(Rows list, int index, String part) {
        return switch (list) {
            case STEPS ->
                    typed(form.steps(), PlanForm.StepRow::isEmpty, index)
                            .map(row ->
                                    "f-step-%d-%s".formatted(row, part.isEmpty() ? "share" : part));
            case ROLLBACK ->
                    typed(form.conditions(), PlanForm.ConditionRow::isEmpty, index)
                            .map(row ->
                                    "f-condition-%d-%s"
                                            .formatted(
                                                    row,
                                                    part.equals("cap") && form.capsConditions()
                                                            ? "cap"
                                                            : "amount"));
            case OBJECTIVES ->
                    typed(form.objectives(), PlanForm.ObjectiveRow::isEmpty, index)
                            .map(row ->
                                    "f-objective-%d-%s"
                                            .formatted(row, part.isEmpty() ? "target" : part));
        };
    }

    /// The row of the form that became item `index` of the document: rows in which nothing stands
    /// were left out.
    private static <T> Optional<Integer> typed(List<T> rows, Predicate<T> empty, int index) {
        return IntStream.range(0, rows.size())
                .filter(row -> !empty.test(rows.get(row)))
                .skip(index)
                .boxed()
                .findFirst();
    }

    private String message(PlanError error, String field) {
        if (isEmpty(field, error)) {
            var key =
                    field.startsWith("f-step-")
                                    || field.startsWith("f-condition-")
                                    || field.startsWith("f-objective-")
                            ? field.substring(field.lastIndexOf('-') + 1)
                            : field;
            return MISSING.getOrDefault(key, error.message());
        }
        return field.equals("f-rest")
                ? "line %d: %s".formatted(error.line() - restFrom + 1, error.message())
                : error.message();
    }

    private boolean isEmpty(String field, PlanError error) {
        if (field.endsWith("-amount")) {
            var digits = new ArrayList<>(List.of(field.split("-")));
            var row = form.conditions().get(Integer.parseInt(digits.get(2)));
            return row.metric().isEmpty() || row.amount().isEmpty();
        }
        return error.value().isEmpty();
    }
}
