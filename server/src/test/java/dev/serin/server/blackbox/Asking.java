package dev.serin.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;

/// Asks a server as one who may do anything.
final class Asking implements AutoCloseable {

    static final String YAML = "application/yaml";
    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;
    private final String proof;

    Asking(URI address, String name, String password) {
        this.address = address;
        this.proof =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.close();
    }

    URI address() {
        return address;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", proof);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    HttpResponse<String> tell(String path, String type, String body)
            throws IOException, InterruptedException {
        return send(posting(path, type).POST(BodyPublishers.ofString(body)).build());
    }

    HttpResponse<String> tell(String path, String type, byte[] body)
            throws IOException, InterruptedException {
        return send(posting(path, type).POST(BodyPublishers.ofByteArray(body)).build());
    }

    /// A form of a page says where it comes from, as a browser does.
    private HttpRequest.Builder posting(String path, String type) {
        return request(path).header("Content-Type", type).header("Sec-Fetch-Site", "same-origin");
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return read(ask(path));
    }

    JsonNode post(String path, String type, String body) throws IOException, InterruptedException {
        return read(tell(path, type, body));
    }

    /// The first lines of a stream that does not end by itself.
    Stream<String> stream(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofLines()).body();
    }

    JsonNode read(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode())
                .as(answer.request().uri().getPath() + ": " + answer.body())
                .isBetween(200, 299);
        return json.readTree(answer.body());
    }

    /// Waits until the number at this place of what the address answers is `expected`.
    void awaitNumber(String path, String pointer, int expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(get(path).at(pointer).asInt())
                                .as(path + " " + pointer)
                                .isEqualTo(expected));
    }
}
