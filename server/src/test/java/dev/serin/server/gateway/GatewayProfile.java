package dev.serin.server.gateway;

import dev.serin.server.FreePort;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// Providers that a test plays itself, two of each kind, and one that nobody plays.
public class GatewayProfile implements QuarkusTestProfile {

    static final String PORT = "test.upstream.port";

    /// Where a test may start a stand-in that speaks as both providers `play` and `talk`.
    static final String STAND_IN = "test.standin.port";

    @Override
    public Map<String, String> getConfigOverrides() {
        int port = FreePort.next();
        var base = "http://127.0.0.1:" + port;
        int standIn = FreePort.next();
        var stands = "http://127.0.0.1:" + standIn;
        return Map.ofEntries(
                Map.entry(PORT, Integer.toString(port)),
                Map.entry("SERIN_PROVIDERS_OLD_BASE_URL", base + "/old/v1"),
                Map.entry("SERIN_PROVIDERS_OLD_API_KEY", "key-of-old"),
                Map.entry("SERIN_PROVIDERS_OLD_FIRST_BYTE_TIMEOUT", "3s"),
                Map.entry("SERIN_PROVIDERS_OLD_STALL_TIMEOUT", "2s"),
                Map.entry("SERIN_PROVIDERS_NEW_BASE_URL", base + "/new/v1/"),
                Map.entry("SERIN_PROVIDERS_NEW_API_KEY", "key-of-new"),
                Map.entry("SERIN_PROVIDERS_NEW_FIRST_BYTE_TIMEOUT", "3s"),
                Map.entry("SERIN_PROVIDERS_NEW_STALL_TIMEOUT", "2s"),
                Map.entry("SERIN_PROVIDERS_CALM_KIND", "anthropic"),
                Map.entry("SERIN_PROVIDERS_CALM_BASE_URL", base + "/calm/v1"),
                Map.entry("SERIN_PROVIDERS_CALM_API_KEY", "key-of-calm"),
                Map.entry("SERIN_PROVIDERS_CALM_STALL_TIMEOUT", "2s"),
                Map.entry("SERIN_PROVIDERS_BOLD_KIND", "anthropic"),
                Map.entry("SERIN_PROVIDERS_BOLD_BASE_URL", base + "/bold/v1"),
                Map.entry("SERIN_PROVIDERS_BOLD_API_KEY", "key-of-bold"),
                Map.entry("SERIN_PROVIDERS_BOLD_FIRST_BYTE_TIMEOUT", "3s"),
                Map.entry("SERIN_PROVIDERS_BOLD_STALL_TIMEOUT", "2s"),
                Map.entry(STAND_IN, Integer.toString(standIn)),
                Map.entry("SERIN_PROVIDERS_PLAY_KIND", "anthropic"),
                Map.entry("SERIN_PROVIDERS_PLAY_BASE_URL", stands),
                Map.entry("SERIN_PROVIDERS_TALK_BASE_URL", stands + "/v1"),
                Map.entry("SERIN_PROVIDERS_DEAD_BASE_URL", "http://127.0.0.1:" + FreePort.next()),
                Map.entry("serin.gateway.judge.at-once", "2"),
                Map.entry("serin.gateway.judge.waiting", "20"),
                Map.entry("serin.gateway.mirror.at-once", "2"),
                Map.entry("serin.gateway.mirror.usd", "0.05"),
                Map.entry("serin.routes.lease", "10m"),
                Map.entry("serin.gateway.most-bytes", "100000"),
                Map.entry(
                        "serin.gateway.prices",
                        "old/critic=1000:1000,new/large=10:20,old/small=1:2,bold/opus=10:20:1:12,calm/haiku=1:2"));
    }
}
