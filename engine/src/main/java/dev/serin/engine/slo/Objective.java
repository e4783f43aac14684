package dev.serin.engine.slo;

import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Track;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A promise about an indicator: this part of the calls is good, over this window.
///
/// @param target above 0, below 1
/// @param within the most that a good call measures, in the indicator's unit (milliseconds, USD);
///     null for indicators that need none
/// @param window above 0, at most 30 days
public record Objective(
        Indicator indicator, double target, @Nullable Double within, Duration window) {

    /// What is counted as good; the original's indicators.
    public enum Indicator {
        /// Good: the call did not fail.
        TASK_SUCCESS_RATE(false),
        /// Good: the answer came within so many milliseconds.
        RESPONSE_LATENCY(true),
        /// Good: the call cost at most so many US dollars.
        COST_PER_TASK(true),
        /// Good: the answer was labelled as not hallucinated.
        HALLUCINATION_RATE(false),
        /// Good: the answer was labelled as free of wrong tool calls.
        TOOL_CALL_ACCURACY(false),
        /// Good: the answer was labelled as within policy.
        POLICY_COMPLIANCE(false),
        /// Good: the answer was labelled as delegated no deeper than allowed.
        DELEGATION_DEPTH(false);

        private final boolean needsWithin;

        Indicator(boolean needsWithin) {
            this.needsWithin = needsWithin;
        }

        /// Its name in plans.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean needsWithin() {
            return needsWithin;
        }
    }

    public Objective {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("a target lies between 0 and 1, got " + target);
        }
        if (!window.isPositive() || window.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("a window is above 0, at most 30 d, got " + window);
        }
        if (indicator.needsWithin() ? within == null || !(within > 0) : within != null) {
            throw new IllegalArgumentException(
                    indicator.needsWithin()
                            ? indicator + " needs within, above 0; got " + within
                            : indicator + " takes no within; got " + within);
        }
    }

    /// The part of the calls that may be bad, without the dust of 1 - 0.95.
    public double budget() {
        return Math.round((1 - target) * 1e12) / 1e12;
    }

    /// What is tallied for it: its bad calls among those that say anything of it.
    public Track track() {
        return switch (indicator) {
            case TASK_SUCCESS_RATE -> new Track.Marked(Metric.Rate.ERROR);
            case HALLUCINATION_RATE -> new Track.Marked("hallucination");
            case TOOL_CALL_ACCURACY -> new Track.Marked("tool_call_wrong");
            case POLICY_COMPLIANCE -> new Track.Marked("policy_violation");
            case DELEGATION_DEPTH -> new Track.Marked("delegation_too_deep");
            case RESPONSE_LATENCY -> over(Quantity.LATENCY_MS);
            case COST_PER_TASK -> over(Quantity.COST_USD);
        };
    }

    /// A call of exactly `within` is good, so the bad ones begin right after it.
    private Track over(Quantity quantity) {
        return new Track.Reaches(quantity, Math.nextUp(Objects.requireNonNull(within)));
    }
}
