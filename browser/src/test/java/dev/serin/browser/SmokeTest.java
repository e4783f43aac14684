package dev.serin.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The packaged demo")
class SmokeTest {

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    private static String one;
    private static String other;

    @BeforeAll
    static void someRollouts() throws Exception {
        var calls = new Calls(SERIN.url());
        one = calls.start(Calls.plan("weight-one"));
        calls.send(one, 300, 3);
        other = calls.start(Calls.plan("weight-other"));
        calls.send(other, 100, 60);
    }

    @Test
    @DisplayName("says that it and its database are up")
    void isUp() {
        var response = CHROMIUM.page().navigate(SERIN.url("/q/health"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).contains("\"UP\"").doesNotContain("\"DOWN\"");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("asks no other host, and for under 100 KB over the wire at the first visit of")
    @ValueSource(
            strings = {
                "/",
                "/?team=nobody",
                "/rollouts/{one}",
                "/rollouts/{one}/calls",
                "/compare",
                "/compare?run={one}&run={other}",
                "/new",
                "/lab",
                "/routes",
                "/routes/weight-one"
            })
    void isLight(String path) {
        var page = CHROMIUM.page();
        var finished = new ArrayList<Request>();
        page.onRequestFinished(finished::add);
        page.navigate(SERIN.url(path.replace("{one}", one).replace("{other}", other)));
        assertThat(CHROMIUM.requests())
                .isNotEmpty()
                .allSatisfy(url -> assertThat(URI.create(url).getHost()).isEqualTo("localhost"));
        assertThat(finished).hasSizeGreaterThan(3);
        // Asking for sizes lets further answers come in.
        int bytes =
                List.copyOf(finished).stream()
                        .map(Request::sizes)
                        .mapToInt(sizes -> sizes.responseBodySize + sizes.responseHeadersSize)
                        .sum();
        System.out.printf("%s: %d bytes in %d answers%n", path, bytes, finished.size());
        assertThat(bytes).isBetween(1, 100_000);
    }
}
