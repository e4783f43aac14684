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

    private static final Provider.Patience PATIENT = new Provider.Patience(LONG, LONG, LONG);

    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":";

    /// What the longest answer costs, in USD.
    private static final double ANSWER = 20e-6 * Bill.MOST_TOKENS;

    private final int port = FreePort.next();
    private final JudgeModel model = new JudgeModel();

    @AfterEach
    void end() {
        model.close();
    }

    @Test
    @DisplayName("is waited for no longer where it begins to answer and stalls")
    void stalls() throws Exception {
        says((_, line) -> {
            line.raw(HALF);
            line.isLeftWithin(30);
        });
        assertThat(ask(new Provider.Patience(LONG, SHORT, SHORT)).why())
                .isEqualTo("its provider takes too long");
    }

    @Test
    @DisplayName("is taken to cost the most that it can where it answers and nobody can read it")
    void countsWhatNobodyRead() throws Exception {
        says((_, line) -> line.isLeftWithin(30));
        assertThat(ask(new Provider.Patience(LONG, SHORT, SHORT)).usd()).isGreaterThan(ANSWER);
        says((_, line) -> line.raw(HALF));
        assertThat(ask(PATIENT).usd()).isGreaterThan(ANSWER);
        says((_, line) -> line.json(200, "good"));
        assertThat(ask(PATIENT))
                .returns("its provider answers with no JSON", Spoken.Nothing::why)
                .matches(said -> said.usd() > ANSWER);
    }

    @Test
    @DisplayName("costs nothing where it cannot be reached or refuses to answer")
    void countsNoRefusal() throws Exception {
        assertThat(ask(PATIENT)).isEqualTo(new Spoken.Nothing("its provider cannot be reached", 0));
        says((_, line) -> line.json(429, Upstream.error("rate_limit")));
        assertThat(ask(PATIENT)).isEqualTo(new Spoken.Nothing("its provider answers 429", 0));
    }

    private void says(Upstream.Script script) {
        Upstream.at(port).says(script);
    }

    private Spoken.Nothing ask(Provider.Patience patience) throws InterruptedException {
        var base = URI.create("http://127.0.0.1:" + port);
        var provider = new Provider("x", Kind.OPENAI, base, null, patience, true);
        var said =
                model.ask(
                        new Provider.Model(provider, "x/critic", "critic"),
                        new Price(8, 1, 20),
                        JUDGE,
                        new Transcript(new ObjectMapper().createArrayNode(), "Hello"));
        return (Spoken.Nothing) said;
    }
}
