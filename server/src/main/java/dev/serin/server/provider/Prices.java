package dev.serin.server.provider;

import dev.serin.server.SerinConfig;
import dev.serin.server.problem.WrongUse;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What models cost. A model without a price has none: what a call of it cost is unknown, never 0.
@Singleton
public class Prices {

    private static final Price HAIKU_3 = new Price(0.25, 0.03, 0.30, 1.25);
    private static final Price HAIKU_3_5 = new Price(0.80, 0.08, 1, 4);
    private static final Price HAIKU_4_5 = new Price(1, 0.10, 1.25, 5);
    private static final Price SONNET = new Price(3, 0.30, 3.75, 15);

    /// List prices of spring 2026, in USD for a million tokens.
    private static final Map<String, Price> LIST =
            Map.ofEntries(
                    Map.entry("openai/gpt-3.5-turbo", new Price(0.50, 0.50, 1.50)),
                    Map.entry("openai/gpt-3.5-turbo-0125", new Price(0.50, 0.50, 1.50)),
                    Map.entry("openai/gpt-3.5-turbo-1106", new Price(1, 1, 2)),
                    Map.entry("openai/gpt-4", new Price(30, 30, 60)),
                    Map.entry("openai/gpt-4-0613", new Price(30, 30, 60)),
                    Map.entry("openai/gpt-4-turbo", new Price(10, 10, 30)),
                    Map.entry("openai/gpt-4-turbo-2024-04-09", new Price(10, 10, 30)),
                    Map.entry("openai/gpt-4o", new Price(2.50, 1.25, 10)),
                    Map.entry("openai/gpt-4o-2024-08-06", new Price(2.50, 1.25, 10)),
                    Map.entry("openai/gpt-4o-mini", new Price(0.15, 0.075, 0.60)),
                    Map.entry("anthropic/claude-3-haiku-20240307", HAIKU_3),
                    Map.entry("anthropic/claude-3-5-haiku-20241022", HAIKU_3_5),
                    Map.entry("anthropic/claude-3-5-sonnet-20241022", SONNET),
                    Map.entry("anthropic/claude-sonnet-4-20250514", SONNET),
                    Map.entry("anthropic/claude-sonnet-4-5", SONNET),
                    Map.entry("anthropic/claude-sonnet-4-5-20250929", SONNET),
                    Map.entry("anthropic/claude-haiku-4-5", HAIKU_4_5),
                    Map.entry("anthropic/claude-haiku-4-5-20251001", HAIKU_4_5));

    private final SerinConfig config;
    private volatile Map<String, Price> byModel = LIST;

    Prices(SerinConfig config) {
        this.config = config;
    }

    /// @throws WrongUse if a price cannot be read
    void onStart(@Observes StartupEvent start) {
        byModel = read(config.gateway().prices().orElse(List.of()));
    }

    /// The price of a model as plans call it; empty if nobody said one.
    public Optional<Price> of(String model) {
        return Optional.ofNullable(byModel.get(model));
    }

    /// @param entries such as `openai/gpt-4o=2.5:10`, `openai/gpt-4o=2.5:10:1.25` or
    ///     `anthropic/claude-sonnet-4-5=3:15:0.3:3.75`
    static Map<String, Price> read(List<String> entries) {
        var prices = new HashMap<>(LIST);
        for (var entry : entries) {
            int sign = entry.lastIndexOf('=');
            try {
                var parts = entry.substring(sign + 1).split(":", -1);
                if (sign <= 0 || parts.length < 2 || parts.length > 4) {
                    throw new IllegalArgumentException("not two to four parts");
                }
                double in = Double.parseDouble(parts[0].strip());
                double out = Double.parseDouble(parts[1].strip());
                double cached = parts.length > 2 ? Double.parseDouble(parts[2].strip()) : in;
                double written = parts.length > 3 ? Double.parseDouble(parts[3].strip()) : in;
                prices.put(entry.substring(0, sign).strip(), new Price(in, cached, written, out));
            } catch (IllegalArgumentException _) {
                throw new WrongUse(
                        "SERIN_GATEWAY_PRICES holds %s; write model=in:out, model=in:out:cached or model=in:out:cached:written in USD for a million tokens, such as openai/gpt-4o=2.5:10:1.25"
                                .formatted(entry));
            }
        }
        return Map.copyOf(prices);
    }
}
