package dev.serin.server.gateway;

import dev.serin.server.FreePort;
import java.util.HashMap;
import java.util.Map;

/// The gateway with a collector that is told of its calls.
public class TracedProfile extends GatewayProfile {

    static final String COLLECTOR = "test.collector.port";

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        int port = FreePort.next();
        settings.put(COLLECTOR, Integer.toString(port));
        settings.put("serin.tracing.endpoint", "http://127.0.0.1:" + port + "/v1/traces");
        settings.put("serin.tracing.headers.authorization", "Bearer of-the-collector");
        return settings;
    }
}
