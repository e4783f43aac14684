package dev.serin.server.oidc;

import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// This server as the provider's client: its settings, checked.
///
/// @param secret null for a public client
/// @param origins that may be asked: `https://id.example.com:443`
/// @param groupsClaim null if nobody's groups are read
record Client(
        String issuer,
        String id,
        @Nullable String secret,
        String scope,
        String nameClaim,
        @Nullable String groupsClaim,
        Set<String> origins,
        Duration skew) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /// Empty if no provider is set.
    ///
    /// @throws WrongUse if a setting is missing or cannot be used
    static Optional<Client> of(OidcConfig config) {
        return config.issuer()
                .filter(issuer -> !issuer.isBlank())
                .map(issuer -> of(issuer, config));
    }

    private static Client of(String issuer, OidcConfig config) {
        var id = config.clientId().filter(name -> !name.isBlank());
        if (id.isEmpty()) {
            throw new WrongUse(
                    "SERIN_OIDC_CLIENT_ID is missing: name the client that the provider knows this"
                            + " server by");
        }
        var address = address(issuer);
        if (address == null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new WrongUse(
                    "SERIN_OIDC_ISSUER is no issuer: %s; write https://… as the provider's tokens"
                                    .formatted(issuer)
                            + " name it (http only on this machine)");
        }
        if (!List.of(config.scope().split(" ", -1)).contains("openid")) {
            throw new WrongUse("SERIN_OIDC_SCOPE has no openid: " + config.scope());
        }
        var origins = new HashSet<String>();
        origins.add(origin(address));
        for (var host : config.hosts().orElse(List.of())) {
            var other = address("https://" + host.strip());
            if (other == null || !other.getRawPath().isEmpty()) {
                throw new WrongUse(
                        "SERIN_OIDC_HOSTS names no host: %s; write such as id.example.com"
                                .formatted(host));
            }
            origins.add(origin(other));
        }
        return new Client(
                issuer,
                id.get(),
                secret(config),
                config.scope(),
                config.nameClaim(),
                config.rolesClaim().filter(claim -> !claim.isBlank()).orElse(null),
                Set.copyOf(origins),
                config.clockSkew());
    }

    /// Where the provider describes itself.
    URI description() {
        return URI.create(
                (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                        + "/.well-known/openid-configuration");
    }

    /// An address that the provider's description names.
    ///
    /// @throws OidcFailed if it leads to a host that is not to be asked
    URI mayAsk(String what, String text) throws OidcFailed {
        var address = address(text);
        if (address == null || address.getRawFragment() != null) {
            throw new OidcFailed("the provider's %s is no address of https".formatted(what));
        }
        if (!origins.contains(origin(address))) {
            throw new OidcFailed(
                    "the provider's %s is at %s, which is not the issuer's host; if that is right, add"
                                    .formatted(what, address.getRawAuthority())
                            + " it to serin.oidc.hosts");
        }
        return address;
    }

    /// Null if it is no address that is safe to ask.
    private static @Nullable URI address(String text) {
        try {
            var address = URI.create(text);
            var host = address.getHost();
            if (host == null || address.getRawUserInfo() != null) {
                return null;
            }
            boolean safe =
                    "https".equals(address.getScheme())
                            || ("http".equals(address.getScheme()) && THIS_MACHINE.contains(host));
            return safe ? address : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static String origin(URI address) {
        int port =
                address.getPort() >= 0
                        ? address.getPort()
                        : address.getScheme().equals("https") ? 443 : 80;
        return "%s://%s:%d"
                .formatted(address.getScheme(), address.getHost().toLowerCase(Locale.ROOT), port);
    }

    private static @Nullable String secret(OidcConfig config) {
        var file = config.clientSecretFile();
        if (file.isEmpty()) {
            return config.clientSecret().filter(secret -> !secret.isEmpty()).orElse(null);
        }
        try {
            return Files.readString(file.get()).replaceFirst("\\R$", "");
        } catch (IOException e) {
            throw new WrongUse(
                    "SERIN_OIDC_CLIENT_SECRET_FILE cannot be read: %s; name a file that holds the"
                                    .formatted(e)
                            + " secret");
        }
    }
}
