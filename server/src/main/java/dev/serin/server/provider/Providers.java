package dev.serin.server.provider;

import dev.serin.server.problem.WrongUse;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The providers that the settings name.
@Singleton
public class Providers {

    private final Config config;
    private final boolean listens;
    private volatile Map<String, Provider> byName = Map.of();

    Providers(
            Config config,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true")
                    boolean listens) {
        this.config = config;
        this.listens = listens;
    }

    /// @throws WrongUse if a setting is wrong
    void onStart(@Observes StartupEvent start) {
        if (listens) {
            byName =
                    ProviderSettings.read(
                            config.getPropertyNames(),
                            name -> config.getOptionalValue(name, String.class).orElse(null));
        }
    }

    /// Whom to ask for a model; empty if its first word is no provider's name.
    ///
    /// @param model as plans call it, such as `openai/gpt-4`
    public Optional<Provider.Model> of(String model) {
        int slash = model.indexOf('/');
        if (slash <= 0 || slash == model.length() - 1) {
            return Optional.empty();
        }
        var provider = byName.get(ProviderSettings.word(model.substring(0, slash)));
        return Optional.ofNullable(provider)
                .map(known -> new Provider.Model(known, model, model.substring(slash + 1)));
    }

    /// All of them, by name.
    public Collection<Provider> all() {
        return new TreeMap<>(byName).values();
    }
}
