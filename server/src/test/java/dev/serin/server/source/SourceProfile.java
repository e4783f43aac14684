package dev.serin.server.source;

import dev.serin.server.FreePort;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// A Prometheus and a Datadog that a test plays itself, and one that nobody plays.
public class SourceProfile implements QuarkusTestProfile {

    static final String PORT = "test.source.port";

    @Override
    public Map<String, String> getConfigOverrides() {
        int port = FreePort.next();
        var base = "http://127.0.0.1:" + port;
        return Map.ofEntries(
                Map.entry(PORT, Integer.toString(port)),
                Map.entry("serin.sources.main.url", base + "/prom/"),
                Map.entry("serin.sources.main.token", "token-of-main"),
                // A machine that pauses for seconds is no source that stalls.
                Map.entry("serin.sources.main.timeout", "30s"),
                Map.entry("serin.sources.hasty.url", base),
                Map.entry("serin.sources.hasty.timeout", "500ms"),
                Map.entry("serin.sources.slow.url", base + "/slow/"),
                Map.entry("serin.sources.slow.timeout", "60s"),
                Map.entry("serin.sources.dog.url", base),
                Map.entry("serin.sources.dog.kind", "datadog"),
                Map.entry("serin.sources.dog.token", "key-of-dog"),
                Map.entry("serin.sources.dog.application-key", "second-key-of-dog"),
                Map.entry("serin.sources.dead.url", "http://127.0.0.1:" + FreePort.next()));
    }
}
