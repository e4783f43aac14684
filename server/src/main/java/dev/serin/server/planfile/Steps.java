package dev.serin.server.planfile;

import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `steps`.
final class Steps {

    static final Map<String, Gate.Lapse> LAPSES =
            Map.of("stay", Gate.Lapse.STAY, "reject", Gate.Lapse.REJECT);

    static final String EXAMPLE = "{ name: 5% canary, share: 5%, duration: 10m }";

    private final Section plan;
    private final @Nullable Duration within;
    private final Scalars scalars;
    private final Refusals refusals;

    /// @param within how long a gate waits that names no time of its own; null for ever
    Steps(Section plan, @Nullable Duration within, Scalars scalars, Refusals refusals) {
        this.plan = plan;
        this.within = within;
        this.scalars = scalars;
        this.refusals = refusals;
    }

    /// The steps that could be read.
    List<Placed<Step>> read() {
        var value = plan.need("steps", "write - " + EXAMPLE);
        var items = value == null ? null : scalars.items(value, "steps", EXAMPLE);
        if (value == null || items == null) {
            return List.of();
        }
        if (items.isEmpty() || items.size() > Plan.MOST_STEPS) {
            refusals.add(
                    value,
                    "steps",
                    "a plan has 1 to %d steps, got %d; write - %s"
                            .formatted(Plan.MOST_STEPS, items.size(), EXAMPLE));
            return List.of();
        }
        var steps = new ArrayList<Placed<Step>>();
        var names = new HashMap<String, Integer>();
        Share before = null;
        for (int i = 0; i < items.size(); i++) {
            var path = "steps[%d]".formatted(i);
            var section = Section.open(items.get(i), Shape.STEP, path, refusals);
            if (section == null) {
                continue;
            }
            var share = share(section, before);
            var step = step(section, share, names);
            if (step != null) {
                steps.add(Placed.at(items.get(i), path, step));
            }
            before = share == null ? before : share;
            if (i == items.size() - 1 && share != null && share.fraction() == 0) {
                refusals.add(
                        placeOf(section, "share"),
                        section.path("share"),
                        "",
                        "the last step gives the candidate nothing; write share: 100%");
            }
        }
        return steps;
    }

    private @Nullable Share share(Section section, @Nullable Share before) {
        var value = section.need("share", "write share: 5%");
        var share = value == null ? null : scalars.share(value, section.path("share"));
        if (value == null || share == null || before == null) {
            return share;
        }
        boolean stillDark = before.fraction() == 0 && share.fraction() == 0;
        if (!stillDark && share.basisPoints() <= before.basisPoints()) {
            return scalars.refuse(
                    value,
                    section.path("share"),
                    "shares rise from step to step; write one above " + percent(before));
        }
        return share;
    }

    private @Nullable Step step(
            Section section, @Nullable Share share, Map<String, Integer> names) {
        var mirror = mirror(section, share);
        var name = name(section, share, mirror, names);
        var duration = duration(section);
        boolean gated = section.has("gate");
        var gate = gated ? timed(gate(section)) : null;
        if (share == null || mirror == null || name == null || duration == null) {
            return null;
        }
        return new Step(name, share, duration, gate, mirror);
    }

    private @Nullable String name(
            Section section,
            @Nullable Share share,
            @Nullable Share mirror,
            Map<String, Integer> names) {
        var value = section.get("name");
        var name = value == null ? usual(share, mirror) : scalars.name(value, section.path("name"));
        if (name == null) {
            return null;
        }
        int line = (value == null ? section.place() : value.place()).line();
        var earlier = names.putIfAbsent(name, line);
        if (earlier == null) {
            return name;
        }
        refusals.add(
                value == null ? section.place() : value.place(),
                section.path("name"),
                name,
                "the step in line %d is called %s too; write another name"
                        .formatted(earlier, Refusals.quoted(name)));
        return null;
    }

    private static @Nullable String usual(@Nullable Share share, @Nullable Share mirror) {
        if (share == null || mirror == null) {
            return null;
        }
        if (share.fraction() > 0) {
            return percent(share);
        }
        return mirror.fraction() > 0 ? "shadow" : "baseline";
    }

    private @Nullable Duration duration(Section section) {
        var value = section.get("duration");
        if (value == null) {
            return Duration.ZERO;
        }
        return section.written("duration").equals("duration")
                ? scalars.time(value, section.path("duration"))
                : scalars.seconds(value, section.path("duration"));
    }

    private @Nullable Share mirror(Section section, @Nullable Share share) {
        var value = section.get("mirror");
        if (value == null) {
            return Share.NONE;
        }
        var mirror = scalars.share(value, section.path("mirror"));
        if (mirror != null && mirror.fraction() > 0 && share != null && share.fraction() > 0) {
            return scalars.refuse(
                    value,
                    section.path("mirror"),
                    "calls are mirrored at share: 0% only; write that");
        }
        return mirror;
    }

    private @Nullable Gate timed(@Nullable Gate gate) {
        return gate == null || gate.within() != null || within == null
                ? gate
                : new Gate(gate.note(), within, gate.then());
    }

    private @Nullable Gate gate(Section section) {
        var value = section.get("gate");
        var field = section.path("gate");
        if (value == null) {
            return null;
        }
        if (!section.written("gate").equals("gate")) {
            return Boolean.TRUE.equals(scalars.flag(value, field)) ? Gate.MANUAL : null;
        }
        return switch (value) {
            case Value.Fields fields -> fullGate(fields, field);
            case Value.Text _ -> scalars.word(value, field, Map.of("manual", Gate.MANUAL));
            case Value.Flag _, Value.Numeric _, Value.Items _, Value.Nothing _ ->
                    scalars.refuse(value, field, "a gate is manual; write gate: manual");
        };
    }

    private @Nullable Gate fullGate(Value.Fields fields, String field) {
        var gate = Section.open(fields, Shape.GATE, field, refusals);
        if (gate == null) {
            return null;
        }
        var kind = gate.get("kind");
        if (kind != null) {
            scalars.word(kind, gate.path("kind"), Map.of("manual", true));
        }
        var noteValue = gate.get("note");
        var note = noteValue == null ? "" : scalars.note(noteValue, gate.path("note"));
        var withinValue = gate.get("within");
        var own = withinValue == null ? null : scalars.someTime(withinValue, gate.path("within"));
        var thenValue = gate.get("then");
        var then =
                thenValue == null
                        ? Gate.Lapse.STAY
                        : scalars.word(thenValue, gate.path("then"), LAPSES);
        if (thenValue != null
                && then == Gate.Lapse.REJECT
                && withinValue == null
                && within == null) {
            return scalars.refuse(
                    thenValue,
                    gate.path("then"),
                    "reject needs a time after which nobody came; write within: 4h");
        }
        return note == null || then == null ? null : new Gate(note, own, then);
    }

    private static Place placeOf(Section section, String field) {
        var value = section.get(field);
        return value == null ? section.place() : value.place();
    }

    /// 0.05 as `5%`.
    static String percent(Share share) {
        return BigDecimal.valueOf(share.fraction())
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }
}
