package dev.serin.server.judging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.engine.plan.Share;
import dev.serin.server.FreePort;
import dev.serin.server.gateway.Upstream;
import dev.serin.server.planfile.RouteJudge;
import dev.serin.server.provider.Kind;
import dev.serin.server.provider.Price;
import dev.serin.server.provider.Provider;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The model that judges")
class JudgeModelTest {

    private static final RouteJudge JUDGE =
            new RouteJudge("x/critic", "p", Share.percent(10), "tone", RouteJudge.Says.VERDICT, 1);

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final int port = FreePort.next();
    private final JudgeModel model = new JudgeModel();

    @AfterEach
    void end() {
        model.close();
    }

    @Test
    @DisplayName("is waited for no longer where it begins to answer and stalls")
    void stalls() throws Exception {
        Upstream.at(port).says((_, line) -> {
            line.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":");
            line.isLeftWithin(30);
        });
        assertThat(ask(new Provider.Patience(LONG, SHORT, SHORT)))
                .isEqualTo(new Spoken.Nothing("its provider takes too long"));
    }

    private Spoken ask(Provider.Patience patience) throws InterruptedException {
        var base = URI.create("http://127.0.0.1:" + port);
        var provider = new Provider("x", Kind.OPENAI, base, null, patience, true);
        return model.ask(
                new Provider.Model(provider, "x/critic", "critic"),
                new Price(8, 1, 20),
                JUDGE,
                new Transcript(new ObjectMapper().createArrayNode(), "Hello"));
    }
}
