package dev.serin.server.profile;

import dev.serin.server.planfile.FieldNames;
import java.util.List;
import java.util.Map;

/// The groups of fields that a profile's file has, with the names that each knows.
@SuppressWarnings("ImmutableEnumChecker") // List.of does not change
enum ProfileShape implements FieldNames {
    REALISTIC(
            "name",
            "provider",
            "tokensIn",
            "tokensOut",
            "ttftMs",
            "msPerToken",
            "latencyMs",
            "errorRate",
            "errors",
            "timeout",
            "contextTokens",
            "price",
            "labels",
            "numbers",
            "episodes",
            "arrivals"),
    ORIGINAL(
            "name",
            "formula",
            "baseMs",
            "jitterMs",
            "errorRate",
            "hallucinationRate",
            "costUsd",
            "arrivals"),
    PRICE("perCall", "perMillionIn", "perMillionOut"),
    LABEL("rate", "share", "delay", "sigma"),
    EPISODE("kind", "every", "lasts", "share", "times"),
    ARRIVALS("perSecond", "shape", "swing", "daily"),
    CONSTANT("distribution", "value", "least", "most"),
    UNIFORM("distribution", "low", "high", "least", "most"),
    LOGNORMAL("distribution", "median", "sigma", "least", "most"),
    QUANTILES("distribution", "points", "least", "most"),
    MIXTURE("distribution", "parts", "least", "most"),
    BY_TOKENS_IN("distribution", "points", "least", "most"),
    PROMPT("tokensIn", "median", "below", "above");

    private final List<String> names;

    ProfileShape(String... names) {
        this.names = List.of(names);
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public Map<String, String> aliases() {
        return Map.of();
    }
}
