package dev.serin.server.planform;

import dev.serin.server.planfile.PlanFile;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.planfile.PlanWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way from a form to a plan and back.
public final class FormReading {

    private FormReading() {}

    /// A form as it was posted.
    public static PlanForm posted(Map<String, List<String>> fields) {
        return new Posted(fields).form();
    }

    /// Whether a post has the form's fields at all; a plan alone may be posted as well.
    public static boolean isPosted(Map<String, List<String>> fields) {
        return fields.containsKey("candidate");
    }

    /// The form after a button named `act`, such as `add step`; as it was if it names nothing.
    public static PlanForm changed(PlanForm form, String act) {
        var change = RowAct.of(act);
        return change == null ? form : change.on(form);
    }

    /// What the form says, as a plan.
    ///
    /// @param yaml as a person would have written it
    /// @param errors by the id of the field; empty if the plan can be read
    public record Written(String yaml, Map<String, String> errors) {

        public Written {
            errors = Map.copyOf(errors);
        }
    }

    /// Writes `form`, and looks whether what was written is a plan.
    ///
    /// @param read how a plan is read
    public static Written write(PlanForm form, Function<String, PlanReading> read) {
        var yaml = FormWriter.yaml(form);
        return new Written(
                yaml,
                switch (read.apply(yaml)) {
                    case PlanReading.Read _ -> Map.of();
                    case PlanReading.Refused(var errors) -> FormErrors.of(form, yaml, errors);
                    case PlanReading.TooLarge large -> Map.of(FormErrors.WHOLE, large.message());
                });
    }

    /// A form that was filled from a plan.
    ///
    /// @param left what the form could not take over, such as `steps[3].gate.note: Look twice`
    public record Filled(PlanForm form, List<String> left) {

        public Filled {
            left = List.copyOf(left);
        }
    }

    /// Fills a form from a plan.
    ///
    /// @param read how a plan is read
    public static Filled fill(PlanFile file, Function<String, PlanReading> read) {
        var form = Filling.of(file);
        var back = read.apply(FormWriter.yaml(form));
        var left = new ArrayList<String>();
        switch (back) {
            case PlanReading.Read again ->
                    compare("", PlanWriter.document(file), PlanWriter.document(again.file()), left);
            case PlanReading.Refused(var errors) ->
                    errors.forEach(error -> left.add(error.field() + ": " + error.message()));
            case PlanReading.TooLarge large -> left.add(large.message());
        }
        return new Filled(form, left);
    }

    private static void compare(
            String path, @Nullable Object was, @Nullable Object is, List<String> left) {
        if (Objects.equals(was, is)) {
            return;
        }
        if (was instanceof Map<?, ?> one && is instanceof Map<?, ?> other) {
            one.forEach((name, value) ->
                    compare(
                            path.isEmpty() ? name.toString() : path + "." + name,
                            value,
                            other.get(name),
                            left));
        } else if (was instanceof List<?> one
                && is instanceof List<?> other
                && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                compare("%s[%d]".formatted(path, i), one.get(i), other.get(i), left);
            }
        } else {
            left.add("%s: %s".formatted(path, Yaml.value(was)));
        }
    }
}
