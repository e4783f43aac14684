package dev.serin.server.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/// The OpenID provider that the settings name, if they name one.
@ApplicationScoped
public class Provider {

    /// How long its description and its keys are taken as they were.
    private static final Duration FRESH = Duration.ofMinutes(10);

    /// An unknown key has them asked for anew, but strangers must not have them asked all the time.
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final OidcConfig config;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Wire wire = new Wire();
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    private record Known(Described described, long since) {}

    @Inject
    Provider(OidcConfig config, InstantSource clock) {
        this(config, clock, System::nanoTime);
    }

    /// @param nanos monotonic
    Provider(OidcConfig config, InstantSource clock, LongSupplier nanos) {
        this.config = config;
        this.clock = clock;
        this.nanos = nanos;
    }

    /// A sign-in that was begun.
    ///
    /// @param to where the browser is to go
    /// @param state comes back with the browser
    /// @param nonce comes back in the ID token
    /// @param verifier proves that whoever redeems the code has begun this
    public record Begun(URI to, String state, String nonce, String verifier) {}

    /// Checks the settings.
    ///
    /// @throws dev.serin.server.problem.WrongUse if one is missing or cannot be used
    public void check() {
        var _ = Client.of(config);
    }

    /// What it is called on the page to sign in; empty if there is none.
    public Optional<String> name() {
        return Client.of(config).map(_ -> config.name());
    }

    /// Begins a sign-in.
    ///
    /// @param redirect the address on this server to which the browser comes back
    public Begun begin(String redirect) throws OidcFailed {
        var client = client();
        var described = described(client, FRESH);
        var begun = new String[] {random(), random(), random()};
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", client.id());
        query.put("redirect_uri", redirect);
        query.put("scope", client.scope());
        query.put("state", begun[0]);
        query.put("nonce", begun[1]);
        query.put("code_challenge", challenge(begun[2]));
        query.put("code_challenge_method", "S256");
        var page = described.authorization().toString();
        var to = page + (page.contains("?") ? "&" : "?") + Wire.encoded(query);
        return new Begun(URI.create(to), begun[0], begun[1], begun[2]);
    }

    /// Whoever came back with a code.
    ///
    /// @param issuer that the answer says it comes from; null if it says none
    /// @param redirect as the sign-in was begun with
    public Identity redeem(
            String code, @Nullable String issuer, String redirect, String verifier, String nonce)
            throws OidcFailed {
        var client = client();
        var described = described(client, FRESH);
        if (issuer == null ? described.namesItself() : !issuer.equals(client.issuer())) {
            throw new OidcFailed("the answer comes from another issuer");
        }
        var token = token(client, described, code, redirect, verifier);
        return identity(client, claims(client, described, token, nonce));
    }

    private String token(
            Client client, Described described, String code, String redirect, String verifier)
            throws OidcFailed {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirect);
        form.put("code_verifier", verifier);
        var secret = client.secret();
        @Nullable String header = null;
        if (secret == null || described.postsSecret()) {
            form.put("client_id", client.id());
            if (secret != null) {
                form.put("client_secret", secret);
            }
        } else {
            header = Wire.basic(client.id(), secret);
        }
        var token = wire.post("token_endpoint", described.token(), form, header).path("id_token");
        if (!token.isTextual()) {
            throw new OidcFailed("the provider gave no ID token");
        }
        return token.textValue();
    }

    private JwtClaims claims(Client client, Described described, String token, String nonce)
            throws OidcFailed {
        var tokens = new IdTokens(client);
        var now = clock.instant();
        try {
            return tokens.claims(token, nonce, described.keys(), now);
        } catch (IdTokens.OtherKey _) {
            try {
                return tokens.claims(token, nonce, described(client, AGAIN).keys(), now);
            } catch (IdTokens.OtherKey _) {
                throw new OidcFailed("the ID token is signed by a key that is not the provider's");
            }
        }
    }

    private static Identity identity(Client client, JwtClaims claims) {
        var name = claims.getClaimValue(client.nameClaim());
        var subject = Objects.requireNonNull(claims.getClaimValue("sub"));
        var groups = client.groupsClaim();
        return new Identity(
                client.issuer(),
                subject.toString(),
                name instanceof String text ? text : "",
                groups == null ? Set.of() : texts(at(claims.getClaimsMap(), groups)));
    }

    /// A claim by its name, or by the path to it: names may have dots themselves.
    private static @Nullable Object at(Map<?, ?> claims, String path) {
        if (claims.get(path) != null) {
            return claims.get(path);
        }
        int dot = path.indexOf('.');
        return dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? at(inner, path.substring(dot + 1))
                : null;
    }

    private static Set<String> texts(@Nullable Object claim) {
        var texts = new LinkedHashSet<String>();
        for (var one :
                claim instanceof Collection<?> many ? many : List.of(claim == null ? "" : claim)) {
            if (one instanceof String text && !text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    private Client client() throws OidcFailed {
        return Client.of(config)
                .orElseThrow(() -> new OidcFailed("no provider is set: serin.oidc.issuer"));
    }

    /// @param age that it may have
    private Described described(Client client, Duration age) throws OidcFailed {
        var before = known.get();
        long now = nanos.getAsLong();
        if (before != null && now - before.since() < age.toNanos()) {
            return before.described();
        }
        var described = Described.ask(client, wire);
        known.set(new Known(described, now));
        return described;
    }

    private static String random() {
        var bytes = new byte[32];
        // Not kept in a field: a native image would be built with its seed in it.
        new SecureRandom().nextBytes(bytes);
        return text(bytes);
    }

    private static String challenge(String verifier) {
        try {
            return text(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
