package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.BASELINE;
import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.serin.engine.plan.Share;
import dev.serin.server.judging.AnswerJudges;
import dev.serin.server.judging.Sample;
import dev.serin.server.judging.Wire;
import dev.serin.server.planfile.RouteJudge;
import dev.serin.server.rollout.Server;
import dev.serin.server.route.RouteTable;
import dev.serin.server.standin.StandIn;
import dev.serin.simulator.profile.PlainProfile;
import dev.serin.simulator.provider.StandInModel;
import dev.serin.simulator.provider.Words;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("A route's judge")
class JudgedAnswersTest {

    private static final String JUDGE =
            """
              - hallucination_rate >= 90%
            judge:
              model: old/critic
              prompt: Good answers greet.
              share: 100%
              usd: 1000
            """;

    @Inject Client client;
    @Inject Server server;
    @Inject RouteTable routes;
    @Inject AgroalDataSource database;
    @Inject Config config;
    @Inject AnswerJudges judges;

    private final CountDownLatch goOn = new CountDownLatch(1);
    private Upstream upstream;
    private String route = "";
    private String id = "";

    @BeforeEach
    void begin() {
        upstream = Upstream.at(client.upstreamPort());
        route = Server.newRoute();
    }

    @AfterEach
    void end() {
        goOn.countDown();
    }

    /// Models answer with a word of their arm; the judge says what a test wants it to.
    private void judgeSays(String verdict) {
        upstream.says((asked, line) -> {
            var words =
                    asked.isFor("critic")
                            ? verdict
                            : asked.isFor("large") ? "hello, says the one" : "hullo";
            line.json(200, Upstream.chat(UUID.randomUUID().toString(), words));
        });
    }

    @Test
    @DisplayName(
            "labels the answers of both arms, and is told neither arm nor model, route or caller")
    void labels() throws Exception {
        id = client.started(route, "new/large", JUDGE);
        upstream.says((asked, line) -> {
            var words =
                    !asked.isFor("critic")
                            ? asked.isFor("large") ? "hello" : "go away"
                            : asked.body().contains("go away") ? "bad" : "good";
            line.json(200, Upstream.chat(UUID.randomUUID().toString(), words));
        });
        client.chat(route, CANDIDATE);
        client.chat(route, CANDIDATE);
        client.chat(route, BASELINE);
        awaitJudge(3, 0, 0, 0);
        awaitLabels("candidate", 2, 0);
        awaitLabels("baseline", 1, 1);
        var told = upstream.asked().stream().filter(one -> one.isFor("critic")).toList();
        assertThat(told).hasSize(3);
        for (var one : told) {
            assertThat(one.line()).isEqualTo("POST /old/v1/chat/completions HTTP/1.1");
            assertThat(one.headers().toString()).doesNotContainIgnoringCase("serin-");
            assertThat(one.headers()).containsEntry("authorization", "Bearer key-of-old");
            assertThat(one.body())
                    .contains("Good answers greet.", "\\\"text\\\":\\\"hi\\\"")
                    .doesNotContain(
                            "candidate", "baseline", "large", "small", "gpt-x", "new/", route);
        }
        given().accept("text/html")
                .get("/rollouts/" + id)
                .then()
                .body(containsString("Judge old/critic"))
                .body(containsString("3 answers labelled"))
                .body(containsString("labelled by old/critic"));
        given().get("/api/v1/rollouts/" + id)
                .then()
                .body("judge.model", is("old/critic"))
                .body("judge.usd", equalTo(4.5f))
                .body("plan.judge.share", is(1));
    }

