package dev.serin.engine.judge;

import java.util.Locale;

/// What Serin itself knows of a call. The constant in lower case is its name in tallies.
public enum Quantity implements Measure {
    /// From the request to the last byte, in milliseconds. Known for successes and timeouts.
    LATENCY_MS(600_000),
    /// From the request to the first token, in milliseconds.
    TTFT_MS(600_000),
    /// Time after the first token by tokens written, in milliseconds.
    MS_PER_TOKEN(10_000),
    /// Price of the call, in US dollars.
    COST_USD(1),
    /// Tokens in the answer.
    TOKENS_OUT(100_000);

    private final double usualCap;

    Quantity(double usualCap) {
        this.usualCap = usualCap;
    }

    /// More than a call usually measures; the cap of a mean that no condition limits by itself.
    public double usualCap() {
        return usualCap;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
