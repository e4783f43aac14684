package dev.serin.server.notice;

import static dev.serin.server.notice.Carrying.carryAll;
import static dev.serin.server.notice.Carrying.post;
import static dev.serin.server.notice.Carrying.receiver;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.serin.server.TestClock;
import dev.serin.server.outward.Guard;
import dev.serin.server.rollout.Server;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("What happens to a rollout")
class NoticesTest {

    @Inject Server server;
    @Inject TestClock clock;
    @Inject Notices notices;
    @Inject Vertx vertx;
    @Inject Carrying carrying;

    @Test
    @DisplayName(
            "is told once, with the same id and a good signature, to a receiver that fails first")
    void failsAndRecovers() throws Exception {
        try (var ear = new Ear(500, Ear.HANGS, 301)) {
            ear.redirectsTo(ear.address());
            var route = Server.newRoute();
            var secret = receiver(ear, route, "webhook");
            var id = server.started(Server.plan(route));
            var courier = carrying.courier();

            carryAll(courier);
            assertThat(carrying.state(ear.address())).isEqualTo("waits 1 it answered 500");
            carryAll(courier);
            assertThat(ear.heard()).as("not before it is due").hasSize(1);
            clock.pass(Duration.ofSeconds(5));
            carryAll(courier);
            assertThat(carrying.state(ear.address())).startsWith("waits 2 no answer within");
            clock.pass(Duration.ofSeconds(30));
            carryAll(courier);
            assertThat(carrying.state(ear.address())).contains("redirects are not followed");
            clock.pass(Duration.ofMinutes(2));
            carryAll(courier);
            assertThat(carrying.state(ear.address())).startsWith("delivered 4");
            clock.pass(Duration.ofHours(12));
            carryAll(courier);

            assertThat(ear.heard()).hasSize(4);
            assertThat(ear.taken()).hasSize(1);
            assertThat(ear.heard())
                    .extracting(Ear.Heard::id)
                    .containsOnly(ear.taken().getFirst().id());
            assertThat(ear.heard())
                    .extracting(Ear.Heard::body)
                    .containsOnly(ear.taken().getFirst().body());
            for (var heard : ear.heard()) {
                assertThat(heard.signature()).isEqualTo("v1," + signed(secret, heard));
            }
            var body = new JsonObject(ear.taken().getFirst().body());
            assertThat(body.getString("type")).isEqualTo("rollout.started");
            assertThat(body.getJsonObject("data").getString("rollout")).isEqualTo(id);
        }
    }

    @Test
    @DisplayName("is told with the numbers of a rollback, to the address in the plan")
    void tellsOfARollback() throws Exception {
        try (var ear = new Ear()) {
            var route = Server.newRoute();
            var id = server.started(Server.plan(route) + "notify: " + ear.address() + "\n");
            server.calls(id, "candidate", 10, 40);
            server.pass(Duration.ofSeconds(1));
            server.get(id).body("phase", is("rolledBack"));
            carryAll(carrying.courier());

            assertThat(ear.taken()).extracting(Ear.Heard::signature).containsOnlyNulls();
            var types = ear.taken().stream().map(one -> new JsonObject(one.body()));
            assertThat(types)
                    .anySatisfy(told -> {
                        assertThat(told.getString("type")).isEqualTo("rollout.rolled_back");
                        assertThat(told.getJsonObject("data").getString("sentence"))
                                .contains("Rolled back to")
                                .contains("50");
                    });
        }
    }

    @Test
    @DisplayName("is told to Slack in Slack's shape")
    void tellsSlack() throws Exception {
        try (var ear = new Ear()) {
            var route = Server.newRoute();
            receiver(ear, route, "slack");
            server.started(Server.plan(route));
            carryAll(carrying.courier());
            assertThat(new JsonObject(ear.taken().getFirst().body()).getString("text"))
                    .startsWith("*" + route + "*: Started");
        }
    }

    @Test
    @DisplayName(
            "is told in the shape that a receiver wants, though a plan names its address, and as the plan's when that receiver is gone")
    void receiversShapeWins() throws Exception {
        try (var ear = new Ear()) {
            var route = Server.newRoute();
            receiver(ear, route, "slack");
            server.started(Server.plan(route) + "notify: " + ear.address() + "\n");
            given().delete("/api/v1/receivers/" + idOf(route)).then().statusCode(204);
            carryAll(carrying.courier());
            assertThat(ear.taken())
                    .singleElement()
                    .satisfies(told ->
                            assertThat(new JsonObject(told.body()).getString("text"))
                                    .startsWith("*" + route + "*: Started"));
        }
    }

