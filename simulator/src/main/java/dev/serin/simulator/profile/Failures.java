package dev.serin.simulator.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How often calls fail outside of episodes, and why.
///
/// @param rate part of the calls that fail, 0 to 1; null if nobody knows: calls then say neither
/// @param classes why they fail; their shares add up to 1, or there are none and it is
///     [ModelProfile#FAILURE]
/// @param timeoutMs after which a caller gives up, in milliseconds, above 0
/// @param contextTokens the longest prompt that is answered, in tokens; null for no limit
public record Failures(
        @Nullable Double rate,
        List<ErrorClass> classes,
        double timeoutMs,
        @Nullable Double contextTokens) {

    /// Why a prompt that is too long fails.
    public static final String CONTEXT_OVERFLOW = "context_length_exceeded";

    /// As long as OpenAI's clients wait.
    public static final double USUAL_TIMEOUT_MS = 600_000;

    /// Why some of the failed calls fail.
    ///
    /// @param share of the failures that are of this class, above 0, at most 1
    public record ErrorClass(String name, double share) {

        public ErrorClass {
            if (name.isBlank() || !(share > 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "a class has a name and a share above 0%%, at most 100%%, got %s: %s"
                                .formatted(name, share));
            }
        }
    }

    public static final Failures NONE = new Failures(0.0, List.of(), USUAL_TIMEOUT_MS, null);

    public Failures {
        classes = List.copyOf(classes);
        if (rate != null && !(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("an error rate is 0 to 1, got " + rate);
        }
        double sum = classes.stream().mapToDouble(ErrorClass::share).sum();
        if (!classes.isEmpty() && !(Math.abs(sum - 1) < 1e-6)) {
            throw new IllegalArgumentException("shares of classes add up to 100%, got " + sum);
        }
        if (!(timeoutMs > 0 && timeoutMs < Distribution.MOST)) {
            throw new IllegalArgumentException("a timeout is above 0 ms, got " + timeoutMs);
        }
        if (contextTokens != null && !(contextTokens > 0)) {
            throw new IllegalArgumentException(
                    "a context holds more than 0 tokens, got " + contextTokens);
        }
    }

    boolean overflows(double tokensIn) {
        return contextTokens != null && tokensIn > contextTokens;
    }

    /// Whether the call with a random number of 0 to 1 fails.
    boolean strikes(double u) {
        return rate != null && u < rate;
    }

    /// The class that belongs to a random number of 0 to 1.
    String classAt(double u) {
        double left = u;
        for (var errorClass : classes) {
            if (left < errorClass.share()) {
                return errorClass.name();
            }
            left -= errorClass.share();
        }
        return classes.isEmpty() ? ModelProfile.FAILURE : classes.getLast().name();
    }
}
