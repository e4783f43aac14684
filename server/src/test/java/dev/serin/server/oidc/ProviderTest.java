package dev.serin.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A provider's word")
class ProviderTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String REDIRECT = "http://localhost/login/oidc/callback";

    @TempDir Path dir;
    private final AtomicLong nanos = new AtomicLong(Duration.ofHours(1).toNanos());
    private FakeProvider fake;
    private Provider provider;

    @BeforeEach
    void begin() throws IOException, JoseException {
        fake = new FakeProvider(0, InstantSource.fixed(NOON));
        provider = provider(new Settings(fake.issuer()));
    }

    @AfterEach
    void end() {
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256"})
    @DisplayName("is taken, signed in the common ways, with its name and groups")
    void isTaken(String algorithm) throws Exception {
        fake.signing = algorithm.equals("RS256") ? fake.rs256() : fake.es256();
        fake.says =
                claims ->
                        claims.setClaim(
                                "realm_access", Map.of("roles", List.of("serin-admins", "other")));
        assertThat(signIn())
                .isEqualTo(
                        new Identity(
                                fake.issuer(),
                                "subject-1",
                                "Mira",
                                java.util.Set.of("serin-admins", "other")));
    }

    @Test
    @DisplayName("is refused from another issuer, for another client, and out of its time")
    void refusesClaims() {
        refuses("iss", claims -> claims.setIssuer("http://127.0.0.1:1/realm"));
        refuses("aud", claims -> claims.setAudience("another-client"));
        refuses("aud", claims -> claims.unsetClaim("aud"));
        refuses("azp", claims -> claims.setAudience(FakeProvider.CLIENT, "another-client"));
        refuses("azp", claims -> claims.setStringClaim("azp", "another-client"));
        refuses("expired", claims -> expires(claims, NOON.minusSeconds(60)));
        refuses("exp", claims -> claims.unsetClaim("exp"));
        refuses("iat", claims -> claims.setIssuedAt(at(NOON.plusSeconds(61))));
        refuses("iat", claims -> claims.setIssuedAt(at(NOON.minusSeconds(661))));
        refuses("iat", claims -> claims.unsetClaim("iat"));
        refuses("nbf", claims -> claims.setNotBefore(at(NOON.plusSeconds(61))));
        refuses("sub", claims -> claims.unsetClaim("sub"));
    }

    @Test
    @DisplayName("is taken from a clock that is off by less than a minute")
    void allowsSkew() throws Exception {
        fake.says = claims -> expires(claims, NOON.minusSeconds(59));
        assertThat(signIn().subject()).isEqualTo("subject-1");
        fake.says = claims -> claims.setIssuedAt(at(NOON.plusSeconds(59)));
        assertThat(signIn().subject()).isEqualTo("subject-1");
    }

    @Test
    @DisplayName("is refused without the nonce of this very sign-in")
    void refusesOtherNonce() {
        refuses("nonce", claims -> claims.unsetClaim("nonce"));
        refuses("nonce", claims -> claims.setStringClaim("nonce", "of another sign-in"));
    }

    @Test
    @DisplayName("is refused unsigned, signed by what is public, and by a key of somebody else")
    void refusesSignatures() throws Exception {
        for (var attack :
                List.of(
                        FakeProvider.unsigned(),
                        fake.hs256WithThePublicKey(),
                        FakeProvider.stranger("rsa-1"),
                        FakeProvider.stranger("unknown"))) {
            fake.signing = attack;
            assertThatThrownBy(this::signIn)
                    .isInstanceOf(OidcFailed.class)
                    .hasMessageContaining("ID token")
                    .hasMessageNotContaining("Mira")
                    .hasMessageNotContaining("eyJ");
        }
        fake.signing = claims -> "no.token.at-all";
        assertThatThrownBy(this::signIn).isInstanceOf(OidcFailed.class);
    }

    @Test
    @DisplayName(
            "is taken by a new key as soon as the provider tells it, and strangers cannot press it")
    void followsKeys() throws Exception {
        signIn();
        var next = FakeProvider.rsa("rsa-2");
        fake.signing = FakeProvider.by(next);
        fake.keys = List.of(next);
        assertThatThrownBy(this::signIn).hasMessageContaining("not the provider's");
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(signIn().subject()).isEqualTo("subject-1");

        fake.signing = FakeProvider.stranger("unknown");
        long before = asked("/realm/keys");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(this::signIn).isInstanceOf(OidcFailed.class);
        }
        assertThat(asked("/realm/keys")).isEqualTo(before);
    }

    @Test
    @DisplayName("is asked for with PKCE, state and nonce that nobody can guess, new each time")
    void asks() throws Exception {
        var one = provider.begin(REDIRECT);
        var other = provider.begin(REDIRECT);
        var query = FakeProvider.fields(one.to().getRawQuery());
        assertThat(query)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", FakeProvider.CLIENT)
                .containsEntry("redirect_uri", REDIRECT)
                .containsEntry("scope", "openid profile email")
                .containsEntry("state", one.state())
                .containsEntry("nonce", one.nonce())
                .containsEntry("code_challenge_method", "S256")
                .doesNotContainValue(one.verifier());
        assertThat(List.of(one.state(), one.nonce(), one.verifier()))
                .allSatisfy(text -> assertThat(text).hasSize(43))
                .doesNotContain(other.state(), other.nonce(), other.verifier());
    }

    @Test
    @DisplayName("cannot be had by whoever stole a code, nor twice for one code")
    void refusesStolenCodes() throws Exception {
        var begun = provider.begin(REDIRECT);
        var code = code(begun);
        var thief = provider.begin(REDIRECT);
        assertThatThrownBy(() ->
                        provider.redeem(code, null, REDIRECT, thief.verifier(), thief.nonce()))
                .hasMessageContaining("400 invalid_grant");
        assertThatThrownBy(() ->
                        provider.redeem(code, null, REDIRECT, begun.verifier(), begun.nonce()))
                .hasMessageContaining("invalid_grant");
    }

    @Test
    @DisplayName("is not taken from an answer that another issuer sent")
    void refusesMixUp() throws Exception {
        var begun = provider.begin(REDIRECT);
        var code = code(begun);
        assertThatThrownBy(() ->
                        provider.redeem(
                                code,
                                "https://evil.example",
                                REDIRECT,
                                begun.verifier(),
                                begun.nonce()))
                .hasMessageContaining("another issuer");
        assertThat(asked("/realm/token")).isZero();
    }

    @Test
    @DisplayName(
            "is looked for at the issuer's host and nowhere else, whatever its description says")
    void staysAtTheIssuer() throws Exception {
        try (var elsewhere = new FakeProvider(0, InstantSource.fixed(NOON))) {
            for (var endpoint : List.of("token_endpoint", "jwks_uri", "authorization_endpoint")) {
                fake.describes = Map.of(endpoint, elsewhere.issuer() + "/token");
                assertThatThrownBy(() -> provider(new Settings(fake.issuer())).begin(REDIRECT))
                        .hasMessageContaining(endpoint)
                        .hasMessageContaining("serin.oidc.hosts");
            }
            assertThat(elsewhere.asked).isEmpty();
        }
        fake.describes = Map.of("issuer", "https://another.example");
        assertThatThrownBy(() -> provider(new Settings(fake.issuer())).begin(REDIRECT))
                .hasMessageContaining("another issuer");
        fake.describes = Map.of("jwks_uri", fake.issuer() + "/moved");
        assertThatThrownBy(() -> provider(new Settings(fake.issuer())).begin(REDIRECT))
                .hasMessageContaining("302");
        assertThat(asked("/realm/keys")).isZero();
        fake.describes = Map.of("jwks_uri", fake.issuer() + "/huge");
        assertThatThrownBy(() -> provider(new Settings(fake.issuer())).begin(REDIRECT))
                .hasMessageContaining("exceeds capacity");
    }

    @Test
    @DisplayName(
            "is asked for with the secret in the form, where the provider takes it no other way")
    void postsTheSecret() throws Exception {
        fake.describes =
                Map.of("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
        assertThat(signIn().subject()).isEqualTo("subject-1");
    }

    @Test
    @DisplayName("is asked for with a secret out of a file, without the line's end")
    void readsTheFile() throws Exception {
        var file = Files.writeString(dir.resolve("secret"), FakeProvider.SECRET + "\n");
        provider = provider(new Settings(fake.issuer(), "wrong", file, "serin-1", "openid"));
        assertThat(signIn().subject()).isEqualTo("subject-1");
    }

    @Test
    @DisplayName("is nothing that settings with a mistake begin with")
    void refusesSettings() {
        for (var wrong :
                List.of(
                        new Settings("http://id.example.com"),
                        new Settings("https://ada:x@id.example.com"),
                        new Settings("https://id.example.com?x=1"),
                        new Settings("no issuer"),
                        new Settings(fake.issuer(), "s", null, " ", "openid"),
                        new Settings(fake.issuer(), "s", dir.resolve("none"), "serin-1", "openid"),
                        new Settings(fake.issuer(), "s", null, "serin-1", "profile"))) {
            assertThatThrownBy(() -> provider(wrong).check())
                    .isInstanceOf(WrongUse.class)
                    .hasMessageContaining("SERIN_OIDC_");
        }
    }

    private void refuses(String why, Consumer<JwtClaims> says) {
        fake.says = says;
        assertThatThrownBy(this::signIn)
                .as(why)
                .isInstanceOf(OidcFailed.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("Mira")
                .hasMessageNotContaining("eyJ");
    }

    private Identity signIn() throws Exception {
        var begun = provider.begin(REDIRECT);
        return provider.redeem(code(begun), null, REDIRECT, begun.verifier(), begun.nonce());
    }

    private static String code(Provider.Begun begun) throws Exception {
        try (var browser = HttpClient.newHttpClient()) {
            var answer =
                    browser.send(
                            HttpRequest.newBuilder(begun.to()).build(), BodyHandlers.discarding());
            var back = URI.create(answer.headers().firstValue("Location").orElseThrow());
            var query = FakeProvider.fields(back.getRawQuery());
            assertThat(query).containsEntry("state", begun.state());
            return query.get("code");
        }
    }

    private long asked(String path) {
        return fake.asked.stream().filter(path::equals).count();
    }

    private Provider provider(OidcConfig settings) {
        return new Provider(settings, InstantSource.fixed(NOON), nanos::get);
    }

    private static void expires(JwtClaims claims, Instant at) {
        claims.setIssuedAt(at(at.minusSeconds(300)));
        claims.setExpirationTime(at(at));
    }

    private static NumericDate at(Instant at) {
        return NumericDate.fromSeconds(at.getEpochSecond());
    }

    /// Settings as somebody would write them.
    private record Settings(
            Optional<String> issuer,
            Optional<String> clientId,
            Optional<String> clientSecret,
            Optional<Path> clientSecretFile,
            String scope)
            implements OidcConfig {

        Settings(String issuer) {
            this(issuer, FakeProvider.SECRET, null, FakeProvider.CLIENT, "openid profile email");
        }

        Settings(String issuer, String secret, Path file, String client, String scope) {
            this(
                    Optional.of(issuer),
                    Optional.of(client),
                    Optional.of(secret),
                    Optional.ofNullable(file),
                    scope);
        }

        @Override
        public String name() {
            return "Example ID";
        }

        @Override
        public String nameClaim() {
            return "preferred_username";
        }

        @Override
        public Optional<String> rolesClaim() {
            return Optional.of("realm_access.roles");
        }

        @Override
        public Optional<List<String>> roles() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> hosts() {
            return Optional.empty();
        }

        @Override
        public Duration clockSkew() {
            return Duration.ofSeconds(60);
        }
    }
}