    @Test
    @DisplayName("is told to those who listen to no team's routes, and to every team's by its sign")
    void tellsOfNoTeam() throws Exception {
        try (var common = new Ear();
                var every = new Ear();
                var search = new Ear()) {
            var route = Server.newRoute();
            listens(common, route, "everybody").body("team", is("everybody"));
            listens(every, route, "*").body("team", nullValue());
            listens(search, route, "search");
            server.started(Server.plan(route));
            carryAll(carrying.courier());
            assertThat(common.taken()).hasSize(1);
            assertThat(every.taken()).hasSize(1);
            assertThat(search.taken()).isEmpty();
        }
    }

    private static ValidatableResponse listens(Ear ear, String route, String team) {
        return post("""
        {"address": "%s", "kind": "webhook", "route": "%s", "team": "%s"}
        """
                        .formatted(ear.address(), route, team))
                .statusCode(201);
    }

    @Test
    @DisplayName("is told by e-mail, to the mailbox in the plan, when the mail server is back")
    void tellsByMail() throws Exception {
        try (var letterbox = new Letterbox("451 busy")) {
            var route = Server.newRoute();
            server.started(Server.plan(route) + "notify: mailto:%s@example.com\n".formatted(route));
            carryAll(carrying.courier(letterbox));
            assertThat(carrying.state("mailto:%s@example.com".formatted(route)))
                    .isEqualTo("waits 1 the mail server answered 451");
            clock.pass(Duration.ofSeconds(5));
            carryAll(carrying.courier(letterbox));
            assertThat(carrying.state("mailto:%s@example.com".formatted(route)))
                    .isEqualTo("delivered 2 the mail server took it");
            clock.pass(Duration.ofHours(12));
            carryAll(carrying.courier(letterbox));
            assertThat(letterbox.mails())
                    .filteredOn(mail -> mail.to().equals("<%s@example.com>".formatted(route)))
                    .singleElement()
                    .satisfies(mail -> {
                        assertThat(mail.header("Subject"))
                                .isEqualTo("[Serin] %s: started".formatted(route));
                        assertThat(mail.body()).startsWith("Started");
                    });
        }
    }

