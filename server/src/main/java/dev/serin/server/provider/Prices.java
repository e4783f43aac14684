package dev.serin.server.provider;

import dev.serin.server.SerinConfig;
import dev.serin.server.problem.WrongUse;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What models cost. A model without a price has none: what a call of it cost is unknown, never 0.
@ApplicationScoped
public class Prices {

    /// List prices of spring 2026, in USD for a million tokens.
    private static final Map<String, Price> LIST =
            Map.of(
                    "openai/gpt-3.5-turbo", new Price(0.50, 0.50, 1.50),
                    "openai/gpt-3.5-turbo-0125", new Price(0.50, 0.50, 1.50),
                    "openai/gpt-3.5-turbo-1106", new Price(1, 1, 2),
                    "openai/gpt-4", new Price(30, 30, 60),
                    "openai/gpt-4-0613", new Price(30, 30, 60),
                    "openai/gpt-4-turbo", new Price(10, 10, 30),
                    "openai/gpt-4-turbo-2024-04-09", new Price(10, 10, 30),
                    "openai/gpt-4o", new Price(2.50, 1.25, 10),
                    "openai/gpt-4o-2024-08-06", new Price(2.50, 1.25, 10),
                    "openai/gpt-4o-mini", new Price(0.15, 0.075, 0.60));

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

    /// @param entries such as `openai/gpt-4o=2.5:10` or `openai/gpt-4o=2.5:10:1.25`
    static Map<String, Price> read(List<String> entries) {
        var prices = new HashMap<>(LIST);
        for (var entry : entries) {
            int sign = entry.lastIndexOf('=');
            try {
                var parts = entry.substring(sign + 1).split(":", -1);
                if (sign <= 0 || parts.length < 2 || parts.length > 3) {
                    throw new IllegalArgumentException("not three parts");
                }
                double in = Double.parseDouble(parts[0].strip());
                double cached = parts.length == 3 ? Double.parseDouble(parts[2].strip()) : in;
                prices.put(
                        entry.substring(0, sign).strip(),
                        new Price(in, cached, Double.parseDouble(parts[1].strip())));
            } catch (IllegalArgumentException _) {
                throw new WrongUse(
                        "SERIN_GATEWAY_PRICES holds %s; write model=in:out or model=in:out:cached in USD for a million tokens, such as openai/gpt-4o=2.5:10:1.25"
                                .formatted(entry));
            }
        }
        return Map.copyOf(prices);
    }
}