    @Test
    @DisplayName("reads streamed answers, and those of a client of the other API")
    void readsStreams() throws Exception {
        id = client.started(route, "new/large", JUDGE);
        upstream.says((asked, line) -> {
            if (asked.isFor("critic")) {
                boolean whole = asked.body().contains("\\\"answer\\\":\\\"hello\\\"");
                line.json(200, Upstream.chat(UUID.randomUUID().toString(), whole ? "good" : "bad"));
                return;
            }
            line.beginStream();
            line.chunk(
                    "data: {\"id\":\"%s\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hel\"}}]}\n\n"
                            .formatted(UUID.randomUUID()));
            line.chunk(
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
            line.endStream();
        });
        client.stream(route, CANDIDATE).body().readAllBytes();
        var message =
                "{\"model\": \"%s\", \"max_tokens\": 9, \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}"
                        .formatted(route);
        client.send(client.post("/v1/messages", message, client.key(route, CANDIDATE)));
        awaitJudge(2, 0, 0, 0);
        awaitLabels("candidate", 2, 0);
    }

    @Test
    @DisplayName("reads responses as well as chats")
    void readsResponses() throws Exception {
        id = client.started(route, "new/large", JUDGE);
        upstream.says((asked, line) -> {
            if (asked.isFor("critic")) {
                boolean whole =
                        asked.body().contains("\\\"answer\\\":\\\"hello\\\"")
                                && asked.body().contains("\\\"text\\\":\\\"hi\\\"");
                line.json(200, Upstream.chat(UUID.randomUUID().toString(), whole ? "good" : "bad"));
                return;
            }
            line.json(
                    200,
                    "{\"id\":\"resp_%s\",\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"hello\"}]}]}"
                            .formatted(UUID.randomUUID()));
        });
        var question = "{\"model\": \"%s\", \"input\": \"hi\"}".formatted(route);
        client.send(client.post("/v1/responses", question, client.key(route, CANDIDATE)));
        awaitJudge(1, 0, 0, 0);
        awaitLabels("candidate", 1, 0);
    }

    @Test
    @DisplayName(
            "that says no verdict gives no label, is seen on the rollout's page and promotes nobody")
    void saysNoVerdict() throws Exception {
        id = client.started(route, "new/large", JUDGE.replace("90%", "50%") + "minCalls: 5\n");
        judgeSays("rather good, I should say");
        for (int i = 0; i < 12; i++) {
            client.chat(route, i % 2 == 0 ? CANDIDATE : BASELINE);
        }
        awaitJudge(0, 12, 0, 0);
        server.pass(Duration.ofMinutes(1));
        given().get("/api/v1/rollouts/" + id)
                .then()
                .body("phase", is("observing"))
                .body("step.index", is(0))
                .body(
                        "findings.find { it.condition.startsWith('hallucination') }.finding",
                        is("unsure"));
        given().accept("text/html")
                .get("/rollouts/" + id)
                .then()
                .body(containsString("what it says is no verdict"))
                .body(containsString("12 could not be labelled"));
    }

    @Test
    @DisplayName("whose provider fails is seen on the rollout's page, and the calls go on")
    void fails() throws Exception {
        id = client.started(route, "new/large", JUDGE);
        upstream.says((asked, line) -> {
            if (asked.isFor("critic")) {
                line.json(500, Upstream.error("server_error"));
            } else {
                line.json(200, Upstream.chat(UUID.randomUUID().toString(), "hello"));
            }
        });
        assertThat(client.chat(route, CANDIDATE).statusCode()).isEqualTo(200);
        awaitJudge(0, 0, 1, 0);
        given().accept("text/html")
                .get("/rollouts/" + id)
                .then()
                .body(containsString("no labels"))
                .body(containsString("its provider answers 500"));
    }

    @Test
    @DisplayName("is not asked about an answer that is too long, which is counted and shown")
    void leavesLongAnswers() throws Exception {
        id = client.started(route, "new/large", JUDGE);
        var answer = Upstream.chat(UUID.randomUUID().toString(), "x".repeat(1_100_000));
        upstream.says((_, line) -> line.json(200, answer));
        assertThat(client.chat(route, CANDIDATE).body()).isEqualTo(answer);
        awaitJudge(0, 0, 1, 0);
        assertThat(upstream.askedFor("critic")).isZero();
        given().get("/api/v1/rollouts/" + id)
                .then()
                .body("judge.trouble", is("the answer is too long to be judged"));
    }

    @Test
    @DisplayName(
            "is not asked about an answer whose question is too long, and that is what is shown")
    void leavesLongQuestions() throws Exception {
        id = client.started(route, "new/large", JUDGE);
        var judge =
                new RouteJudge("old/critic", "p", Share.ALL, "tone", RouteJudge.Says.VERDICT, 1);
        var body = Buffer.buffer(new byte[Sample.MOST_BYTES + 1]);
        var nothing = new Question.Span(0, 0);
        var question =
                new Question(
                        body, route, false, false, null, null, null, null, null, nothing, null);
        var hearing = new Hearing(judges, UUID.fromString(id), judge, Wire.CHAT, question);
        hearing.goesOn(Buffer.buffer(Upstream.chat("chatcmpl-0", "hello")));
        hearing.ends("call-1", false);
        awaitJudge(0, 0, 1, 0);
        given().get("/api/v1/rollouts/" + id)
                .then()
                .body("judge.trouble", is("the question is too long to be judged"));
    }

    @Test
    @DisplayName("rolls a candidate back that makes things up, whatever API its provider speaks")
    void rollsBack() throws Exception {
        var vertx = Vertx.vertx();
        try (var standIn =
                StandIn.start(
                        vertx,
                        config.getValue(GatewayProfile.STAND_IN, Integer.class),
                        List.of(
                                new StandInModel(new PlainProfile("steady", 1, 0, 0, 0, 0), 1),
                                new StandInModel(new PlainProfile("liar", 1, 0, 0, 1, 0), 1)))) {
            id =
                    client.started(
                            route, "talk/steady", "play/liar", JUDGE.replace(">= 90%", ">= 8%"));
            upstream.says((asked, line) -> {
                var verdict = Words.areMadeUp(asked.body()) ? "bad" : "good";
                line.json(200, Upstream.chat(UUID.randomUUID().toString(), verdict));
            });
            var asking =
                    "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}"
                            .formatted(route);
            for (int i = 0; i < 20; i++) {
                client.send(
                        client.post(
                                "/v1/chat/completions",
                                asking,
                                client.key(route, i % 2 == 0 ? CANDIDATE : BASELINE)));
            }
            assertThat(standIn.calls()).isEqualTo(20);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        awaitJudge(20, 0, 0, 0);
        awaitLabels("baseline", 10, 0);
        awaitLabels("candidate", 10, 10);
        server.pass(Duration.ofSeconds(1));
        given().get("/api/v1/rollouts/" + id)
                .then()
                .body("phase", is("rolledBack"))
                .body("outcome.reason", containsString("Hallucinations"));
    }

    @Test
    @DisplayName(
            "is asked no more once it has cost what it may, and not at all where its price is not known")
    void keepsItsBudget() throws Exception {
        id = client.started(route, "new/large", JUDGE.replace("usd: 1000", "usd: 2"));
        judgeSays("good");
        for (int i = 1; i <= 4; i++) {
            client.chat(route, CANDIDATE);
            // One after the other, so that none is under way while another is weighed.
            awaitJudge(Math.min(i, 2), 0, 0, Math.max(0, i - 2));
        }
        assertThat(upstream.askedFor("critic")).isEqualTo(2);
        given().accept("text/html")
                .get("/rollouts/" + id)
                .then()
                .body(containsString("it has cost the 2.0 USD that it may"));

        route = Server.newRoute();
        id = client.started(route, "new/large", JUDGE.replace("old/critic", "old/priceless"));
        client.chat(route, CANDIDATE);
        awaitJudge(0, 0, 0, 1);
        assertThat(upstream.askedFor("priceless")).isZero();
    }

    @Test
    @DisplayName("whose answers nobody can read is asked no more once they may have cost all")
    void keepsItsBudgetUnread() throws Exception {
        id = client.started(route, "new/large", JUDGE.replace("usd: 1000", "usd: 2"));
        upstream.says((asked, line) ->
                line.json(
                        200,
                        asked.isFor("critic")
                                ? "no JSON"
                                : Upstream.chat(UUID.randomUUID().toString(), "hello")));
        client.chat(route, CANDIDATE);
        awaitJudge(0, 0, 1, 0);
        client.chat(route, CANDIDATE);
        awaitJudge(0, 0, 1, 1);
        assertThat(upstream.askedFor("critic")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "that is slow holds up no call; what finds no room to wait is left out and counted")
    void isBounded() throws Exception {
        id = client.started(route, "new/large", JUDGE);
        upstream.says((asked, line) -> {
            if (asked.isFor("critic")) {
                goOn.await(10, TimeUnit.SECONDS);
            }
            line.json(200, Upstream.chat(UUID.randomUUID().toString(), "good"));
        });
        for (int i = 0; i < 30; i++) {
            assertThat(client.chat(route, CANDIDATE).statusCode()).isEqualTo(200);
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(judge("leftOut")).isPositive());
        assertThat(judge("labelled")).isZero();
        goOn.countDown();
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() ->
                        assertThat(judge("labelled") + judge("leftOut"))
                                .as("each of 30 is judged or left out")
                                .isEqualTo(30));
        assertThat(judge("labelled")).isPositive();
    }

    @Test
    @DisplayName("labels the copies of a shadow step")
    void labelsCopies() throws Exception {
        id =
                server.started(
                        """
                        route: %s
                        baseline: old/small
                        candidate: new/large
                        key: request
                        steps:
                          - { name: shadow, share: 0%%, mirror: 100%%, duration: 30s }
                          - { name: full, share: 100%% }
                        rollback:
                        """
                                        .formatted(route)
                                + JUDGE);
        routes.refresh();
        client.makeWell();
        judgeSays("good");
        client.send(client.post("/v1/chat/completions", Client.question(route, ""), " "));
        awaitJudge(2, 0, 0, 0);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        evidence()
                                .body(of("candidate", "label:hallucination") + ".n", is(1))
                                .body(of("baseline", "label:hallucination") + ".n", is(1)));
    }

    @Test
    @DisplayName(
            "chooses by the call's id as labels are chosen, and neither question nor answer is kept")
    void choosesAndKeepsNothing() throws Exception {
        id = client.started(route, "new/large", JUDGE.replace("100%", "50%"));
        var secret = "secret-" + UUID.randomUUID();
        upstream.says((asked, line) ->
                line.json(
                        200,
                        Upstream.chat(
                                UUID.randomUUID().toString(),
                                asked.isFor("critic") ? "good" : secret)));
        for (int i = 0; i < 40; i++) {
            var body = new JsonObject(Client.question(route, ""));
            body.getJsonArray("messages").getJsonObject(0).put("content", secret);
            client.send(
                    client.post(
                            "/v1/chat/completions", body.encode(), client.key(route, CANDIDATE)));
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    Integer chosen =
                            evidence()
                                    .extract()
                                    .path(of("candidate", "chosen:hallucination") + "?.n");
                    assertThat(judge("labelled") + judge("leftOut")).isBetween(8, 32);
                    assertThat(chosen).isNotNull();
                });
        assertThat(whereItStands(secret)).isEmpty();
        given().get("/q/metrics").then().body(not(containsString(secret)));
    }

