package dev.serin.server.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Signing in by an OpenID provider, under `serin.oidc.`
@ConfigMapping(prefix = "serin.oidc")
public interface OidcConfig {

    /// The provider as its tokens name it, such as `https://id.example.com/realms/main`. Without one,
    /// people sign in by name and password only.
    Optional<String> issuer();

    /// The name under which the provider knows this server. Its redirect address there is
    /// `https://this.server/login/oidc/callback`.
    Optional<String> clientId();

    /// The client's secret; none for a public client.
    Optional<String> clientSecret();

    /// A file that holds the client's secret; its last line break does not count.
    Optional<Path> clientSecretFile();

    /// What the provider is called on the page to sign in: `Sign in with …`.
    @WithDefault("OpenID")
    String name();

    /// What is asked for; has `openid` among it.
    @WithDefault("openid profile email")
    String scope();

    /// The claim that names people here. Use one that they cannot change by themselves: whoever has the
    /// name of somebody invited takes that invitation.
    @WithDefault("preferred_username")
    String nameClaim();

    /// The claim that holds somebody's groups, such as `groups` or `realm_access.roles`. Without one,
    /// people must be invited first.
    Optional<String> rolesClaim();

    /// What groups are worth, such as `serin-admins=admin *, search=operator search`: group, role, team.
    /// Somebody's roles follow their groups at each sign-in.
    Optional<List<String>> roles();

    /// Hosts beside the issuer's that the provider's description may name, such as
    /// `oauth2.googleapis.com`. Nothing is asked of any other.
    Optional<List<String>> hosts();

    /// How far the provider's clock may be off.
    @WithDefault("60s")
    Duration clockSkew();
}
