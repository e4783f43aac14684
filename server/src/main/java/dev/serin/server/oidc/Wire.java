package dev.serin.server.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.outward.LateClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks the provider. Follows no redirect, waits no longer than seconds, reads no more than it must.
final class Wire {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 512 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LateClient http = new LateClient(HttpClient.Version.HTTP_2, PATIENCE);

    /// The JSON object at an address.
    JsonNode get(String what, URI address) throws OidcFailed {
        return ask(what, HttpRequest.newBuilder(address).GET());
    }

    /// What a form is answered with.
    ///
    /// @param authorization the header of that name; null for none
    JsonNode post(
            String what, URI address, Map<String, String> form, @Nullable String authorization)
            throws OidcFailed {
        var request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return ask(what, request);
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String basic(String id, String secret) {
        var both = encoded(id) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private JsonNode ask(String what, HttpRequest.Builder request) throws OidcFailed {
        try {
            var sent = request.header("Accept", "application/json").build();
            var answer = http.ask(sent, PATIENCE, MOST_BYTES);
            return read(what, answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new OidcFailed("the provider's %s cannot be had: %s".formatted(what, e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OidcFailed("the server stops");
        }
    }

    private static JsonNode read(String what, int status, byte[] bytes) throws OidcFailed {
        try {
            var json = JSON.readTree(bytes);
            if (status == 200 && json.isObject()) {
                return json;
            }
            // A word of the standard, such as invalid_grant; nothing else of the answer is told.
            var error = json.path("error").asText("");
            throw new OidcFailed(
                    "the provider's %s is an error, %d%s"
                            .formatted(
                                    what,
                                    status,
                                    error.matches("[a-z_]{1,60}") ? " " + error : ""));
        } catch (JsonProcessingException _) {
            throw new OidcFailed("the provider's %s is no JSON, %d".formatted(what, status));
        } catch (IOException e) {
            throw new OidcFailed("the provider's %s cannot be read: %s".formatted(what, e));
        }
    }
}
