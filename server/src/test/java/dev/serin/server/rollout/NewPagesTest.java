package dev.serin.server.rollout;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
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
    @DisplayName("warns of a step that is too short for what its route's latest rollout got")
    void warnsOfShortSteps() {
        var plan = Server.plan(Server.newRoute());
        var id = server.started(plan);
        server.calls(id, "candidate", 10, 0);
        server.calls(id, "baseline", 190, 0);
        server.pass(Duration.ofSeconds(100));

        given().formParam("plan", plan)
                .post("/new/check")
                .then()
                .statusCode(200)
                .body(
                        containsString(
                                "5% canary needs about 50 calls to meet error_rate; at 2 calls a"
                                        + " second it gets 3 in its 30s and waits for more"));
        given().formParam("plan", Server.plan(Server.newRoute()))
                .post("/new/check")
                .then()
                .body(not(containsString("calls a second")));
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

    @Test
    @DisplayName("offers the plans of the newest runs, and fills editor and form from one")
    void offersEarlierPlans() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        given().get("/new")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("<option value=\"" + id + "\""),
                                containsString("value=\"50% ramp\"")));
        given().get("/new?from=" + id)
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("<option value=\"" + id + "\" selected"),
                                containsString("value=\"" + route + "\""),
                                containsString("value=\"25% ramp\"")));
    }

    @Test
    @DisplayName("adds a row to the form and keeps all that was typed in form and editor")
    void addsRows() {
        form("half <done>")
                .formParam("plan", "route: half a plan")
                .formParam("act", "add step")
                .post("/new/rows")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("value=\"half &lt;done&gt;\""),
                                containsString("route: half a plan"),
                                containsString("id=\"f-step-2-name\""),
                                containsString("drop 2 step")));
        form("half")
                .formParam("act", "drop 0 step")
                .post("/new/rows")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("value=\"full\""),
                                not(containsString("value=\"half\"")),
                                not(containsString("f-step-1-name"))));
    }

    @Test
    @DisplayName("writes the form into the editor, and shows what stood there before")
    void writesTheForm() {
        form("half: of it")
                .formParam("plan", "# mine\nroute: x\n")
                .post("/new/write")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString(
                                        "- { name: &quot;half: of it&quot;, share: 50%,  duration:"
                                                + " 1h, gate: manual }"),
                                containsString("What stood in the editor before"),
                                containsString("# mine"),
                                containsString("Start: 50 % of ")));
    }

    @Test
    @DisplayName("says beside the field what the form cannot mean, and leaves the editor alone")
    void saysWhatIsWrongWithTheForm() {
        form("half")
                .formParam("stepShare", "20")
                .formParam("plan", "route: mine")
                .formParam("stepName", "again")
                .post("/new/write")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("id=\"f-step-2-share-error\""),
                                containsString("aria-describedby=\"f-step-2-share-error\""),
                                containsString("write one above 100%"),
                                containsString(">route: mine</textarea>")));
    }

    @Test
    @DisplayName("fills the form from the editor, and names what the form has no field for")
    void fillsTheForm() {
        var plan =
                Server.plan(Server.newRoute())
                        .replace("gate: manual", "gate: { kind: manual, note: Look twice }");
        given().formParam("plan", plan)
                .post("/new/fill")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("steps[1].gate.note: Look twice"),
                                containsString("value=\"25% ramp\""),
                                containsString("note: Look twice }")));
        given().formParam("plan", "route: [")
                .post("/new/fill")
                .then()
                .statusCode(200)
                .body(containsString("The form was not filled"));
    }

    @Test
    @DisplayName("takes a plan and a form of the largest size")
    void takesLargePosts() {
        var long400 = form("s");
        for (int i = 0; i < 98; i++) {
            long400.formParam("stepName", "s" + i)
                    .formParam("stepShare", "")
                    .formParam("stepDuration", "1h")
                    .formParam("stepGate", "none");
        }
        long400.formParam("plan", "# " + "x".repeat(100_000) + "\nroute: long")
                .formParam("act", "add condition")
                .post("/new/rows")
                .then()
                .statusCode(200)
                .body(allOf(containsString("f-step-99-name"), containsString("route: long")));
    }

    private static RequestSpecification form(String name) {
        return given().formParam("route", Server.newRoute())
                .formParam("baseline", "a")
                .formParam("candidate", "b")
                .formParam("stepName", name, "full")
                .formParam("stepShare", "50", "100")
                .formParam("stepDuration", "1h", "")
                .formParam("stepGate", "manual", "none")
                .formParam("conditionMetric", "error_rate")
                .formParam("conditionSide", ">=")
                .formParam("conditionAgainst", "fixed")
                .formParam("conditionAmount", "10%")
                .formParam("conditionThen", "rollback");
    }
}
