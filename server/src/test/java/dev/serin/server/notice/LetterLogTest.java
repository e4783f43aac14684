package dev.serin.server.notice;

import static dev.serin.server.notice.Carrying.carryAll;
import static dev.serin.server.notice.Carrying.receiver;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.TestClock;
import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The log of messages")
class LetterLogTest {

    /// A name that was said, as the cookie holds it.
    private static final String MIRA = "TWlyYQ";

    @Inject Server server;
    @Inject TestClock clock;
    @Inject Carrying carrying;

    @Test
    @DisplayName("says of each message to whom it went, how often it was tried and what came of it")
    void tells() throws Exception {
        try (var ear = new Ear(500)) {
            var route = Server.newRoute();
            receiver(ear, route, "webhook");
            var id = server.started(Server.plan(route));
            letters(route)
                    .body("state", equalTo(List.of("waits")))
                    .body("[0].tries", is(0))
                    .body("[0].answer", nullValue())
                    .body("[0].triedAt", nullValue());
            carryAll(carrying.courier());
            letters(route)
                    .body("[0].type", is("rollout.started"))
                    .body("[0].rollout", is(id))
                    .body("[0].route", is(route))
                    .body("[0].kind", is("webhook"))
                    .body("[0].receiver", is(ear.shown()))
                    .body("[0].state", is("waits"))
                    .body("[0].tries", is(1))
                    .body("[0].answer", is("it answered 500"))
                    .body("[0].resendable", is(false));
            page("?route=" + route)
                    .body(containsString(ear.shown()))
                    .body(not(containsString("hook?a=1")))
                    .body(containsString("1 try"))
                    .body(containsString("it answered 500"))
                    .body(not(containsString("Send again")));
            clock.pass(Duration.ofSeconds(5));
            carryAll(carrying.courier());
            letters(route)
                    .body("[0].state", is("delivered"))
                    .body("[0].notice", is(ear.taken().getFirst().id()))
                    .body("[0].answer", is("it answered 204"))
                    .body("[0].nextAt", nullValue());
            page("?route=" + route).body(containsString("it answered 204"));
        }
    }

    @Test
    @DisplayName(
            "has a dead letter sent again, under its id and with all its tries, and says who did")
    void resends() throws Exception {
        try (var ear = new Ear(failing(10))) {
            var route = Server.newRoute();
            receiver(ear, route, "webhook");
            server.started(Server.plan(route));
            carrying.die();
            assertThat(carrying.state(ear.address())).isEqualTo("dead 9 it answered 500");
            page("?state=dead&route=" + route)
                    .body(containsString("dead letter"))
                    .body(containsString("Send again"));

            given().post("/api/v1/notices/%d/resend".formatted(only(route)))
                    .then()
                    .statusCode(200)
                    .body("state", is("waits"))
                    .body("tries", is(9));
            carryAll(carrying.courier());
            assertThat(carrying.state(ear.address())).isEqualTo("waits 10 it answered 500");
            clock.pass(Duration.ofSeconds(5));
            carryAll(carrying.courier());
            assertThat(carrying.state(ear.address())).isEqualTo("delivered 11 it answered 204");
            assertThat(ear.heard()).extracting(Ear.Heard::id).hasSize(11);
            assertThat(ear.heard())
                    .extracting(Ear.Heard::id)
                    .containsOnly(ear.taken().getFirst().id());

            given().get("/api/v1/audit?what=resend&route=" + route)
                    .then()
                    .body("who", equalTo(List.of("somebody")))
                    .body("[0].refused", nullValue())
                    .body("[0].before", containsString("dead letter after 9 tries"))
                    .body("[0].before", containsString(ear.shown()))
                    .body("[0].after", containsString("waits"));
        }
    }

    @Test
    @DisplayName("sends nothing again that waits or was taken, and writes down that somebody tried")
    void refuses() throws Exception {
        try (var ear = new Ear(500)) {
            var route = Server.newRoute();
            receiver(ear, route, "webhook");
            server.started(Server.plan(route));
            refused(route, "waits");
            carryAll(carrying.courier());
            clock.pass(Duration.ofSeconds(5));
            carryAll(carrying.courier());
            refused(route, "was delivered");
            carryAll(carrying.courier());
            assertThat(ear.taken()).hasSize(1);
            given().get("/api/v1/audit?what=resend&route=" + route)
                    .then()
                    .body("[0].refused", containsString("was delivered"))
                    .body("[1].refused", containsString("waits"));
            given().post("/api/v1/notices/999999999/resend").then().statusCode(404);
            given().post("/api/v1/notices/one/resend").then().statusCode(404);
        }
    }

    @Test
    @DisplayName("sends nothing again to a receiver that was removed, until it is added again")
    void removed() throws Exception {
        try (var ear = new Ear()) {
            var route = Server.newRoute();
            receiver(ear, route, "webhook");
            server.started(Server.plan(route));
            String id =
                    given().get("/api/v1/receivers")
                            .then()
                            .extract()
                            .path("find { it.route == '%s' }.id".formatted(route));
            given().delete("/api/v1/receivers/" + id).then().statusCode(204);
            refused(route, "add it again");
            page("?route=" + route).body(not(containsString("Send again")));
            receiver(ear, route, "webhook");
            given().post("/api/v1/notices/%d/resend".formatted(only(route))).then().statusCode(200);
            carryAll(carrying.courier());
            assertThat(ear.taken()).hasSize(1);
        }
    }

