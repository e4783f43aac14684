package dev.serin.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The packaged demo")
class SmokeTest {

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    @Test
    @DisplayName("says that it and its database are up")
    void isUp() {
        var response = CHROMIUM.page().navigate(SERIN.url("/q/health"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).contains("\"UP\"").doesNotContain("\"DOWN\"");
    }

    @Test
    @DisplayName("asks no other host for anything")
    void asksNoOtherHost() {
        CHROMIUM.page().navigate(SERIN.url("/"));
        assertThat(CHROMIUM.requests())
                .isNotEmpty()
                .allSatisfy(url -> assertThat(URI.create(url).getHost()).isEqualTo("localhost"));
    }
}
