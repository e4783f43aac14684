package dev.serin.server.planfile;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a plan's document, YAML or JSON.
public final class PlanReader {

    /// The largest document that is looked at, in bytes.
    public static final int MOST_BYTES = 1 << 20;

    /// Stands for the baseline where nobody can know it: a plan that leaves it out is only checked.
    public static final String ROUTES_MODEL = "(the route's model)";

    private static final Known ANY_MODEL = new Known(ROUTES_MODEL, null, null, null);

    private final Refusals refusals = new Refusals();
    private final Scalars scalars = new Scalars(refusals);
    private final Function<String, Known> routes;

    private PlanReader(Function<String, Known> routes) {
        this.routes = routes;
    }

    /// Reads `bytes`, which should be UTF-8.
    ///
    /// @param routes what is known of the route with that name
    public static PlanReading read(byte[] bytes, Function<String, Known> routes) {
        if (bytes.length > MOST_BYTES) {
            return new PlanReading.TooLarge(bytes.length);
        }
        return new PlanReader(routes).bytes(bytes);
    }

    /// Reads `text`.
    ///
    /// @param routes what is known of the route with that name
    public static PlanReading read(String text, Function<String, Known> routes) {
        long bytes = text.length() > MOST_BYTES ? text.length() : size(text);
        return bytes > MOST_BYTES
                ? new PlanReading.TooLarge(bytes)
                : new PlanReader(routes).text(text);
    }

    /// Reads a document by itself, where no route is asked: any model may be its baseline, and it may
    /// be left out.
    public static PlanReading readAlone(byte[] bytes) {
        return read(bytes, _ -> ANY_MODEL);
    }

    /// The same of a text.
    public static PlanReading readAlone(String text) {
        return read(text, ANY_MODEL);
    }

    /// Reads `text` for a route of which `known` is known.
    public static PlanReading read(String text, Known known) {
        return read(text, _ -> known);
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private PlanReading bytes(byte[] bytes) {
        var text = SourceText.decode(bytes, refusals);
        return text == null ? new PlanReading.Refused(refusals.byLine()) : text(text);
    }

    private PlanReading text(String text) {
        var root = SourceText.isClean(text, refusals) ? Tree.of(text, refusals) : null;
        var section = root == null ? null : Section.open(root, Shape.PLAN, "", refusals);
        var read = section == null ? null : document(section, text);
        return read == null ? new PlanReading.Refused(refusals.byLine()) : read;
    }

    private PlanReading.@Nullable Read document(Section section, String document) {
        var route = name(section, "route");
        var known = route == null ? Known.NOTHING : routes.apply(route);
        var baseline = baseline(section, known);
        var candidate = name(section, "candidate");
        if (candidate != null && candidate.equals(baseline)) {
            refusals.add(
                    section.placeOf("candidate"),
                    "candidate",
                    candidate,
                    "the candidate is the baseline itself; name another model");
        }
        var options = new Options(section, scalars, refusals);
        var approvals = options.approvals();
        var steps = new Steps(section, approvals.within(), scalars, refusals).read();
        var metrics = new Metrics(section, scalars, refusals).read();
        var conditions = new Conditions(section, metrics, scalars, refusals).read();
        var objectives = new Objectives(section, scalars, refusals).read();
        var budget = options.errorBudget();
        var rules = options.rules();
        var exposure = options.exposure();
        var key = options.key();
        var told = options.labels();
        var judges = new Judges(section, scalars, refusals);
        var judge = judges.read(conditions, told, candidate);
        var labels =
                told == null && judge != null
                        ? new Plan.Labels(judge.share(), RouteJudge.USUAL_DEADLINE)
                        : told;
        var forced = new Callers(section, scalars, refusals).read();
        var trace = options.traceLink();
        var notify = options.addresses();
        var sources = new Sources(section, scalars, refusals);
        var source = sources.read(metrics, conditions, labels != null, known);
        var teamValue = section.get("team");
        var team = teamValue == null ? null : scalars.name(teamValue, "team");
        if (!refusals.isEmpty()
                || route == null
                || baseline == null
                || candidate == null
                || rules == null) {
            return null;
        }
        var plan =
                new Plan(
                        route,
                        baseline,
                        candidate,
                        steps.stream().map(Placed<Step>::it).toList(),
                        conditions.stream().map(Placed<Condition>::it).toList(),
                        objectives,
                        budget,
                        rules,
                        exposure,
                        key,
                        approvals.approvals(),
                        labels,
                        forced);
        var warnings = new ArrayList<>(new Advice(section, plan, known).on(steps, conditions));
        warnings.addAll(sources.warnings());
        warnings.addAll(judges.warnings());
        return new PlanReading.Read(
                new PlanFile(plan, team, trace, notify, source, judge), warnings, document);
    }

    private @Nullable String name(Section section, String field) {
        var value = section.need(field, "write %s: NAME".formatted(field));
        if (value == null) {
            return null;
        }
        return field.equals("route") ? scalars.route(value, field) : scalars.name(value, field);
    }

    private @Nullable String baseline(Section section, Known known) {
        var value = section.get("baseline");
        var model = known.model();
        if (value == null && model != null) {
            return model;
        }
        if (value == null) {
            section.need("baseline", "the route has no model yet, write baseline: NAME");
            return null;
        }
        var baseline = scalars.name(value, "baseline");
        if (baseline == null
                || model == null
                || model.equals(baseline)
                || model.equals(ROUTES_MODEL)) {
            return baseline;
        }
        return scalars.refuse(
                value,
                "baseline",
                "the route's model is %1$s; write baseline: %1$s or leave it out".formatted(model));
    }
}
