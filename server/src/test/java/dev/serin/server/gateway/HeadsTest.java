package dev.serin.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.provider.Kind;
import dev.serin.server.provider.Provider;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Headers of a call")
class HeadsTest {

    private static final Provider OPENAI =
            new Provider(
                    "openai",
                    Kind.OPENAI,
                    URI.create("http://127.0.0.1/v1"),
                    null,
                    new Provider.Patience(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                    true);

    @Test
    @DisplayName(
            "reach the provider but for those of the connection, of the client and of Serin, in whatever case")
    void reachTheProvider() {
        var from =
                HttpHeaders.headers()
                        .add("X-Trace", "1")
                        .add("x-trace", "2")
                        .add("HOST", "here")
                        .add("authorization", "Bearer secret")
                        .add("Cookie", "a=b")
                        .add("content-Length", "7")
                        .add("SERIN-KEY", "ada")
                        .add("Anthropic-Beta", "tools")
                        .add("connection", "Keep-Alive, X-Hop")
                        .add("x-hop", "mine")
                        .add("X-Hopper", "goes");
        var to = HttpHeaders.headers();
        Heads.ask(from, to, OPENAI);
        assertThat(to.names()).containsExactlyInAnyOrder("X-Trace", "X-Hopper", "accept-encoding");
        assertThat(to.getAll("x-trace")).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    @DisplayName("reach the client but for those of the provider's own site")
    void reachTheClient() {
        MultiMap from =
                HttpHeaders.headers()
                        .add("X-Request-Id", "r1")
                        .add("Set-Cookie", "a=b")
                        .add("Strict-Transport-Security", "max-age=1")
                        .add("Transfer-Encoding", "chunked")
                        .add("Serin-Arm", "forged")
                        .add("Connection", "close");
        var to = HttpHeaders.headers();
        Heads.answer(from, to);
        assertThat(to.names()).containsExactly("X-Request-Id");
    }
}
