package dev.serin.server.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// A server, by its API.
///
/// What the person at the keyboard can mend is a [WrongUse], a server that does not answer now a
/// [ServerAway]; both have one line.
final class RemoteServer {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);
    private static final Set<Integer> AWAY = Set.of(429, 502, 503, 504);

    private final URI address;
    private final @Nullable String authorization;
    private final HttpClient client;

    RemoteServer(URI address, @Nullable String authorization) {
        this.address = address;
        this.authorization = authorization;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TO_CONNECT)
                        .build();
    }

    /// What a server said.
    ///
    /// @param body missing where it is no JSON
    record Answer(int status, JsonNode body) {

        boolean isGood() {
            return status / 100 == 2;
        }

        /// What the server says went wrong, in one line.
        String detail() {
            var detail = body.path("detail").asText("").lines().findFirst().orElse("");
            return detail.isEmpty() ? "it answered %d".formatted(status) : detail;
        }
    }

    /// The rollout, as it is now.
    ShownRollout rollout(UUID id) {
        return new ShownRollout(good(get("/api/v1/rollouts/" + id)));
    }

    Answer get(String path) {
        return send(request(path).GET().timeout(TO_ANSWER).build());
    }

    Answer post(String path, String type, String body) {
        return post(path, type, BodyPublishers.ofString(body));
    }

    Answer post(String path, JsonNode body) {
        return post(path, "application/json", body.toString());
    }

    private Answer post(String path, String type, BodyPublisher body) {
        return send(
                request(path).header("Content-Type", type).POST(body).timeout(TO_ANSWER).build());
    }

    /// The body of an answer that is what was asked for.
    JsonNode good(Answer answer) {
        if (!answer.isGood()) {
            throw refused(answer);
        }
        return answer.body();
    }

    /// What to tell the person at the keyboard of an answer that is none.
    WrongUse refused(Answer answer) {
        return new WrongUse(
                switch (answer.status()) {
                    case 401 ->
                            authorization == null
                                    ? "%s wants to know who you are: set SERIN_TOKEN, or SERIN_USER and SERIN_PASSWORD"
                                            .formatted(address)
                                    : "%s does not know this token, or this name and password"
                                            .formatted(address);
                    case 403 -> "you may not do this on %s: %s".formatted(address, answer.detail());
                    case 404 ->
                            answer.body().isMissingNode()
                                    ? "%s is no Serin server, or an older one: it answered 404"
                                            .formatted(address)
                                    : answer.detail();
                    default -> answer.detail();
                });
    }

    /// Calls `changed` at each word of the rollout's stream; returns when the line is cut.
    void listen(UUID id, Consumer<String> changed) throws InterruptedException {
        var request =
                request("/api/v1/rollouts/" + id + "/stream")
                        .header("Accept", "text/event-stream")
                        .GET()
                        .build();
        try {
            HttpResponse<Stream<String>> answer = client.send(request, BodyHandlers.ofLines());
            try (var lines = answer.body()) {
                if (answer.statusCode() == 200) {
                    lines.filter(line -> line.startsWith("data:")).forEach(changed);
                }
            }
        } catch (IOException | RuntimeException _) {
            // Whoever waits also asks by itself, and tells of a server that is away.
        }
    }

    private HttpRequest.Builder request(String path) {
        // The server's own path, if it has one, stays before it.
        var request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Accept", "application/json")
                        .header("User-Agent", "serin");
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private Answer send(HttpRequest request) {
        try {
            var answer = client.send(request, BodyHandlers.ofByteArray());
            var read = new Answer(answer.statusCode(), json(answer.body()));
            if (AWAY.contains(read.status())) {
                throw new ServerAway("%s cannot answer now: %s".formatted(address, read.detail()));
            }
            if (read.isGood() && read.body().isMissingNode()) {
                throw new WrongUse(
                        "%s is no Serin server: its answer is no JSON; check --server"
                                .formatted(address));
            }
            return read;
        } catch (SSLException e) {
            throw new WrongUse(
                    "%s cannot be trusted: %s; check its certificate, or whether it speaks TLS at all"
                            .formatted(address, firstLine(e)));
        } catch (HttpTimeoutException e) {
            throw new ServerAway(
                    "https".equals(address.getScheme())
                            ? "%s did not answer in time; does it speak TLS?".formatted(address)
                            : "%s did not answer in time".formatted(address));
        } catch (ConnectException e) {
            throw new ServerAway(
                    "%s cannot be reached: %s; check --server or SERIN_SERVER, and whether it runs"
                            .formatted(address, why(e)));
        } catch (IOException e) {
            throw new ServerAway("%s broke off: %s".formatted(address, firstLine(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WrongUse("interrupted");
        }
    }

    private static String why(ConnectException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "no such host";
            }
        }
        return "nobody listens there";
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static JsonNode json(byte[] body) {
        try {
            var read = JSON.readTree(body);
            return read == null || !read.isContainerNode() ? MissingNode.getInstance() : read;
        } catch (IOException _) {
            return MissingNode.getInstance();
        }
    }
}