    @Test
    @DisplayName("is told once when two replicas carry at once")
    void twoReplicas() throws Exception {
        try (var ear = new Ear();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var route = Server.newRoute();
            receiver(ear, route, "webhook");
            server.started(Server.plan(route));
            for (int i = 0; i < 10; i++) {
                var at = clock.instant();
                QuarkusTransaction.requiringNew().run(() -> notices.write(occasion(route, at)));
            }
            var together = new CyclicBarrier(2);
            var replicas =
                    List.of(carrying.courier(), carrying.courier()).stream()
                            .map(courier ->
                                    threads.submit(() -> {
                                        together.await();
                                        carryAll(courier);
                                        return true;
                                    }))
                            .toList();
            for (var replica : replicas) {
                assertThat(replica.get()).isTrue();
            }
            assertThat(ear.heard()).hasSize(11);
            assertThat(ear.heard()).extracting(Ear.Heard::id).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("is told once though the database is away when the receiver has answered")
    void databaseAway() throws Exception {
        try (var ear = new Ear()) {
            var route = Server.newRoute();
            receiver(ear, route, "webhook");
            server.started(Server.plan(route));
            var back = new AtomicBoolean();
            var courier = carrying.courier(() -> !ear.heard().isEmpty() && !back.get());
            courier.carry();
            assertThat(ear.taken()).hasSize(1);
            assertThat(carrying.state(ear.address())).isEqualTo("waits 1");
            back.set(true);
            clock.pass(Outbox.CLAIM.plusSeconds(1));
            carryAll(courier);
            assertThat(carrying.state(ear.address())).isEqualTo("delivered 1 it answered 204");
            assertThat(ear.heard()).hasSize(1);
        }
    }

    @Test
    @DisplayName("is not told when the decision's transaction is rolled back")
    void nothingOfWhatWasTakenBack() throws Exception {
        try (var ear = new Ear()) {
            var route = Server.newRoute();
            receiver(ear, route, "webhook");
            QuarkusTransaction.begin();
            notices.write(occasion(route, clock.instant()));
            QuarkusTransaction.rollback();
            carryAll(carrying.courier());
            assertThat(ear.heard()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "ends as a dead letter after nine tries, and at once where the address is forbidden")
    void dies() throws Exception {
        try (var ear = new Ear(500, 500, 500, 500, 500, 500, 500, 500, 500);
                var inside = new Ear()) {
            var route = Server.newRoute();
            receiver(ear, route, "webhook");
            server.started(Server.plan(route));
            for (int i = 0; i < 12; i++) {
                carryAll(carrying.courier());
                clock.pass(Duration.ofHours(6));
            }
            assertThat(ear.heard()).hasSize(9);
            assertThat(carrying.state(ear.address())).isEqualTo("dead 9 it answered 500");

            var other = Server.newRoute();
            receiver(inside, other, "webhook");
            server.started(Server.plan(other));
            carryAll(carrying.courier(new Guard(InetAddress::getAllByName, false)));
            assertThat(inside.heard()).isEmpty();
            assertThat(carrying.state(inside.address()))
                    .startsWith("dead 1 127.0.0.1 leads to a private address");
        }
    }

    @Test
    @DisplayName("goes to the address that was checked, though the name answers another one later")
    void connectsToTheCheckedAddress() throws Exception {
        try (var ear = new Ear()) {
            var asked = new AtomicInteger();
            Guard.Names rebinding =
                    _ ->
                            new InetAddress[] {
                                InetAddress.ofLiteral(
                                        asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1")
                            };
            var post = new Post(vertx, new Guard(rebinding, true), Duration.ofSeconds(10));
            var letter =
                    new Letter(
                            1,
                            UUID.randomUUID(),
                            ear.address("hooks.example.invalid"),
                            Kind.WEBHOOK,
                            1,
                            0,
                            "{}",
                            List.of());
            assertThat(post.send(letter, clock.instant()))
                    .isEqualTo(new Outcome.Delivered("it answered 204"));
            assertThat(asked).hasValue(1);
            assertThat(ear.taken()).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "keeps on its page what was typed of a receiver that cannot be added, the error beside its field; says of one that is gone that it is")
    void keepsWhatWasTyped() {
        given().formParam("address", "hooks.example.com/\"<b>")
                .formParam("kind", "slack")
                .formParam("route", "support-chat")
                .formParam("team", "search")
                .formParam("name", "mira")
                .accept("text/html")
                .post("/receivers")
                .then()
                .statusCode(400)
                .contentType("text/html")
                .body(
                        containsString("value=\"hooks.example.com/&quot;&lt;b&gt;\""),
                        containsString("<option value=\"slack\" selected>"),
                        containsString("value=\"support-chat\""),
                        containsString("value=\"search\""),
                        containsString("id=\"new-address-error\">this is no address"));
        given().accept("text/html")
                .cookie("serin-name", "TWlyYQ")
                .post("/receivers/%s/remove".formatted(UUID.randomUUID()))
                .then()
                .statusCode(404)
                .body(containsString("There is no such receiver any more"));
    }

    @Test
    @DisplayName(
            "is told to receivers that are listed without their secrets, until they are removed")
    void receivers() throws Exception {
        try (var ear = new Ear()) {
            var route = Server.newRoute();
            var secret = receiver(ear, route, "webhook");
            assertThat(secret).startsWith("whsec_");
            var list = given().get("/api/v1/receivers").then().statusCode(200);
            list.body("address", hasItem(ear.address()));
            assertThat(list.extract().asString()).doesNotContain(secret);
            var id = idOf(route);
            server.started(Server.plan(route));
            given().delete("/api/v1/receivers/" + id).then().statusCode(204);
            given().delete("/api/v1/receivers/" + id).then().statusCode(404);
            carryAll(carrying.courier());
            assertThat(ear.heard()).isEmpty();
            assertThat(carrying.state(ear.address())).isEqualTo("dead 0 its receiver was removed");
        }
    }

    @Test
    @DisplayName("is told to no address that can never work, and of no team that there cannot be")
    void badReceivers() {
        post("{\"address\": \"http://169.254.169.254/latest\"}")
                .statusCode(400)
                .body("detail", containsString("link-local"));
        post("{\"address\": \"https://example.com/\", \"kind\": \"pigeon\"}")
                .statusCode(400)
                .body("detail", startsWith("kind:"));
        post("{\"address\": \"https://example.com/\", \"kind\": \"email\"}")
                .statusCode(400)
                .body("detail", startsWith("kind:"));
        post("{\"address\": \"mailto:a@example.com,b@example.com\"}")
                .statusCode(400)
                .body("detail", containsString("one only"));
        post("{\"address\": \"https://example.com/\", \"team\": \"Search team\"}")
                .statusCode(400)
                .body("detail", startsWith("team: a team has 1 to 40"));
        post("{}").statusCode(400).body("field", is("address")).body("detail", not(is("")));
    }

    private static String idOf(String route) {
        return given().get("/api/v1/receivers")
                .then()
                .extract()
                .path("find { it.route == '%s' }.id".formatted(route));
    }

    private static Occasion occasion(String route, java.time.Instant at) {
        var plan =
                ((dev.serin.server.planfile.PlanReading.Read)
                                dev.serin.server.planfile.PlanReader.read(
                                        Server.plan(route),
                                        dev.serin.server.planfile.Known.NOTHING))
                        .file()
                        .plan();
        return new Occasion(
                UUID.randomUUID(),
                route,
                null,
                plan,
                false,
                List.of(),
                List.of(new dev.serin.engine.rollout.Entry.Started(at, "ada")));
    }

    /// As a receiver would do it that has never seen our code.
    private static String signed(String secret, Ear.Heard heard) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(
                new SecretKeySpec(
                        Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        var text = heard.id() + "." + heard.at() + "." + heard.body();
        return Base64.getEncoder()
                .encodeToString(
                        mac.doFinal(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
