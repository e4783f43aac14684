package dev.serin.server.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which addresses are open to strangers, and which speak JSON.
final class Addresses {

    private static final Set<String> OPEN =
            Set.of(
                    "/login",
                    "/login/setup",
                    "/login/invitation",
                    "/login/oidc",
                    "/login/oidc/callback",
                    "/serin.js",
                    "/serin.svg",
                    "/favicon.ico",
                    "/robots.txt");
    private static final List<String> OPEN_BELOW =
            List.of("/q/health", "/q/openapi", "/css/", "/icon/", "/webjars/");
    private static final List<String> FOR_PROGRAMS = List.of("/api/", "/ofrep/", "/v1/", "/q/");
    private static final Set<String> OF_TELEMETRY = Set.of("/v1/traces", "/v1/logs", "/v1/metrics");
    private static final String MESSAGES = "/v1/messages";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final int LONGEST_PORT = 5;

    private Addresses() {}

    /// @param path under the root, as the router reads it
    /// @param raw as it was sent; one that climbs is open to nobody
    static boolean isOpen(String path, String raw) {
        return (OPEN.contains(path) || isBelowOpen(path)) && !climbs(raw);
    }

    private static boolean isBelowOpen(String path) {
        for (var open : OPEN_BELOW) {
            if (path.startsWith(open)
                    && (open.endsWith("/")
                            || path.length() == open.length()
                            || path.charAt(open.length()) == '/')) {
                return true;
            }
        }
        return false;
    }

    private static boolean climbs(String raw) {
        return raw.contains("..")
                || raw.toLowerCase(Locale.ROOT).contains("%2e")
                || raw.contains(";");
    }

    /// Whether a program asks, so that an error is a problem and not a page.
    static boolean isForPrograms(String path) {
        return FOR_PROGRAMS.stream().anyMatch(path::startsWith);
    }

    /// Whether clients of models and of telemetry call here, who know no other way to name themselves
    /// than a key.
    static boolean isForModels(String path) {
        return path.startsWith("/v1/");
    }

    /// Whether an error is read by OpenAI's clients.
    static boolean speaksOpenAi(String path) {
        return isForModels(path) && !OF_TELEMETRY.contains(path);
    }

    /// Whether an error is read by Anthropic's clients.
    static boolean speaksAnthropic(String path) {
        return path.equals(MESSAGES) || path.startsWith(MESSAGES + "/");
    }

    /// Whether a `Host` names this machine, so that no page of another site can pose as it.
    static boolean isThisMachine(@Nullable String host) {
        if (host == null) {
            return false;
        }
        int colon = host.lastIndexOf(':');
        var name = colon > 0 && isPort(host, colon + 1) ? host.substring(0, colon) : host;
        return THIS_MACHINE.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isPort(String host, int from) {
        int digits = host.length() - from;
        for (int i = from; i < host.length(); i++) {
            if (host.charAt(i) < '0' || host.charAt(i) > '9') {
                return false;
            }
        }
        return digits >= 1 && digits <= LONGEST_PORT;
    }

    /// Where to go after signing in: an address on this server and nothing else.
    static String onThisServer(@Nullable String next) {
        if (next == null
                || !next.startsWith("/")
                || next.startsWith("//")
                || next.startsWith("/\\")
                || next.length() > 2_000) {
            return "/";
        }
        try {
            var address = new URI(next);
            return address.isAbsolute() || address.getRawAuthority() != null ? "/" : next;
        } catch (URISyntaxException _) {
            return "/";
        }
    }
}
