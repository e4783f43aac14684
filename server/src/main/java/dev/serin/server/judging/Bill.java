package dev.serin.server.judging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.server.provider.Kind;
import dev.serin.server.provider.Price;
import dev.serin.server.provider.Usage;

/// What a judge's answer costs.
final class Bill {

    /// An answer has no more tokens: enough for a verdict, also of a model that thinks before it speaks.
    static final int MOST_TOKENS = 2_000;

    /// No text has more tokens than this part of its bytes, in any language that judges read.
    private static final int BYTES_PER_TOKEN = 2;

    private Bill() {}

    /// By the tokens that the provider counted; where it does not say them, as much as it can be.
    ///
    /// @param usage as it stands in the answer
    /// @param asked length of the question in bytes
    /// @return USD
    static double usd(Kind kind, JsonNode usage, Price price, int asked) {
        long in = -1;
        long cached = 0;
        long written = 0;
        long out = -1;
        switch (kind) {
            case OPENAI -> {
                in = usage.path("prompt_tokens").asLong(-1);
                cached = usage.path("prompt_tokens_details").path("cached_tokens").asLong();
                out = usage.path("completion_tokens").asLong(-1);
            }
            case ANTHROPIC -> {
                in = usage.path("input_tokens").asLong(-1);
                out = usage.path("output_tokens").asLong(-1);
                if (in >= 0) {
                    // What was kept and what is kept for later is counted beside the input.
                    cached = usage.path("cache_read_input_tokens").asLong();
                    written = usage.path("cache_creation_input_tokens").asLong();
                    in += cached + written;
                }
            }
        }
        boolean isTold = in >= 0 && out >= 0 && cached >= 0 && written >= 0;
        return isTold && cached + written <= in
                ? price.of(new Usage(in, cached, written, out))
                : most(price, asked);
    }

    /// As much as it can be, of an answer that nobody has read.
    ///
    /// @param asked length of the question in bytes
    /// @return USD
    static double most(Price price, int asked) {
        return price.of(new Usage(asked / BYTES_PER_TOKEN, 0, MOST_TOKENS));
    }
}
