package dev.serin.server.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/// The provider, as it describes itself.
///
/// @param postsSecret whether it takes a client's secret in the form only
/// @param namesItself whether each of its answers says from which issuer it comes
record Described(
        URI authorization,
        URI token,
        List<JsonWebKey> keys,
        boolean postsSecret,
        boolean namesItself) {

    static Described ask(Client client, Wire wire) throws OidcFailed {
        var description = wire.get("description", client.description());
        if (!client.issuer().equals(text(description, "issuer"))) {
            throw new OidcFailed(
                    "the provider calls itself another issuer than serin.oidc.issuer; write it exactly"
                            + " alike");
        }
        var keys = client.mayAsk("jwks_uri", text(description, "jwks_uri"));
        return new Described(
                client.mayAsk(
                        "authorization_endpoint", text(description, "authorization_endpoint")),
                client.mayAsk("token_endpoint", text(description, "token_endpoint")),
                keys(wire.get("jwks_uri", keys)),
                postsSecret(description.path("token_endpoint_auth_methods_supported")),
                description
                        .path("authorization_response_iss_parameter_supported")
                        .asBoolean(false));
    }

    private static List<JsonWebKey> keys(JsonNode json) throws OidcFailed {
        try {
            return List.copyOf(new JsonWebKeySet(json.toString()).getJsonWebKeys());
        } catch (JoseException e) {
            throw new OidcFailed("the provider's keys cannot be read: " + e.getMessage());
        }
    }

    /// Left out, it means the header.
    private static boolean postsSecret(JsonNode methods) {
        boolean header = methods.isMissingNode();
        boolean form = false;
        for (var method : methods) {
            header |= method.asText().equals("client_secret_basic");
            form |= method.asText().equals("client_secret_post");
        }
        return form && !header;
    }

    private static String text(JsonNode description, String field) throws OidcFailed {
        var value = description.path(field);
        if (!value.isTextual()) {
            throw new OidcFailed("the provider's description names no " + field);
        }
        return value.textValue();
    }
}
