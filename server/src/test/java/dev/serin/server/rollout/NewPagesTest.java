package dev.serin.server.rollout;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The page on which a plan is written")
class NewPagesTest {

    @Inject Server server;

    @Test
    @DisplayName("offers an example, and the plan of an earlier run")
    void offers() {
        given().get("/new").then().statusCode(200).body(containsString("route: support-chat"));
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        given().get("/new?from=" + id)
                .then()
                .statusCode(200)
                .body(containsString("route: " + route));
    }

    @Test
    @DisplayName("says what a plan will do before it is started")
    void saysWhatItWillDo() {
        given().formParam("plan", Server.plan(Server.newRoute()))
                .post("/new/check")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("Start: 5 % of "),
                                containsString("It asks a person after 25 %."),
                                containsString("Rolls back when error_rate &gt;= 10 %.")));
    }

    @Test
    @DisplayName("shows what is wrong at its line, in the part that htmx asks for too")
    void showsErrors() {
        var wrong = Server.plan(Server.newRoute()).replace("share: 25%", "share: 3%");
        given().header("HX-Target", "verdict")
                .formParam("plan", wrong)
                .post("/new/check")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("1 thing keeps this plan from starting."),
                                containsString("data-line=\"6\""),
                                not(containsString("<html"))));
        given().formParam("plan", wrong)
                .formParam("name", "ada")
                .post("/new")
                .then()
                .statusCode(400)
                .body(allOf(containsString("<html"), containsString("share: 3%")));
    }

    @Test
    @DisplayName("starts the rollout and goes to its page; on a busy route it says where that is")
    void starts() {
        var plan = Server.plan(Server.newRoute());
        var page =
                given().redirects()
                        .follow(false)
                        .formParam("plan", plan)
                        .formParam("name", "ada")
                        .post("/new")
                        .then()
                        .statusCode(303)
                        .extract()
                        .header("Location");
        var id = page.substring(page.lastIndexOf('/') + 1);
        server.get(id).body("startedBy", is("ada (said)"));
        given().formParam("plan", plan)
                .formParam("name", "ada")
                .post("/new")
                .then()
                .statusCode(409)
                .body(allOf(containsString(id), containsString("route: ")));
    }
}
