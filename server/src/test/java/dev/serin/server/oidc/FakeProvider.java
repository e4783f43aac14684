package dev.serin.server.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/// A small OpenID provider over real sockets that signs real tokens and lets everybody in. It holds a
/// client to its secret, its redirect address and PKCE as real ones do. Tests have it say and sign what
/// no real one would.
public final class FakeProvider implements AutoCloseable {

    public static final String CLIENT = "serin-1";
    public static final String SECRET = "a secret: with + & %";

    // A server that is asked by several tests keeps what it has read.
    private static final PublicJsonWebKey RSA = made("rsa-1");
    private static final PublicJsonWebKey EC = ec();

    private final HttpServer server;
    private final InstantSource clock;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    /// Paths that were asked for.
    public final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

    /// What tokens say beside, or instead of, what is right.
    public volatile Consumer<JwtClaims> says = _ -> {};

    /// How tokens are signed.
    public volatile Signing signing;

    /// What the description says beside, or instead of, what is right.
    public volatile Map<String, Object> describes = Map.of();

    /// The keys that it tells.
    public volatile List<PublicJsonWebKey> keys;

    /// Makes a token of claims.
    public interface Signing {
        String sign(JwtClaims claims) throws JoseException;
    }

    /// @param port 0 for any
    public FakeProvider(int port, InstantSource clock) throws IOException, JoseException {
        this.clock = clock;
        this.keys = List.of(RSA, EC);
        this.signing = rs256();
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String issuer() {
        return "http://127.0.0.1:%d/realm".formatted(server.getAddress().getPort());
    }

    public Signing rs256() {
        return claims -> signed(claims, RSA, "RS256");
    }

    public Signing es256() {
        return claims -> signed(claims, EC, "ES256");
    }

    /// By a key that it does not tell.
    ///
    /// @param id as which the key poses
    public static Signing stranger(String id) throws JoseException {
        var key = rsa(id);
        return claims -> signed(claims, key, "RS256");
    }

    public static Signing by(PublicJsonWebKey key) {
        return claims -> signed(claims, key, "RS256");
    }

    public static Signing unsigned() {
        return claims -> {
            var jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            jws.setAlgorithmHeaderValue("none");
            jws.setPayload(claims.toJson());
            return jws.getCompactSerialization();
        };
    }

    /// With what everybody knows as the secret of a MAC.
    public Signing hs256WithThePublicKey() {
        return claims -> {
            PublicKey known = RSA.getPublicKey();
            var jws = new JsonWebSignature();
            jws.setAlgorithmHeaderValue("HS256");
            jws.setKeyIdHeaderValue(RSA.getKeyId());
            jws.setKey(new HmacKey(known.getEncoded()));
            jws.setPayload(claims.toJson());
            return jws.getCompactSerialization();
        };
    }

    public static PublicJsonWebKey rsa(String id) throws JoseException {
        var key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(id);
        return key;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static PublicJsonWebKey made(String id) {
        try {
            return rsa(id);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicJsonWebKey ec() {
        try {
            var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId("ec-1");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JwtClaims claims, PublicJsonWebKey key, String algorithm)
            throws JoseException {
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(algorithm);
        jws.setKeyIdHeaderValue(key.getKeyId());
        jws.setKey(key.getPrivateKey());
        jws.setPayload(claims.toJson());
        return jws.getCompactSerialization();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            asked.add(path);
            switch (path) {
                case "/realm/.well-known/openid-configuration" ->
                        send(exchange, 200, description());
                case "/realm/keys" ->
                        send(
                                exchange,
                                200,
                                new JsonWebKeySet(List.<JsonWebKey>copyOf(keys)).toJson());
                case "/realm/authorize" -> authorize(exchange);
                case "/realm/token" -> token(exchange);
                case "/realm/moved" -> {
                    exchange.getResponseHeaders().set("Location", issuer() + "/keys");
                    exchange.sendResponseHeaders(302, -1);
                }
                case "/realm/huge" -> send(exchange, 200, "{\"keys\": \"" + "k".repeat(600_000));
                default -> send(exchange, 404, "{}");
            }
        } catch (JoseException | java.security.GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private String description() {
        var all = new HashMap<String, Object>();
        all.put("issuer", issuer());
        all.put("authorization_endpoint", issuer() + "/authorize");
        all.put("token_endpoint", issuer() + "/token");
        all.put("jwks_uri", issuer() + "/keys");
        all.putAll(describes);
        return org.jose4j.json.JsonUtil.toJson(all);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var query = fields(exchange.getRequestURI().getRawQuery());
        var code = UUID.randomUUID().toString();
        codes.put(code, query);
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        "%s?code=%s&state=%s"
                                .formatted(
                                        query.get("redirect_uri"),
                                        code,
                                        URLEncoder.encode(query.get("state"), UTF_8)));
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange)
            throws IOException, JoseException, java.security.GeneralSecurityException {
        var form = fields(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        var begun = codes.remove(form.getOrDefault("code", ""));
        if (!isClient(exchange, form)) {
            send(exchange, 401, "{\"error\": \"invalid_client\"}");
        } else if (begun == null
                || !begun.get("redirect_uri").equals(form.get("redirect_uri"))
                || !"S256".equals(begun.get("code_challenge_method"))
                || !begun.get("code_challenge").equals(challenge(form.get("code_verifier")))) {
            send(exchange, 400, "{\"error\": \"invalid_grant\"}");
        } else {
            var claims = claims(begun);
            says.accept(claims);
            send(
                    exchange,
                    200,
                    "{\"access_token\": \"x\", \"token_type\": \"Bearer\", \"id_token\": \"%s\"}"
                            .formatted(signing.sign(claims)));
        }
    }

    private JwtClaims claims(Map<String, String> begun) {
        var now = clock.instant();
        var claims = new JwtClaims();
        claims.setIssuer(issuer());
        claims.setAudience(CLIENT);
        claims.setSubject("subject-1");
        claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
        claims.setExpirationTime(
                NumericDate.fromMilliseconds(now.plus(Duration.ofMinutes(5)).toEpochMilli()));
        claims.setStringClaim("nonce", begun.get("nonce"));
        claims.setStringClaim("preferred_username", "Mira");
        return claims;
    }

    private static boolean isClient(HttpExchange exchange, Map<String, String> form) {
        var header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) {
            return CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
        }
        var both = new String(Base64.getDecoder().decode(header.substring(6)), UTF_8).split(":", 2);
        return CLIENT.equals(URLDecoder.decode(both[0], UTF_8))
                && SECRET.equals(URLDecoder.decode(both[1], UTF_8));
    }

    private static String challenge(String verifier) throws java.security.GeneralSecurityException {
        var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    /// The fields of a query or a form.
    public static Map<String, String> fields(String text) {
        var fields = new HashMap<String, String>();
        for (var field : text.split("&")) {
            var parts = field.split("=", 2);
            fields.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
        }
        return fields;
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
