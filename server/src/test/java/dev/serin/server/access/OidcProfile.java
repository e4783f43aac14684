package dev.serin.server.access;

import dev.serin.server.FreePort;
import dev.serin.server.oidc.FakeProvider;
import java.util.HashMap;
import java.util.Map;

/// As [ClosedProfile], with an OpenID provider at a port that a test opens.
public class OidcProfile extends ClosedProfile {

    /// Holds the port: the profile and the test do not share their classes.
    static final String PORT = "test.oidc.port";

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put("serin.oidc.issuer", "http://127.0.0.1:" + port() + "/realm");
        settings.put("serin.oidc.client-id", FakeProvider.CLIENT);
        settings.put("serin.oidc.client-secret", FakeProvider.SECRET);
        settings.put("serin.oidc.name", "Example ID");
        settings.put("serin.oidc.roles-claim", "groups");
        settings.put(
                "serin.oidc.roles",
                "serin-admins=admin *,ops=operator everybody,ops=viewer search");
        return settings;
    }

    private static String port() {
        var known = System.getProperty(PORT);
        if (known != null) {
            return known;
        }
        var port = Integer.toString(FreePort.next());
        System.setProperty(PORT, port);
        return port;
    }
}
