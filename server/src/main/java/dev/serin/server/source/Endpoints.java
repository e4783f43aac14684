package dev.serin.server.source;

import dev.serin.server.SerinConfig;
import dev.serin.server.problem.WrongUse;
import dev.serin.server.provider.BaseAddress;
import dev.serin.server.provider.Secret;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The sources that an admin has set.
@ApplicationScoped
public class Endpoints {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Map<String, SerinConfig.Source> settings;
    private volatile Map<String, Endpoint> byName = Map.of();

    Endpoints(
            SerinConfig config,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true")
                    boolean listens) {
        // A command that serves nobody needs no keys.
        this.settings = listens ? config.sources() : Map.of();
    }

    /// @throws WrongUse if a setting is wrong, with its name and how to mend it
    void onStart(@Observes StartupEvent start) {
        byName = read(settings);
    }

    /// The names that a plan may use.
    public Set<String> names() {
        return byName.keySet();
    }

    /// How long an answer of the source with this name is waited for at most.
    Duration wait(String name) {
        return of(name).map(Endpoint::timeout).orElse(Duration.ZERO);
    }

    Optional<Endpoint> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    static Map<String, Endpoint> read(Map<String, SerinConfig.Source> settings) {
        var endpoints = new HashMap<String, Endpoint>();
        settings.forEach((name, of) -> endpoints.put(name, endpoint(name, of)));
        return Map.copyOf(endpoints);
    }

    private static Endpoint endpoint(String name, SerinConfig.Source of) {
        var token = secret(name, "token", of.token(), of.tokenFile());
        var key = secret(name, "application-key", of.applicationKey(), of.applicationKeyFile());
        var wire =
                switch (of.kind()) {
                    case "prometheus" -> new Prometheus();
                    case "datadog" -> new Datadog();
                    default ->
                            throw wrong(
                                    name,
                                    "kind",
                                    "is %s; write prometheus or datadog".formatted(of.kind()));
                };
        if (wire instanceof Datadog && (token == null || key == null)) {
            throw wrong(
                    name,
                    token == null ? "token" : "application-key",
                    "is missing; Datadog asks for both keys, each may stand in a file (…-file)");
        }
        if (!of.timeout().isPositive() || of.timeout().compareTo(LONGEST) > 0) {
            throw wrong(name, "timeout", "is %s; write 100ms to 60s".formatted(of.timeout()));
        }
        return new Endpoint(name, wire, base(name, of.url()), token, key, of.timeout());
    }

    private static URI base(String name, String url) {
        return BaseAddress.read(url.strip())
                .orElseThrow(() ->
                        wrong(
                                name,
                                "url",
                                "is no http or https address without name, password and query; write one such as http://prometheus:9090"));
    }

    private static @Nullable Secret secret(
            String name, String setting, Optional<String> text, Optional<String> file) {
        if (text.isPresent() && file.isPresent()) {
            throw wrong(name, setting, "is given beside its file; leave one of them out");
        }
        try {
            if (file.isPresent()) {
                return new Secret(Files.readString(Path.of(file.get())).strip());
            }
            return text.map(String::strip).map(Secret::new).orElse(null);
        } catch (IOException e) {
            throw wrong(
                    name,
                    setting + "-file",
                    "cannot be read (%s); name a file that holds it".formatted(e));
        } catch (IllegalArgumentException e) {
            throw wrong(name, setting, "holds none: " + e.getMessage());
        }
    }

    private static WrongUse wrong(String name, String setting, String what) {
        return new WrongUse("serin.sources.%s.%s %s".formatted(name, setting, what));
    }
}
