package dev.serin.server.access;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// Strangers get nothing, and the program lives below a path of its own.
public class ClosedProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "serin.mode",
                "closed",
                "quarkus.http.root-path",
                "/below",
                "quarkus.http.proxy.proxy-address-forwarding",
                "true");
    }
}
