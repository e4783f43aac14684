package dev.serin.server.planform;

import dev.serin.server.planform.PlanForm.ConditionRow;
import dev.serin.server.planform.PlanForm.ObjectiveRow;
import dev.serin.server.planform.PlanForm.StepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A row that is added to the form, or taken out of it.
///
/// @param drop index of the row that is taken out; null for a new row at the end
record RowAct(Rows rows, @Nullable Integer drop) {

    private static final Pattern WRITTEN =
            Pattern.compile("(?:add|drop ([0-9]{1,3})) (step|condition|objective)");

    /// Which rows.
    enum Rows {
        STEP,
        CONDITION,
        OBJECTIVE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The act that a button names: `add step`, `drop 2 condition`; null if it names none.
    static @Nullable RowAct of(String written) {
        var matcher = WRITTEN.matcher(written);
        return matcher.matches()
                ? new RowAct(
                        Rows.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)),
                        matcher.group(1) == null ? null : Integer.valueOf(matcher.group(1)))
                : null;
    }

    PlanForm on(PlanForm form) {
        return switch (rows) {
            case STEP -> form.withSteps(change(form.steps(), StepRow.EMPTY, PlanForm.MOST_STEPS));
            case CONDITION ->
                    form.withConditions(
                            change(
                                    form.conditions(),
                                    ConditionRow.EMPTY,
                                    PlanForm.MOST_CONDITIONS));
            case OBJECTIVE ->
                    form.withObjectives(
                            change(
                                    form.objectives(),
                                    ObjectiveRow.EMPTY,
                                    PlanForm.MOST_OBJECTIVES));
        };
    }

    private <T> List<T> change(List<T> rows, T empty, int most) {
        var changed = new ArrayList<>(rows);
        if (drop == null) {
            if (changed.size() < most) {
                changed.add(empty);
            }
        } else if (drop < changed.size()) {
            changed.remove((int) drop);
        }
        return changed;
    }
}