    @Test
    @DisplayName("has a letter sent again once when two people press at once")
    void twoPress() throws Exception {
        try (var ear = new Ear(failing(9));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var route = Server.newRoute();
            receiver(ear, route, "webhook");
            server.started(Server.plan(route));
            carrying.die();
            var address = "/api/v1/notices/%d/resend".formatted(only(route));
            var together = new CyclicBarrier(2);
            var presses =
                    List.of(1, 2).stream()
                            .map(_ ->
                                    threads.submit(() -> {
                                        together.await();
                                        return given().post(address).statusCode();
                                    }))
                            .toList();
            assertThat(List.of(presses.get(0).get(), presses.get(1).get()))
                    .containsExactlyInAnyOrder(200, 409);
            carryAll(carrying.courier());
            assertThat(ear.taken()).hasSize(1);
        }
    }

    @Test
    @DisplayName("is turned over page by page, and filtered by state")
    void pages() throws Exception {
        try (var one = new Ear();
                var two = new Ear()) {
            var route = Server.newRoute();
            server.started(
                    Server.plan(route)
                            + "notify: [%s, %s]\n".formatted(one.address(), two.address()));
            var first =
                    given().get("/api/v1/notices?limit=1&route=" + route)
                            .then()
                            .statusCode(200)
                            .header("Link", containsString("rel=\"next\""))
                            .extract();
            int id = first.path("[0].id");
            int other =
                    given().get("/api/v1/notices?limit=1&route=%s&before=%d".formatted(route, id))
                            .then()
                            .extract()
                            .path("[0].id");
            assertThat(other).isLessThan(id);
            given().get("/api/v1/notices?route=%s&before=%d".formatted(route, other))
                    .then()
                    .header("Link", nullValue())
                    .body("size()", is(0));
            given().get("/api/v1/notices?state=delivered&route=" + route)
                    .then()
                    .body("size()", is(0));
            given().get("/api/v1/notices?state=lost")
                    .then()
                    .statusCode(400)
                    .body("detail", is("state: is waits, delivered or dead"));
            given().get("/api/v1/notices?before=x").then().statusCode(400);
            given().get("/api/v1/notices?limit=1&before=&route=" + route)
                    .then()
                    .statusCode(200)
                    .body("[0].id", is(id));
        }
    }

    @Test
    @DisplayName("takes the page's button, and not that of another site")
    void button() throws Exception {
        try (var ear = new Ear(failing(9))) {
            var route = Server.newRoute();
            receiver(ear, route, "webhook");
            server.started(Server.plan(route));
            carrying.die();
            var address = "/notices/%d/resend".formatted(only(route));
            given().header("Origin", "https://evil.example.com")
                    .cookie("serin-name", MIRA)
                    .post(address)
                    .then()
                    .statusCode(403);
            given().redirects()
                    .follow(false)
                    .post(address)
                    .then()
                    .statusCode(303)
                    .header("Location", containsString("/name?next=/notices"));
            assertThat(carrying.state(ear.address())).startsWith("dead 9");
            given().redirects()
                    .follow(false)
                    .cookie("serin-name", MIRA)
                    .formParam("state", "dead")
                    .formParam("route", route)
                    .post(address)
                    .then()
                    .statusCode(303)
                    .header("Location", containsString("/notices?state=dead&route=" + route));
            assertThat(carrying.state(ear.address())).startsWith("waits 9");
            given().get("/api/v1/audit?what=resend&route=" + route)
                    .then()
                    .body("who", equalTo(List.of("Mira")));
        }
    }

    @Test
    @DisplayName("has a form that adds a receiver, tells its secret once, and takes it away")
    void receivers() throws Exception {
        try (var ear = new Ear()) {
            var route = Server.newRoute();
            var made =
                    given().cookie("serin-name", MIRA)
                            .formParam("address", ear.address())
                            .formParam("kind", "")
                            .formParam("route", route)
                            .formParam("team", " ")
                            .post("/receivers")
                            .then()
                            .statusCode(200)
                            .header("Cache-Control", "no-store")
                            .body(containsString("whsec_"));
            made.body(containsString(ear.shown()));
            page("").body(containsString(route)).body(not(containsString("whsec_")));
            given().cookie("serin-name", MIRA)
                    .accept("text/html")
                    .formParam("address", "https://169.254.169.254/")
                    .post("/receivers")
                    .then()
                    .statusCode(400)
                    .body(containsString("link-local"));
            String id =
                    given().get("/api/v1/receivers")
                            .then()
                            .extract()
                            .path("find { it.route == '%s' }.id".formatted(route));
            given().redirects()
                    .follow(false)
                    .cookie("serin-name", MIRA)
                    .post("/receivers/%s/remove".formatted(id))
                    .then()
                    .statusCode(303);
            given().get("/api/v1/audit?route=" + route)
                    .then()
                    .body("what", equalTo(List.of("receiverRemoved", "receiverAdded")))
                    .body("who", equalTo(List.of("Mira", "Mira")))
                    .body("[1].after", is("webhook %s hears of %s".formatted(ear.shown(), route)))
                    .body("[0].before", is("webhook %s hears of %s".formatted(ear.shown(), route)));
        }
    }

    private static Integer[] failing(int tries) {
        return Collections.nCopies(tries, 500).toArray(Integer[]::new);
    }

    private static ValidatableResponse letters(String route) {
        return given().get("/api/v1/notices?route=" + route).then().statusCode(200);
    }

    private static int only(String route) {
        return letters(route).body("size()", is(1)).extract().path("[0].id");
    }

    private static void refused(String route, String why) {
        given().post("/api/v1/notices/%d/resend".formatted(only(route)))
                .then()
                .statusCode(409)
                .body("detail", containsString(why));
    }

    private static ValidatableResponse page(String query) {
        return given().accept("text/html").get("/notices" + query).then().statusCode(200);
    }
}
