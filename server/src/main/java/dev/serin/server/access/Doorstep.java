package dev.serin.server.access;

import dev.serin.server.oidc.OidcConfig;
import dev.serin.server.oidc.Provider;
import dev.serin.server.problem.WrongUse;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// What has to be true of access before the first request is answered.
@ApplicationScoped
class Doorstep {

    private static final Logger LOG = Logger.getLogger(Doorstep.class);
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final AccessConfig config;
    private final Accounts accounts;
    private final Provider provider;
    private final OidcConfig oidc;
    private final String host;
    private final boolean listens;

    Doorstep(
            AccessConfig config,
            Accounts accounts,
            Provider provider,
            OidcConfig oidc,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true")
                    boolean listens) {
        this.config = config;
        this.accounts = accounts;
        this.provider = provider;
        this.oidc = oidc;
        this.host = host;
        this.listens = listens;
    }

    /// @throws WrongUse if the server would answer strangers
    void onStart(@Observes StartupEvent start) {
        if (!listens) {
            return;
        }
        if (!config.mode().asksToSignIn()) {
            requireLoopback();
            return;
        }
        provider.check();
        var _ = ProviderRoles.of(oidc);
        var password = password();
        if (password.isPresent()) {
            accounts.keep(config.admin().name(), password.get());
        } else if (accounts.isUnclaimed()) {
            LOG.warnf(
                    "nobody can sign in yet: open /login?token=%s and choose a password"
                            + " (or set SERIN_ADMIN_PASSWORD)",
                    accounts.offerSetup());
        }
    }

    private void requireLoopback() {
        if (!LOOPBACK.contains(host)) {
            throw new WrongUse(
                    "nobody signs in here, so Serin answers this machine only:"
                            + " quarkus.http.host is %s, use 127.0.0.1".formatted(host));
        }
    }

    private Optional<String> password() {
        var file = config.admin().passwordFile();
        if (file.isEmpty()) {
            return config.admin()
                    .password()
                    .map(typed -> longEnough(typed, "SERIN_ADMIN_PASSWORD"));
        }
        try {
            var text = Files.readString(file.get()).replaceFirst("\\R$", "");
            return Optional.of(longEnough(text, "the password in " + file.get()));
        } catch (IOException e) {
            throw new WrongUse(
                    "SERIN_ADMIN_PASSWORD_FILE cannot be read: %s; name a file that holds the password"
                            .formatted(e));
        }
    }

    private static String longEnough(String password, String what) {
        if (password.length() < Accounts.SHORTEST || password.length() > Accounts.LONGEST) {
            throw new WrongUse(
                    "%s has %d characters; use %d or more"
                            .formatted(what, password.length(), Accounts.SHORTEST));
        }
        return password;
    }
}
