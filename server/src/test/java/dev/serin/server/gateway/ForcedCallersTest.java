package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.BASELINE;
import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static dev.serin.server.gateway.Client.question;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("A caller whom the plan forces to an arm")
class ForcedCallersTest {

    @Inject Client client;
    @Inject Server server;

    private Upstream upstream;
    private String route = "";
    private String id = "";

    @BeforeEach
    void begin() {
        upstream = Upstream.at(client.upstreamPort());
        upstream.says(
                (_, line) -> line.json(200, Upstream.chat(UUID.randomUUID().toString(), "x")));
        route = Server.newRoute();
        id =
                client.started(
                        route,
                        "new/large",
                        """
                        always: { header: X-Staff, is: "yes" }
                        never: { key: [acme, globex] }
                        objectives: [{ indicator: hallucination_rate, target: 50% }]
                        labels: { share: 100%, deadline: 2h }
                        """);
    }

    @Test
    @DisplayName("gets that arm whatever the split says, and is told so")
    void getsItsArm() throws Exception {
        var staff = staff(client.key(route, BASELINE));
        assertThat(staff.headers().firstValue("Serin-Arm")).hasValue("candidate");
        assertThat(staff.headers().firstValue("Serin-Forced")).hasValue("true");
        assertThat(upstream.asked().getLast().isFor("large")).isTrue();
        for (var customer : new String[] {"acme", "globex"}) {
            var never = ask(customer, "X-Staff", "yes");
            assertThat(never.headers().firstValue("Serin-Arm")).hasValue("baseline");
        }
        var other = ask(client.key(route, BASELINE), "X-Staff", "no");
        assertThat(other.headers().firstValue("Serin-Arm")).hasValue("baseline");
        assertThat(other.headers().firstValue("Serin-Forced")).isEmpty();
    }

    @Test
    @DisplayName(
            "is counted apart: with no share in the evidence, the split's keys or the bad calls")
    void isCountedApart() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("large") && asked.body().contains("\"fail\"")) {
                line.json(500, Upstream.error("server_error"));
            } else {
                line.json(200, Upstream.chat(UUID.randomUUID().toString(), "x"));
            }
        });
        staff("ann");
        staff("ann");
        client.send(
                client.post("/v1/chat/completions", question(route, ", \"fail\": 1"), "bob")
                        .header("X-Staff", "yes"));
        ask("acme", "X-Other", "1");
        client.chat(route, CANDIDATE);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        evidence()
                                .body("forced.candidate.calls", is(3))
                                .body("forced.candidate.keys", is(2))
                                .body("forced.candidate.badCalls", is(1))
                                .body("forced.candidate.usd", is(0.04f))
                                .body("forced.baseline.calls", is(1))
                                .body("forced.baseline.keys", is(1))
                                .body(of("candidate", "calls") + ".n", is(1)));
        evidence()
                .body(of("candidate", "keys") + ".n", is(1))
                .body(of("candidate", "error") + ".bad", is(0))
                .body(of("baseline", "calls"), nullValue());
        given().accept("text/html")
                .get("/rollouts/" + id)
                .then()
                .body(containsString("Always the candidate"))
                .body(containsString("3 calls of 2 people"))
                .body(containsString("1 bad, $0.04"))
                .body(not(containsString("<details id=\"newest\"")));
    }

    @Test
    @DisplayName("that another service reports counts apart too, and needs no label")
    void isReported() {
        server.observe(
                        id,
                        """
                        [{"id": "f-%1$s", "arm": "candidate", "key": "ann", "forced": true, "error": true},
                         {"id": "f-%1$s", "arm": "candidate", "key": "ann", "forced": true, "error": true},
                         {"id": "s-%1$s", "arm": "candidate", "key": "ann", "error": false}]\
                        """
                                .formatted(route))
                .statusCode(200)
                .body("label", is(java.util.List.of("s-" + route)));
        evidence()
                .body("forced.candidate.calls", is(1))
                .body("forced.candidate.usd", nullValue())
                .body(of("candidate", "calls") + ".n", is(1))
                .body(of("candidate", "error") + ".bad", is(0));
        given().contentType("application/json")
                .body(
                        "{\"id\": \"f-%s\", \"label\": \"hallucination\", \"value\": true}"
                                .formatted(route))
                .post("/api/v1/feedback")
                .then()
                .body("refused", empty());
        evidence().body(of("candidate", "label:hallucination"), nullValue());
    }

    private HttpResponse<String> staff(String key) throws Exception {
        return ask(key, "X-Staff", "yes");
    }

    private HttpResponse<String> ask(String key, String header, String value) throws Exception {
        return client.send(
                client.post("/v1/chat/completions", question(route, ""), key)
                        .header(header, value));
    }

    private ValidatableResponse evidence() {
        return given().get("/api/v1/rollouts/" + id + "/evidence").then();
    }

    private static String of(String arm, String what) {
        return "steps[0].total.%s.find { it.of == '%s' }".formatted(arm, what);
    }
}
