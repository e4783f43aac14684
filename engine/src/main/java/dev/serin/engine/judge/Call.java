package dev.serin.engine.judge;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was seen of one call, as far as it is judged. What is not known is left out and counts for
/// no metric.
///
/// @param error whether the call failed; null if nobody said
/// @param errorClass why it failed, such as `timeout`, `5xx` or `429`; null if it did not or nobody
///     said
/// @param latencyMs 0 or more; null if unknown
/// @param ttftMs time to the first token, 0 or more; null if unknown
/// @param costUsd 0 or more; null if unknown, which is not 0
/// @param tokensOut 0 or more; null if unknown
/// @param labels verdicts on the answer by name, true for bad
/// @param scores of the answer by label, 0 (worst) to 1 (best)
/// @param chosen whether the hash of its id chose it to be labelled
public record Call(
        @Nullable Boolean error,
        @Nullable String errorClass,
        @Nullable Double latencyMs,
        @Nullable Double ttftMs,
        @Nullable Double costUsd,
        @Nullable Long tokensOut,
        Map<String, Boolean> labels,
        Map<String, Double> scores,
        boolean chosen) {

    public static final String TIMEOUT = "timeout";

    public Call {
        labels = Map.copyOf(labels);
        scores = Map.copyOf(scores);
        scores.forEach(Call::inRange);
        notNegative("latencyMs", latencyMs);
        notNegative("ttftMs", ttftMs);
        notNegative("costUsd", costUsd);
        if (tokensOut != null && tokensOut < 0) {
            throw new IllegalArgumentException("tokensOut is 0 or more, got " + tokensOut);
        }
    }

    /// A call without scores that nobody chose.
    public Call(
            @Nullable Boolean error,
            @Nullable String errorClass,
            @Nullable Double latencyMs,
            @Nullable Double ttftMs,
            @Nullable Double costUsd,
            @Nullable Long tokensOut,
            Map<String, Boolean> labels) {
        this(error, errorClass, latencyMs, ttftMs, costUsd, tokensOut, labels, Map.of(), false);
    }

    /// The same call, chosen to be labelled.
    public Call asChosen() {
        return new Call(
                error, errorClass, latencyMs, ttftMs, costUsd, tokensOut, labels, scores, true);
    }

    /// Whether a label of this name came with it.
    boolean carries(String label) {
        return labels.containsKey(label) || scores.containsKey(label);
    }

    /// The call's measure of `quantity`, or null if it has none: a failed call has a latency only
    /// when it timed out, and milliseconds per token need both times and two tokens or more.
    public @Nullable Double measure(Quantity quantity) {
        double measured = measured(quantity);
        return measured >= 0 ? (Double) measured : null;
    }

    /// The same without a box: NaN if there is none.
    double measured(Quantity quantity) {
        return switch (quantity) {
            case COST_USD -> costUsd == null ? Double.NaN : costUsd;
            case LATENCY_MS -> latencyMs == null || failedFast() ? Double.NaN : latencyMs;
            case TTFT_MS -> ttftMs == null || failedFast() ? Double.NaN : ttftMs;
            case MS_PER_TOKEN -> failedFast() ? Double.NaN : msPerToken();
            case TOKENS_OUT -> tokensOut == null || failedFast() ? Double.NaN : (double) tokensOut;
        };
    }

    /// Whether anything about the call is known to be bad.
    public boolean bad() {
        return Boolean.TRUE.equals(error) || labels.containsValue(true);
    }

    private boolean failedFast() {
        return Boolean.TRUE.equals(error) && !TIMEOUT.equals(errorClass);
    }

    private double msPerToken() {
        if (latencyMs == null || ttftMs == null || tokensOut == null) {
            return Double.NaN;
        }
        return tokensOut < 2 || latencyMs < ttftMs
                ? Double.NaN
                : (latencyMs - ttftMs) / (tokensOut - 1);
    }

    private static void inRange(String label, double score) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("the score " + label + " is 0 to 1, got " + score);
        }
    }

    private static void notNegative(String field, @Nullable Double value) {
        if (value != null && !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(field + " is a number, 0 or more, got " + value);
        }
    }
}
