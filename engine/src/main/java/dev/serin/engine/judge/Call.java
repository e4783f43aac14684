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
/// @param numbers of the caller's own by name, each 0 to [#MOST_NUMBER]
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
        Map<String, Double> numbers,
        boolean chosen) {

    public static final String TIMEOUT = "timeout";

    /// No number of a caller's own is greater: so far a plan's limits and histograms reach.
    public static final double MOST_NUMBER = 1e9;

    public Call {
        labels = Map.copyOf(labels);
        scores = Map.copyOf(scores);
        scores.forEach(Call::inRange);
        numbers = Map.copyOf(numbers);
        numbers.forEach(Call::numberInRange);
        notNegative("latencyMs", latencyMs);
        notNegative("ttftMs", ttftMs);
        notNegative("costUsd", costUsd);
        if (tokensOut != null && tokensOut < 0) {
            throw new IllegalArgumentException("tokensOut is 0 or more, got " + tokensOut);
        }
    }

    /// A call without scores or numbers that nobody chose.
    public Call(
            @Nullable Boolean error,
            @Nullable String errorClass,
            @Nullable Double latencyMs,
            @Nullable Double ttftMs,
            @Nullable Double costUsd,
            @Nullable Long tokensOut,
            Map<String, Boolean> labels) {
        this(
                error,
                errorClass,
                latencyMs,
                ttftMs,
                costUsd,
                tokensOut,
                labels,
                Map.of(),
                Map.of(),
                false);
    }

    /// The same call, chosen to be labelled.
    public Call asChosen() {
        return with(labels, numbers, true);
    }

    /// The same call with other verdicts.
    public Call withLabels(Map<String, Boolean> other) {
        return with(other, numbers, chosen);
    }

    /// The same call with other numbers.
    public Call withNumbers(Map<String, Double> other) {
        return with(labels, other, chosen);
    }

    private Call with(Map<String, Boolean> labels, Map<String, Double> numbers, boolean chosen) {
        return new Call(
                error,
                errorClass,
                latencyMs,
                ttftMs,
                costUsd,
                tokensOut,
                labels,
                scores,
                numbers,
                chosen);
    }

    /// Whether a label of this name came with it.
    boolean carries(String label) {
        return labels.containsKey(label) || scores.containsKey(label);
    }

    /// What the call measures, or null if it tells nothing: a failed call has a latency only when it
    /// timed out, and milliseconds per token need both times and two tokens or more. A number counts
    /// wherever it was sent, with a failed call too.
    public @Nullable Double measure(Measure of) {
        double measured = measured(of);
        return measured >= 0 ? (Double) measured : null;
    }

    /// The same without a box: NaN if there is none.
    double measured(Measure of) {
        return of instanceof Measure.Named(var name) ? number(name) : measured((Quantity) of);
    }

    private double number(String name) {
        var value = numbers.get(name);
        return value == null ? Double.NaN : value;
    }

    private double measured(Quantity quantity) {
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

    private static void numberInRange(String name, double value) {
        if (!(value >= 0 && value <= MOST_NUMBER)) {
            throw new IllegalArgumentException(
                    "the number %s is 0 to %.0f, got %s".formatted(name, MOST_NUMBER, value));
        }
    }

    private static void notNegative(String field, @Nullable Double value) {
        if (value != null && !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(field + " is a number, 0 or more, got " + value);
        }
    }
}
