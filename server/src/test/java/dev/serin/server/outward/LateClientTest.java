package dev.serin.server.outward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Duration;
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
    @DisplayName("ends with its bean")
    void ends() throws Exception {
        var client = late.get();
        late.close();
        assertThat(client.awaitTermination(Duration.ofSeconds(30))).isTrue();
    }
}
