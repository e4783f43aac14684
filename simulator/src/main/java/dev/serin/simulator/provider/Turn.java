package dev.serin.simulator.provider;

import dev.serin.simulator.profile.Exchange;
import dev.serin.simulator.profile.ModelProfile;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a stand-in does with one call.
///
/// @param errorClass why it fails, such as `5xx` or `429`; null if it does not
/// @param ttftMs until the first token is sent, in milliseconds; at most `latencyMs`
/// @param latencyMs until all is sent, or the error is, in milliseconds
/// @param tokensIn of the prompt; null if only the prompt itself says so
/// @param tokensOut of the answer, 1 or more
/// @param labels verdicts on the answer by name, true for bad
public record Turn(
        @Nullable String errorClass,
        double ttftMs,
        double latencyMs,
        @Nullable Long tokensIn,
        int tokensOut,
        Map<String, Boolean> labels) {

    /// An answer of which the profile does not say how long it is has so many tokens.
    public static final int USUAL_TOKENS = 120;

    private static final int MOST_TOKENS = 100_000;

    /// Who refuses a call does so without having a look at it.
    private static final double REFUSAL_MS = 50;

    public Turn {
        labels = Map.copyOf(labels);
        if (!(ttftMs >= 0 && latencyMs >= ttftMs && latencyMs < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the first token comes after 0 ms or more, and not after the last, got %s and %s"
                            .formatted(ttftMs, latencyMs));
        }
        if (tokensOut < 1) {
            throw new IllegalArgumentException("an answer has a token or more, got " + tokensOut);
        }
    }

    /// What a profile makes of a call. A latency that nobody measured is 0.
    static Turn of(Exchange exchange) {
        var call = exchange.call();
        double latencyMs = call.latencyMs() == null ? 0 : call.latencyMs();
        double ttftMs = call.ttftMs() == null ? latencyMs : Math.min(call.ttftMs(), latencyMs);
        long tokens = call.tokensOut() == null ? USUAL_TOKENS : call.tokensOut();
        return new Turn(
                Boolean.TRUE.equals(call.error())
                        ? call.errorClass() == null ? ModelProfile.FAILURE : call.errorClass()
                        : null,
                ttftMs,
                latencyMs,
                exchange.tokensIn(),
                Math.clamp(tokens, 1, MOST_TOKENS),
                call.labels());
    }

    /// Whether the answer is made up.
    public boolean isMadeUp() {
        return labels.getOrDefault(ModelProfile.HALLUCINATION, false);
    }

    /// The same with this error, and soon.
    ///
    /// @param why the class of the error
    public Turn refused(String why) {
        double ms = Math.min(REFUSAL_MS, ttftMs);
        return new Turn(why, ms, ms, tokensIn, tokensOut, Map.of());
    }

    /// The same answer to a prompt of so many tokens, unless the profile knows better.
    public Turn asked(long promptTokens) {
        return tokensIn != null
                ? this
                : new Turn(errorClass, ttftMs, latencyMs, promptTokens, tokensOut, labels);
    }

    /// The same answer, broken off after so many tokens.
    ///
    /// @param most 1 or more
    public Turn upTo(int most) {
        if (most >= tokensOut) {
            return this;
        }
        double perToken = (latencyMs - ttftMs) / (tokensOut - 1);
        double ends = errorClass == null ? ttftMs + perToken * (most - 1) : latencyMs;
        return new Turn(errorClass, ttftMs, ends, tokensIn, most, labels);
    }

    Turn slower(double times) {
        return new Turn(errorClass, times * ttftMs, times * latencyMs, tokensIn, tokensOut, labels);
    }

    Turn worse() {
        var bad = new HashMap<String, Boolean>();
        labels.keySet().forEach(label -> bad.put(label, true));
        return new Turn(errorClass, ttftMs, latencyMs, tokensIn, tokensOut, bad);
    }
}
