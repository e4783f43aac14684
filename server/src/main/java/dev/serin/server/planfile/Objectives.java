package dev.serin.server.planfile;

import dev.serin.engine.slo.Objective;
import dev.serin.engine.slo.Objective.Indicator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads `objectives`.
final class Objectives {

    static final Map<String, Indicator> INDICATORS =
            Stream.of(Indicator.values())
                    .collect(Collectors.toUnmodifiableMap(Objectives::name, Function.identity()));

    static final Duration USUAL_WINDOW = Duration.ofHours(1);

    private static final int MOST_OBJECTIVES = 20;
    private static final Duration LONGEST_WINDOW = Duration.ofDays(30);
    private static final double MOST_USD = 1e9;
    private static final String EXAMPLE =
            "{ indicator: task_success_rate, target: 95%, window: 1h }";

    private final Section plan;
    private final Scalars scalars;
    private final Refusals refusals;

    Objectives(Section plan, Scalars scalars, Refusals refusals) {
        this.plan = plan;
        this.scalars = scalars;
        this.refusals = refusals;
    }

    /// An indicator as a plan writes it.
    static String name(Indicator indicator) {
        return indicator.name().toLowerCase(Locale.ROOT);
    }

    /// The objectives that could be read.
    List<Objective> read() {
        var value = plan.get("objectives");
        var items = value == null ? null : scalars.items(value, "objectives", EXAMPLE);
        if (value == null || items == null) {
            return List.of();
        }
        if (items.size() > MOST_OBJECTIVES) {
            refusals.add(
                    value,
                    "objectives",
                    "a plan has at most %d objectives, got %d; take some out"
                            .formatted(MOST_OBJECTIVES, items.size()));
            return List.of();
        }
        var objectives = new ArrayList<Objective>();
        for (int i = 0; i < items.size(); i++) {
            var path = "objectives[%d]".formatted(i);
            var section = Section.open(items.get(i), Shape.OBJECTIVE, path, refusals);
            var objective = section == null ? null : objective(section);
            if (objective != null) {
                objectives.add(objective);
            }
        }
        return objectives;
    }

    private @Nullable Objective objective(Section section) {
        var indicatorValue = section.need("indicator", "write indicator: task_success_rate");
        var targetValue = section.need("target", "write target: 95%");
        var window = window(section);
        var indicator =
                indicatorValue == null
                        ? null
                        : scalars.word(indicatorValue, section.path("indicator"), INDICATORS);
        var target =
                targetValue == null
                        ? null
                        : scalars.part(targetValue, section.path("target"), "a target");
        if (indicator == null) {
            return null;
        }
        var limit = section.get("within");
        if (indicator.needsWithin() != (limit != null)) {
            refusals.add(
                    limit == null ? section.place() : limit.place(),
                    section.path("within"),
                    limit == null ? "" : limit.shown(),
                    limit != null
                            ? name(indicator) + " takes no within; leave it out"
                            : "%s needs within; write within: %s"
                                    .formatted(
                                            name(indicator),
                                            indicator == Indicator.COST_PER_TASK
                                                    ? "0.10"
                                                    : "2000ms"));
            return null;
        }
        var within = limit == null ? null : within(indicator, limit, section.path("within"));
        if (target == null
                || targetValue == null
                || window == null
                || (limit != null && within == null)) {
            return null;
        }
        if (indicator == Indicator.HALLUCINATION_RATE && target < 0.5) {
            return scalars.refuse(
                    targetValue,
                    section.path("target"),
                    "a target is the part of the answers that is good; write %s%%"
                            .formatted(
                                    java.math.BigDecimal.ONE
                                            .subtract(java.math.BigDecimal.valueOf(target))
                                            .movePointRight(2)
                                            .stripTrailingZeros()
                                            .toPlainString()));
        }
        return new Objective(indicator, target, within, window);
    }

    private @Nullable Duration window(Section section) {
        var value = section.get("window");
        if (value == null) {
            return USUAL_WINDOW;
        }
        var window = scalars.someTime(value, section.path("window"));
        return window == null || window.compareTo(LONGEST_WINDOW) <= 0
                ? window
                : scalars.refuse(
                        value,
                        section.path("window"),
                        "a window is at most 30d; write a shorter one");
    }

    private @Nullable Double within(Indicator indicator, Value value, String field) {
        if (indicator == Indicator.COST_PER_TASK) {
            return scalars.positive(value, field, "a cost", MOST_USD);
        }
        var time = scalars.someTime(value, field);
        return time == null ? null : (Double) (time.toNanos() / 1e6);
    }
}
