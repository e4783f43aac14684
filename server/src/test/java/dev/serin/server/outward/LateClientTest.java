package dev.serin.server.outward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.server.FreePort;
import dev.serin.server.gateway.Upstream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client of other servers")
class LateClientTest {

    private final LateClient late =
            new LateClient(HttpClient.Version.HTTP_1_1, Duration.ofSeconds(5));

    @Test
    @DisplayName("is made once, follows no redirect and waits no longer than it may")
    void madeOnce() {
        try (late) {
            var client = late.get();
            assertThat(late.get()).isSameAs(client);
            assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
            assertThat(client.connectTimeout()).contains(Duration.ofSeconds(5));
            assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    @Test
    @DisplayName("waits no longer than it may for an answer that begins and stalls, and hangs up")
    void leavesWhoStalls() {
        int port = FreePort.next();
        var isLeft = new CompletableFuture<Boolean>();
        Upstream.at(port)
                .says((_, line) -> {
                    line.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":");
                    isLeft.complete(line.isLeftWithin(30));
                });
        var question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
        try (late) {
            assertThatThrownBy(() -> late.ask(question, Duration.ofMillis(300), 1_000))
                    .isInstanceOf(HttpTimeoutException.class);
            assertThat(isLeft.join()).isTrue();
        }
    }

    @Test
    @DisplayName("ends with its bean")
    void ends() throws Exception {
        var client = late.get();
        late.close();
        assertThat(client.awaitTermination(Duration.ofSeconds(30))).isTrue();
    }
}
