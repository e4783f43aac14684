package dev.serin.server.planform;

import dev.serin.server.planform.PlanForm.Against;
import dev.serin.server.planform.PlanForm.ConditionRow;
import dev.serin.server.planform.PlanForm.More;
import dev.serin.server.planform.PlanForm.ObjectiveRow;
import dev.serin.server.planform.PlanForm.StepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/// Reads the form's fields as a browser posts them: those of a row by their order.
final class Posted {

    private static final int LONGEST = 4_000;

    /// The lines that the form has no field for may hold the queries of a source.
    private static final int LONGEST_REST = 50_000;

    private final Map<String, List<String>> fields;

    Posted(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    PlanForm form() {
        return new PlanForm(
                one("route"),
                one("baseline"),
                one("candidate"),
                rows("stepName", PlanForm.MOST_STEPS, this::step),
                rows("conditionMetric", PlanForm.MOST_CONDITIONS, this::condition),
                rows("objectiveIndicator", PlanForm.MOST_OBJECTIVES, this::objective),
                new More(
                        one("errorBudget"),
                        one("patience"),
                        one("patienceCalls"),
                        one("badCalls"),
                        one("usd"),
                        one("costCap")),
                rest());
    }

    private StepRow step(int row) {
        return new StepRow(
                at("stepName", row),
                at("stepShare", row),
                at("stepDuration", row),
                at("stepGate", row).equals("manual"));
    }

    private ConditionRow condition(int row) {
        return new ConditionRow(
                at("conditionMetric", row),
                at("conditionSide", row).equals("<=") ? "<=" : ">=",
                Against.of(at("conditionAgainst", row)),
                at("conditionAmount", row),
                then(at("conditionThen", row)),
                at("conditionCap", row));
    }

    private static String then(String written) {
        return Set.of(Clause.ASK, Clause.SHOW).contains(written) ? written : Clause.ROLLBACK;
    }

    private ObjectiveRow objective(int row) {
        return new ObjectiveRow(
                at("objectiveIndicator", row),
                at("objectiveTarget", row),
                at("objectiveWithin", row),
                at("objectiveWindow", row));
    }

    private <T> List<T> rows(String leading, int most, IntFunction<T> read) {
        int count = Math.min(most, fields.getOrDefault(leading, List.of()).size());
        var rows = new ArrayList<T>(count);
        for (int row = 0; row < count; row++) {
            rows.add(read.apply(row));
        }
        return rows;
    }

    private String one(String field) {
        return at(field, 0);
    }

    private String rest() {
        return at("rest", 0, LONGEST_REST);
    }

    private String at(String field, int row) {
        return at(field, row, LONGEST);
    }

    private String at(String field, int row, int most) {
        var values = fields.getOrDefault(field, List.of());
        var value = row < values.size() ? values.get(row).strip() : "";
        return value.length() > most ? value.substring(0, most) : value;
    }
}
