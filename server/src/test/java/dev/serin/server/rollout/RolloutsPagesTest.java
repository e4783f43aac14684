package dev.serin.server.rollout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The list of rollouts")
class RolloutsPagesTest {

    @Inject Server server;

    @Test
    @DisplayName("puts what waits for a person on top, with its question")
    void waitsOnTop() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.toGate(id);
        var page = list("?route=" + route).extract().asString();
        assertThat(page)
                .contains("One rollout waits for you, nothing else is under way.")
                .contains("Waiting for you")
                .contains("Go to 100 %?")
                .contains("/rollouts/%s#gate".formatted(id));
        assertThat(page.indexOf("Waiting for you")).isLessThan(page.indexOf("Active"));
    }

    @Test
    @DisplayName("tells of each in a line what it is doing, or why it ended")
    void tellsInALine() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.calls(id, "candidate", 0, 60);
        server.pass(Duration.ofSeconds(1));
        list("?route=" + route)
                .body(
                        allOf(
                                containsString("rolled back: errors 100 %"),
                                containsString("60<"),
                                containsString(
                                        "Nothing is under way, and nothing waits for you.")));
    }

    @Test
    @DisplayName("is filtered by route, state and text, all in its address")
    void filters() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        var other = server.started(Server.plan(Server.newRoute()));
        list("?route=" + route).body(allOf(containsString(id), not(containsString(other))));
        list("?text=" + route).body(allOf(containsString(id), not(containsString(other))));
        list("?text=%25").body(not(containsString(id)));
        list("?route=" + route + "&phase=paused").body(not(containsString(id)));
        list("?route=" + route + "&phase=observing").body(containsString(id));
        list("?route=" + route + "&phase=nonsense&before=nonsense").body(containsString(id));
        list("?text=%3Cscript%3E").body(not(containsString("<script>\"")));
    }

    @Test
    @DisplayName("is whole for a browser, and only its live part for htmx")
    void wholeOrLive() {
        list("").header("Vary", containsString("HX-Target")).body(startsWith("<!DOCTYPE html>"));
        given().header("HX-Target", "live")
                .get("/")
                .then()
                .statusCode(200)
                .body(allOf(containsString("id=\"live\""), not(containsString("<html"))));
    }

    private static ValidatableResponse list(String query) {
        return given().urlEncodingEnabled(false).get("/" + query).then().statusCode(200);
    }
}
