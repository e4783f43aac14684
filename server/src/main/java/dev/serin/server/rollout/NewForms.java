package dev.serin.server.rollout;

import dev.serin.server.access.Visitors;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.planform.FormReading;
import dev.serin.server.planform.FormViews;
import dev.serin.server.planform.FormViews.Telling;
import dev.serin.server.planform.PlanForm;
import dev.serin.web.plan.PlanFormView;
import dev.serin.web.plan.PlanFormView.Earlier;
import dev.serin.web.words.Tone;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The form beside the editor, after each button that can be pressed.
@ApplicationScoped
class NewForms {

    /// How many earlier runs are offered; older ones by the address `/new?from=ID`.
    private static final int MOST_EARLIER = 20;

    private final PlanViews plans;
    private final Runs runs;
    private final Visitors visitors;

    NewForms(PlanViews plans, Runs runs, Visitors visitors) {
        this.plans = plans;
        this.runs = runs;
        this.visitors = visitors;
    }

    /// What the editor holds after the form was written, and the form.
    record Written(String plan, PlanFormView form) {}

    PlanFormView fresh() {
        return view(PlanForm.usual(), Telling.quiet(true), null);
    }

    /// The form of an earlier run's plan.
    PlanFormView from(String plan, UUID run) {
        return plans.read(plan) instanceof PlanReading.Read read
                ? view(fill(read).form(), Telling.quiet(false), run)
                : view(PlanForm.usual(), Telling.quiet(false), run);
    }

    /// The form as it was typed; folded up where a plan stands in the editor.
    PlanFormView kept(MultivaluedMap<String, String> posted) {
        return view(form(posted), Telling.quiet(plan(posted).isBlank()), null);
    }

    PlanFormView changed(MultivaluedMap<String, String> posted) {
        var act = Objects.requireNonNullElse(posted.getFirst("act"), "");
        return view(FormReading.changed(form(posted), act), Telling.changed(act), null);
    }

    Written written(MultivaluedMap<String, String> posted) {
        var form = form(posted);
        var before = plan(posted);
        var written = FormReading.write(form, plans::read);
        if (!written.errors().isEmpty()) {
            int count = written.errors().size();
            var says =
                    "The form was not written into the plan: %s."
                            .formatted(
                                    count == 1
                                            ? "1 field needs mending"
                                            : count + " fields need mending");
            return new Written(
                    before,
                    view(
                            form,
                            new Telling(
                                    true, Tone.BREACHED, says, List.of(), written.errors(), "", ""),
                            null));
        }
        boolean other = !before.isBlank() && !lines(before).equals(lines(written.yaml()));
        return new Written(
                written.yaml(),
                view(
                        form,
                        new Telling(
                                false,
                                Tone.MET,
                                "The form stands in the plan below.",
                                List.of(),
                                Map.of(),
                                "",
                                other ? before : ""),
                        null));
    }

    PlanFormView filled(MultivaluedMap<String, String> posted) {
        if (!(plans.read(plan(posted)) instanceof PlanReading.Read read)) {
            return view(
                    form(posted),
                    told(
                            Tone.BREACHED,
                            "The form was not filled, because the plan cannot be read yet: mend it"
                                    + " where it says so, then fill the form.",
                            List.of()),
                    null);
        }
        var filled = fill(read);
        return view(
                filled.form(),
                filled.left().isEmpty()
                        ? told(Tone.MET, "The form says the same as the plan.", List.of())
                        : told(
                                Tone.UNSURE,
                                "The form has no field for these values of the plan. They stay in"
                                        + " the editor; writing the form over it would lose them.",
                                filled.left()),
                null);
    }

    private static Telling told(Tone tone, String says, List<String> left) {
        return new Telling(true, tone, says, left, Map.of(), "", "");
    }

    private FormReading.Filled fill(PlanReading.Read read) {
        return FormReading.fill(read.file(), plans::read);
    }

    private static PlanForm form(MultivaluedMap<String, String> posted) {
        return FormReading.isPosted(posted) ? FormReading.posted(posted) : PlanForm.usual();
    }

    private static String plan(MultivaluedMap<String, String> posted) {
        return Objects.requireNonNullElse(posted.getFirst("plan"), "");
    }

    private static List<String> lines(String text) {
        return text.strip().lines().toList();
    }

    private PlanFormView view(PlanForm form, Telling telling, @Nullable UUID chosen) {
        var earlier =
                runs.choices(List.of(), MOST_EARLIER, visitors.sight()).stream()
                        .map(run ->
                                new Earlier(
                                        run.id().toString(), run.label(), run.id().equals(chosen)))
                        .toList();
        return FormViews.of(form, telling, earlier);
    }
}
