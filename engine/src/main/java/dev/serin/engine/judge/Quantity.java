package dev.serin.engine.judge;

/// What can be measured of one call. The constant in lower case is its name in tallies.
public enum Quantity {
    /// From the request to the last byte, in milliseconds. Known for successes and timeouts.
    LATENCY_MS,
    /// From the request to the first token, in milliseconds.
    TTFT_MS,
    /// Time after the first token by tokens written, in milliseconds.
    MS_PER_TOKEN,
    /// Price of the call, in US dollars.
    COST_USD,
    /// Tokens in the answer.
    TOKENS_OUT;

    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
