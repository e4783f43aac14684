package dev.serin.server.planfile;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads `judge`.
final class Judges {

    private static final double MOST_USD = 1e6;

    private final Section plan;
    private final Scalars scalars;
    private final Refusals refusals;
    private final List<Warning> warnings = new ArrayList<>();

    Judges(Section plan, Scalars scalars, Refusals refusals) {
        this.plan = plan;
        this.scalars = scalars;
        this.refusals = refusals;
    }

    /// @param labels what the plan says of labels; null if it says nothing
    /// @param candidate null if it cannot be read
    @Nullable RouteJudge read(
            List<Placed<Condition>> conditions,
            Plan.@Nullable Labels labels,
            @Nullable String candidate) {
        var value = plan.get("judge");
        var section = value == null ? null : Section.open(value, Shape.JUDGE, "judge", refusals);
        if (section == null) {
            return null;
        }
        var model = model(section, candidate);
        var prompt = prompt(section);
        var share = share(section, labels);
        var read = readBy(conditions);
        var label = label(section, read);
        var usd = usd(section);
        if (model == null || prompt == null || share == null || label == null || usd == null) {
            return null;
        }
        if (!read.containsKey(label)) {
            warn(
                    section,
                    "label",
                    "no condition reads the label %s, so the judge costs money and decides nothing"
                            .formatted(label));
        }
        var says = read.getOrDefault(label, RouteJudge.Says.VERDICT);
        return new RouteJudge(model, prompt, share, label, says, usd);
    }

    List<Warning> warnings() {
        return warnings;
    }

    private @Nullable String model(Section section, @Nullable String candidate) {
        var value = section.need("model", "write model: PROVIDER/NAME, such as openai/gpt-4o");
        var model = value == null ? null : scalars.name(value, section.path("model"));
        if (value == null || model == null) {
            return null;
        }
        int slash = model.indexOf('/');
        if (slash <= 0 || slash == model.length() - 1) {
            return scalars.refuse(
                    value,
                    section.path("model"),
                    "a judge is asked through a provider; write PROVIDER/NAME, such as openai/gpt-4o");
        }
        if (model.equals(candidate)) {
            warn(
                    section,
                    "model",
                    "the judge is the candidate itself, and models like their own answers; name a third one");
        }
        return model;
    }

    private @Nullable String prompt(Section section) {
        var value = section.need("prompt", "write what makes an answer good");
        var prompt = value == null ? null : scalars.text(value, section.path("prompt"));
        if (value == null || prompt == null) {
            return null;
        }
        if (prompt.isBlank() || prompt.length() > RouteJudge.LONGEST_PROMPT) {
            return scalars.refuse(
                    value,
                    section.path("prompt"),
                    "a prompt has 1 to %,d characters, got %,d; say in some sentences what makes an answer good"
                            .formatted(RouteJudge.LONGEST_PROMPT, prompt.strip().length()));
        }
        return prompt.strip();
    }

    private @Nullable Share share(Section section, Plan.@Nullable Labels labels) {
        var value = section.need("share", "write share: 10%");
        var share = value == null ? null : scalars.share(value, section.path("share"));
        if (value == null || share == null) {
            return null;
        }
        if (share.equals(Share.NONE)) {
            return scalars.refuse(
                    value, section.path("share"), "the judge would read no answer; write 10%");
        }
        if (labels != null && share.compareTo(labels.share()) > 0) {
            return scalars.refuse(
                    value,
                    section.path("share"),
                    "labels of calls beyond labels.share count for nothing; write %s%% or less, or raise that"
                            .formatted(Scalars.plain(labels.share().fraction() * 100)));
        }
        return share;
    }

    /// What the plan's conditions read, by label.
    private static Map<String, RouteJudge.Says> readBy(List<Placed<Condition>> conditions) {
        var read = new TreeMap<String, RouteJudge.Says>();
        for (var placed : conditions) {
            var metric = placed.it().metric();
            var label = metric.label();
            if (label != null) {
                read.put(
                        label,
                        metric instanceof Metric.Score
                                ? RouteJudge.Says.SCORE
                                : RouteJudge.Says.VERDICT);
            }
        }
        return read;
    }

    private @Nullable String label(Section section, Map<String, RouteJudge.Says> read) {
        var value = section.get("label");
        if (value != null) {
            return scalars.name(value, section.path("label"));
        }
        if (read.size() == 1) {
            return read.keySet().iterator().next();
        }
        refusals.add(
                section.place(),
                "judge.label",
                "",
                read.isEmpty()
                        ? "no condition reads a label, so nobody knows what the judge is to say; write label: hallucination and a condition such as hallucination_rate >= 8%"
                        : "conditions read the labels %s; write label: and one of them"
                                .formatted(String.join(", ", read.keySet())));
        return null;
    }

    private @Nullable Double usd(Section section) {
        var value = section.get("usd");
        return value == null
                ? (Double) RouteJudge.USUAL_USD
                : scalars.positive(value, section.path("usd"), "usd", MOST_USD);
    }

    private void warn(Section section, String field, String message) {
        var place = section.placeOf(field);
        warnings.add(new Warning(place.line(), place.column(), section.path(field), message));
    }
}