    /// Tables in which a text stands.
    private String whereItStands(String text) throws Exception {
        var found = new StringBuilder();
        try (var connection = database.getConnection();
                var tables =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select format('%I', tablename) from pg_tables where schemaname = 'public'")) {
            while (tables.next()) {
                var table = tables.getString(1);
                try (var query =
                        connection.prepareStatement(
                                "select count(*) from " + table + " t where t::text like ?")) {
                    query.setString(1, "%" + text + "%");
                    var rows = query.executeQuery();
                    rows.next();
                    found.append(rows.getLong(1) > 0 ? table + " " : "");
                }
            }
        }
        return found.toString();
    }

    private void awaitJudge(int labelled, int unreadable, int failed, int leftOut) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() ->
                        given().get("/api/v1/rollouts/" + id)
                                .then()
                                .body("judge.labelled", is(labelled))
                                .body("judge.unreadable", is(unreadable))
                                .body("judge.failed", is(failed))
                                .body("judge.leftOut", is(leftOut)));
    }

    /// A label may come before its call is stored; it waits for it then.
    private void awaitLabels(String arm, int labels, int bad) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() ->
                        evidence()
                                .body(of(arm, "label:hallucination") + ".n", is(labels))
                                .body(of(arm, "label:hallucination") + ".bad", is(bad)));
    }

    private int judge(String field) {
        return given().get("/api/v1/rollouts/" + id).then().extract().path("judge." + field);
    }

    private ValidatableResponse evidence() {
        return given().get("/api/v1/rollouts/" + id + "/evidence").then();
    }

    private static String of(String arm, String track) {
        return "steps[0].total.%s.find { it.of == '%s' }".formatted(arm, track);
    }
}
