package dev.serin.server.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.serin.server.TestClock;
import dev.serin.server.Turns;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ClosedProfile.class)
@DisplayName("An admin")
class PeopleTest {

    private static final String PASSWORD = "a long enough password";
    private static final String ANOTHER = "some quite other words";

    @Inject Accounts accounts;
    @Inject OwnAccount own;
    @Inject Sessions sessions;
    @Inject Tries tries;
    @Inject Turns turns;
    @Inject TestClock clock;

    @BeforeEach
    void alone() {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    AccountRow.deleteAll();
                    WrongPasswordRow.deleteAll();
                });
        accounts.make("ada", PASSWORD, Visitor.EVERYTHING);
        tries.right("127.0.0.1");
    }

    @Test
    @DisplayName(
            "invites somebody by a link that is shown once, opens once, and is stored as a hash")
    void invites() {
        var made = invite("mira", "approver");
        made.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("state", equalTo("invited"));
        var token = token(made.path("invitation"));
        long readable =
                QuarkusTransaction.requiringNew()
                        .call(() -> InvitationRow.count("tokenHash = ?1", token));
        assertThat(readable).isZero();
        ada().get("/below/api/v1/people/mira").then().body("invitation", equalTo(null));
        assertThat(as("mira", "").get("/below/api/v1/rollouts").statusCode()).isEqualTo(401);

        plain().get("/below/login/invitation?token=" + token)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(containsString("mira"));
        accept(token, "too short").then().statusCode(400).body(containsString("12 or more"));
        accept(token, "aaaaaaaaaaaaaaaa").then().statusCode(400).body(containsString("different"));
        var entered = accept(token, PASSWORD);
        entered.then().statusCode(303);
        assertThat(statusOfList(entered.cookie("serin-session"))).isEqualTo(200);
        accept(token, ANOTHER).then().statusCode(404).body(containsString("opens nothing"));
        tries.right("127.0.0.1");
        as("mira", PASSWORD).get("/below/api/v1/rollouts").then().statusCode(200);
        ada().get("/below/api/v1/people/mira")
                .then()
                .body("state", equalTo("active"))
                .body("roles[0].role", equalTo("approver"))
                .body("roles[0].team", equalTo("everybody"));
    }

    @Test
    @DisplayName("sends links that open for three days and no longer")
    void linksEnd() {
        var token = token(invite("mira", "viewer").path("invitation"));
        clock.pass(People.INVITATION.plusSeconds(1));
        plain().get("/below/login/invitation?token=" + token).then().statusCode(404);
        accept(token, PASSWORD).then().statusCode(404);
        var next = ada().post("/below/api/v1/people/mira/invitation");
        next.then().statusCode(201);
        accept(token(next.path("invitation")), PASSWORD).then().statusCode(303);
    }

    @Test
    @DisplayName("is told which field is wrong, and makes nobody a second time")
    void refusesFields() {
        for (var wrong : List.of("", "serin", "token x", "a:b", "a/b", "../x", "<b>", "Serin")) {
            invite(wrong, "viewer").then().statusCode(400).body("field", equalTo("name"));
        }
        invite("mira", "viewer").then().statusCode(201);
        invite("MIRA", "viewer").then().statusCode(409).body("field", equalTo("name"));
        invite("ola", "boss").then().statusCode(400).body("field", equalTo("roles"));
        people("{\"name\": \"ola\", \"roles\": []}")
                .then()
                .statusCode(400)
                .body("field", equalTo("roles"));
        people("{\"name\": \"ola\"}").then().statusCode(400).body("field", equalTo("roles"));
        people("{\"name\": \"ola\", \"boss\": true}").then().statusCode(400);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{'role': 'admin'}",
                "{'role': 'admin', 'taem': 'search'}",
                "{'role': 'admin', 'team': null}",
                "{'role': 'admin', 'team': 7}",
                "{'role': 'admin', 'team': 'search', 'until': 'May'}",
                "{'role': 7, 'team': 'search'}",
                "{'team': 'search'}",
                "'admin'"
            })
    @DisplayName("gives no role whose team is not named as it is to be")
    void refusesRoles(String role) {
        people("{'name': 'ola', 'roles': [%s]}".formatted(role).replace('\'', '"'))
                .then()
                .statusCode(400)
                .body("field", equalTo("roles"));
        ada().get("/below/api/v1/people/ola").then().statusCode(404);
    }

    @Test
    @DisplayName("who gives roles and shuts out at once does both, or neither")
    void changesAllOrNothing() {
        accounts.make("kai", PASSWORD, Visitor.EVERYTHING);
        var viewer = "\"roles\": [{\"team\": \"everybody\", \"role\": \"viewer\"}]";
        patch("ada", "{%s, \"disabled\": true}".formatted(viewer))
                .then()
                .statusCode(409)
                .body("type", containsString("yourself"));
        ada().get("/below/api/v1/people/ada")
                .then()
                .statusCode(200)
                .body("roles[0].role", equalTo("admin"));

        patch("kai", "{%s, \"disabled\": true}".formatted(viewer))
                .then()
                .statusCode(200)
                .body("state", equalTo("disabled"))
                .body("roles[0].role", equalTo("viewer"));
        ada().get("/below/api/v1/audit?who=ada&limit=2")
                .then()
                .body("what", equalTo(List.of("personDisabled", "rolesChanged")));
    }

    @Test
    @DisplayName("has invited somebody whose link opens once their address need not wait any more")
    void invitedWaits() {
        var token = token(invite("mira", "viewer").path("invitation"));
        var here = signIn("ada", PASSWORD).cookie("serin-session");
        for (int i = 0; i < 9; i++) {
            tries.wrong("127.0.0.1");
        }
        password(here, PASSWORD, ANOTHER)
                .then()
                .statusCode(429)
                .header("Retry-After", not(equalTo("0")))
                .body(containsString("id=\"current-error\""));
        accept(token, PASSWORD)
                .then()
                .statusCode(429)
                .header("Retry-After", not(equalTo("0")))
                .body(containsString("Too many wrong passwords"))
                .body(containsString(token));
        var wait = tries.waitOf("127.0.0.1");
        accept("unknown", PASSWORD).then().statusCode(404);
        assertThat(tries.waitOf("127.0.0.1")).isLessThanOrEqualTo(wait);

        tries.right("127.0.0.1");
        accept(token, PASSWORD).then().statusCode(303);
    }

    @Test
    @DisplayName("ends somebody's sessions at once by another role, by shutting out, and by name")
    void endsSessions() {
        accounts.make("mira", PASSWORD, Set.of(new Grant(Grant.COMMON_TEAM, Role.VIEWER)));
        var first = signIn("mira", PASSWORD).cookie("serin-session");
        assertThat(statusOfList(first)).isEqualTo(200);
        patch("mira", "{\"roles\": [{\"team\": \"everybody\", \"role\": \"operator\"}]}")
                .then()
                .statusCode(200)
                .body("roles[0].role", equalTo("operator"));
        assertThat(statusOfList(first)).isEqualTo(401);

        var second = signIn("mira", PASSWORD).cookie("serin-session");
        ada().delete("/below/api/v1/people/mira/sessions").then().statusCode(204);
        assertThat(statusOfList(second)).isEqualTo(401);

        var third = signIn("mira", PASSWORD).cookie("serin-session");
        patch("mira", "{\"disabled\": true}")
                .then()
                .statusCode(200)
                .body("state", equalTo("disabled"));
        assertThat(statusOfList(third)).isEqualTo(401);
        signIn("mira", PASSWORD).then().statusCode(401);
        assertThat(as("mira", PASSWORD).get("/below/api/v1/rollouts").statusCode()).isEqualTo(401);
        patch("mira", "{\"disabled\": false}").then().statusCode(200);
        signIn("mira", PASSWORD).then().statusCode(303);

        var reset = ada().post("/below/api/v1/people/mira/invitation");
        reset.then().statusCode(201);
        signIn("mira", PASSWORD).then().statusCode(401);
        ada().delete("/below/api/v1/people/mira").then().statusCode(204);
        accept(token(reset.path("invitation")), ANOTHER).then().statusCode(404);
        ada().get("/below/api/v1/people/mira").then().statusCode(404);
    }

    @Test
    @DisplayName("who is the last of every team can neither be lowered nor removed")
    void keepsTheLast() {
        patch("ada", "{\"roles\": [{\"team\": \"everybody\", \"role\": \"admin\"}]}")
                .then()
                .statusCode(409)
                .body("type", containsString("last-admin"));
        ada().delete("/below/api/v1/people/ada").then().statusCode(409);
        patch("ada", "{\"disabled\": true}").then().statusCode(409);
        ada().post("/below/api/v1/people/ada/invitation").then().statusCode(409);
        // Invited is not yet able to come in, so it is no other admin.
        people("{\"name\": \"ola\", \"roles\": [{\"team\": \"*\", \"role\": \"admin\"}]}")
                .then()
                .statusCode(201);
        patch("ada", "{\"roles\": [{\"team\": \"everybody\", \"role\": \"admin\"}]}")
                .then()
                .statusCode(409);
    }

    @Test
    @DisplayName("of whom there are two cannot both be lowered at the same moment")
    void keepsOneOfTwo() throws Exception {
        accounts.make("ola", PASSWORD, Visitor.EVERYTHING);
        var lower = "{\"roles\": [{\"team\": \"everybody\", \"role\": \"viewer\"}]}";
        as("ola", PASSWORD).get("/below/api/v1/rollouts").then().statusCode(200);
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    both.invokeAll(
                            List.<Callable<Integer>>of(
                                    () -> patchAs("ada", "ola", lower).statusCode(),
                                    () -> patchAs("ola", "ada", lower).statusCode()));
            for (var answer : answers) {
                assertThat(answer.get()).isIn(200, 403, 404, 409);
            }
        }
        long chiefs =
                QuarkusTransaction.requiringNew()
                        .call(() ->
                                AccountRow.<AccountRow>listAll().stream()
                                        .filter(AccountRow::isChief)
                                        .count());
        assertThat(chiefs).isPositive();
    }

    @Test
    @DisplayName("in everybody gives no role in '*', and sees nobody who has one there")
    void inEverybody() {
        accounts.make("tess", PASSWORD, Set.of(new Grant(Grant.COMMON_TEAM, Role.ADMIN)));
        accounts.make("mira", PASSWORD, Set.of(new Grant(Grant.COMMON_TEAM, Role.VIEWER)));
        as("tess", PASSWORD)
                .get("/below/api/v1/people")
                .then()
                .statusCode(200)
                .body("name", equalTo(List.of("mira", "tess")));
        patchAs("tess", "mira", "{\"roles\": [{\"team\": \"*\", \"role\": \"admin\"}]}")
                .then()
                .statusCode(403);
        patchAs("tess", "tess", "{\"roles\": [{\"team\": \"*\", \"role\": \"admin\"}]}")
                .then()
                .statusCode(403);
        as("tess", PASSWORD).post("/below/api/v1/people/ada/invitation").then().statusCode(404);
        as("tess", PASSWORD).delete("/below/api/v1/people/ada").then().statusCode(404);
        as("tess", PASSWORD).get("/below/settings/people/ada").then().statusCode(404);
    }

    @Test
    @DisplayName("of one team neither sees people nor changes them")
    void ofOneTeam() {
        accounts.make("tess", PASSWORD, Set.of(new Grant("search", Role.ADMIN)));
        accounts.make("mira", PASSWORD, Set.of(new Grant("search", Role.VIEWER)));
        accounts.make("olaf", PASSWORD, Set.of());
        as("tess", PASSWORD)
                .get("/below/api/v1/people")
                .then()
                .statusCode(403)
                .body("detail", containsString("admin in everybody"));
        for (var name : List.of("mira", "olaf", "ada")) {
            var path = "/below/api/v1/people/" + name;
            as("tess", PASSWORD).get(path).then().statusCode(403);
            patchAs("tess", name, "{\"disabled\": true}").then().statusCode(403);
            as("tess", PASSWORD).post(path + "/invitation").then().statusCode(403);
            as("tess", PASSWORD).delete(path + "/sessions").then().statusCode(403);
            as("tess", PASSWORD).delete(path).then().statusCode(403);
            as("tess", PASSWORD).get("/below/settings/people/" + name).then().statusCode(403);
        }
        as("tess", PASSWORD).get("/below/settings/people").then().statusCode(403);
    }

    @Test
    @DisplayName("reads in the audit what became of whom")
    void isAudited() {
        invite("mira", "viewer").then().statusCode(201);
        patch("mira", "{\"roles\": [{\"team\": \"everybody\", \"role\": \"operator\"}]}");
        ada().delete("/below/api/v1/people/mira").then().statusCode(204);
        ada().get("/below/api/v1/audit?who=ada&limit=3")
                .then()
                .body("what", equalTo(List.of("personRemoved", "rolesChanged", "personInvited")))
                .body("[1].before", equalTo("mira: viewer in everybody"))
                .body("[1].after", equalTo("mira: operator in everybody"))
                .body("[0].proven", equalTo(true));
    }

    @Test
    @DisplayName("does all of it on pages without a script, with errors beside their field")
    void byPages() {
        var session = signIn("ada", PASSWORD).cookie("serin-session");
        page(session)
                .get("/below/settings/people")
                .then()
                .statusCode(200)
                .body(containsString("One person has an account"))
                .body(containsString("Nobody else can sign in yet"));
        page(session)
                .formParam("name", "<script>x</script>")
                .formParam("grants", "viewer everybody")
                .post("/below/settings/people")
                .then()
                .statusCode(400)
                .body(containsString("id=\"name-error\""))
                .body(containsString("value=\"&lt;script&gt;x&lt;/script&gt;\""))
                .body(not(containsString("<script>x")));
        page(session)
                .formParam("name", "mira")
                .post("/below/settings/people")
                .then()
                .statusCode(400)
                .body(containsString("id=\"roles-error\""));
        var made =
                page(session)
                        .formParam("name", "mira")
                        .formParam("grants", "viewer everybody")
                        .formParam("team", "search")
                        .formParam("role", "approver")
                        .post("/below/settings/people");
        made.then().statusCode(201).body(containsString("/below/login/invitation?token="));
        page(session)
                .get("/below/settings/people/mira")
                .then()
                .statusCode(200)
                .body(containsString("viewer in everybody, approver in search"))
                .body(not(containsString("token=")));
        page(session)
                .formParam("grants", "operator everybody")
                .post("/below/settings/people/mira/roles")
                .then()
                .statusCode(303)
                .header("Location", containsString("/below/settings/people/mira?done=roles"));
        page(session).post("/below/settings/people/mira/nothing").then().statusCode(404);
        page(session).post("/below/settings/people/mira/remove").then().statusCode(303);
        page(session).get("/below/settings/people/mira").then().statusCode(404);
        page(session)
                .post("/below/settings/people/ada/disable")
                .then()
                .statusCode(409)
                .body(containsString("ask another admin"));
    }

    @Test
    @DisplayName("and everybody else sees where they are signed in, and ends that one by one")
    void seesSessions() {
        var here = signIn("ada", PASSWORD, "Mozilla/5.0 (X11; Linux) Firefox/140.0");
        var there = signIn("ada", PASSWORD, "Mozilla/5.0 (iPhone) CriOS/140.0 Safari/600");
        var page = page(here).get("/below/settings/me");
        page.then()
                .statusCode(200)
                .body(containsString("Firefox on Linux"))
                .body(containsString("Chrome on an iPhone"))
                .body(containsString("127.0.0.1"));
        var id =
                page.asString()
                        .replaceFirst("(?s).*name=\"session\" value=\"([0-9a-f-]{36})\".*", "$1");
        page(here)
                .formParam("session", id)
                .post("/below/settings/me/sessions")
                .then()
                .statusCode(303);
        assertThat(statusWith(there)).isEqualTo(401);
        assertThat(statusWith(here)).isEqualTo(404);

        accounts.make("mira", PASSWORD, Set.of(new Grant(Grant.COMMON_TEAM, Role.VIEWER)));
        var miras = signIn("mira", PASSWORD).cookie("serin-session");
        var adas =
                QuarkusTransaction.requiringNew()
                        .call(() -> SessionRow.<SessionRow>list("account", "ada"));
        page(miras)
                .formParam("session", adas.getFirst().id.toString())
                .post("/below/settings/me/sessions")
                .then()
                .statusCode(303);
        assertThat(statusWith(here)).isEqualTo(404);
    }

    @Test
    @DisplayName("chooses another password by the one before, and is signed out everywhere else")
    void choosesAPassword() {
        var here = signIn("ada", PASSWORD).cookie("serin-session");
        var there = signIn("ada", PASSWORD).cookie("serin-session");
        password(here, "wrong", ANOTHER)
                .then()
                .statusCode(400)
                .body(containsString("id=\"current-error\""));
        password(here, PASSWORD, "ada ada ada ada")
                .then()
                .statusCode(400)
                .body(containsString("id=\"password-error\""));
        var changed = password(here, PASSWORD, ANOTHER);
        changed.then()
                .statusCode(303)
                .header("Location", containsString("/below/settings/me?done=password"));
        assertThat(statusWith(there)).isEqualTo(401);
        assertThat(statusWith(here)).isEqualTo(401);
        assertThat(statusWith(changed.cookie("serin-session"))).isEqualTo(404);
        signIn("ada", PASSWORD).then().statusCode(401);
        as("ada", ANOTHER)
                .get("/below/api/v1/audit?limit=2")
                .then()
                .body("what", hasItem("passwordChanged"));
    }

    @Test
    @DisplayName("who shuts somebody out while they choose another password has shut them out")
    void shutsOutMeanwhile() throws Exception {
        accounts.make("kai", PASSWORD, Visitor.EVERYTHING);
        var isChosen =
                turns.take(() -> shutOut("kai"), () -> own.choose("kai", ANOTHER, "127.0.0.1"));

        assertThat(isChosen).isFalse();
        assertThat(state("kai")).isEqualTo(Person.State.DISABLED);
        as("kai", ANOTHER).get("/below/api/v1/rollouts").then().statusCode(401);
    }

    @Test
    @DisplayName("who shuts somebody out while they sign in has shut them out of that session too")
    void shutsOutTheSignedIn() throws Exception {
        accounts.make("kai", PASSWORD, Visitor.EVERYTHING);
        var token =
                turns.take(() -> shutOut("kai"), () -> sessions.begin("kai", "127.0.0.1", "any"));

        assertThat(token).isEmpty();
        assertThat(sessions.all("kai")).isEmpty();
    }

    @Test
    @DisplayName("does not read in the audit that somebody signed in who was shut out meanwhile")
    void didNotSignIn() throws Exception {
        accounts.make("kai", PASSWORD, Visitor.EVERYTHING);
        var answer = turns.take(() -> shutOut("kai"), () -> signIn("kai", PASSWORD));

        answer.then().statusCode(303).header("Location", containsString("/below/login"));
        assertThat(answer.cookie("serin-session")).isNull();
        ada().get("/below/api/v1/audit?who=kai").then().body("what", not(hasItem("signedIn")));
    }

    @Test
    @DisplayName("who shuts somebody out while they open their invitation has shut them out")
    void shutsOutTheInvited() throws Exception {
        var token = token(invite("kai", "viewer").path("invitation"));
        var whose =
                turns.take(() -> shutOut("kai"), () -> own.accept(token, PASSWORD, "127.0.0.1"));

        assertThat(whose).isEmpty();
        assertThat(state("kai")).isEqualTo(Person.State.DISABLED);
    }

    @Test
    @DisplayName(
            "and everybody is locked out after ten wrong passwords for a quarter of an hour, from wherever they come")
    void locks() {
        for (var name : List.of("ada", "nobody-has-this-name")) {
            for (int i = 0; i < Locks.FREE; i++) {
                tries.right("127.0.0.1");
                signIn(name, "guess " + i).then().statusCode(401);
            }
            tries.right("127.0.0.1");
            signIn(name, PASSWORD)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", startsWith("90"))
                    .body(containsString("Too many wrong passwords"));
            tries.right("127.0.0.1");
            as(name, PASSWORD).get("/below/api/v1/rollouts").then().statusCode(429);
        }
        clock.pass(Locks.LASTS.minus(Duration.ofSeconds(1)));
        tries.right("127.0.0.1");
        signIn("ada", PASSWORD).then().statusCode(429);
        clock.pass(Duration.ofSeconds(2));
        tries.right("127.0.0.1");
        signIn("ada", PASSWORD).then().statusCode(303);
    }

    @Test
    @DisplayName(
            "is not kept out by a stranger of the place where a browser of theirs is signed in")
    void isNotKeptOut() {
        signIn("ada", PASSWORD).then().statusCode(303);
        for (int i = 0; i < Locks.FREE + 2; i++) {
            tries.right("127.0.0.1");
            signIn("ada", "guess " + i).then().statusCode(401);
        }
        tries.right("127.0.0.1");
        signIn("ada", PASSWORD).then().statusCode(303);
    }

    private static Response invite(String name, String role) {
        return people(
                "{\"name\": \"%s\", \"roles\": [{\"team\": \"everybody\", \"role\": \"%s\"}]}"
                        .formatted(name, role));
    }

    private static Response people(String body) {
        return ada().contentType("application/json").body(body).post("/below/api/v1/people");
    }

    private static Response patch(String name, String body) {
        return patchAs("ada", name, body);
    }

    private static Response patchAs(String admin, String name, String body) {
        return as(admin, PASSWORD)
                .contentType("application/json")
                .body(body)
                .patch("/below/api/v1/people/" + name);
    }

    /// As an admin's button does, but in the transaction of the caller.
    private boolean shutOut(String name) {
        var row = AccountRow.locked(name).orElseThrow();
        row.disabledAt = clock.instant();
        AccountRow.flush();
        return true;
    }

    private static Person.State state(String name) {
        return QuarkusTransaction.requiringNew()
                .call(() -> AccountRow.<AccountRow>findById(name).state());
    }

    private static String token(String link) {
        assertThat(link).contains("/below/login/invitation?token=");
        return link.substring(link.indexOf('=') + 1);
    }

    private static Response accept(String token, String password) {
        return plain().formParam("token", token)
                .formParam("password", password)
                .formParam("again", password)
                .post("/below/login/invitation");
    }

    private static Response password(String session, String current, String password) {
        return page(session)
                .formParam("current", current)
                .formParam("password", password)
                .formParam("again", password)
                .post("/below/settings/me/password");
    }

    private static Response signIn(String name, String password) {
        return plain().formParam("name", name).formParam("password", password).post("/below/login");
    }

    private static String signIn(String name, String password, String browser) {
        return plain().header("User-Agent", browser)
                .formParam("name", name)
                .formParam("password", password)
                .post("/below/login")
                .cookie("serin-session");
    }

    private static int statusWith(String session) {
        return plain().cookie("serin-session", session).get("/below/nowhere").statusCode();
    }

    private static int statusOfList(String session) {
        return plain().cookie("serin-session", session).get("/below/api/v1/rollouts").statusCode();
    }

    private static RequestSpecification page(String session) {
        return plain().accept("text/html").cookie("serin-session", session);
    }

    private static RequestSpecification ada() {
        return as("ada", PASSWORD);
    }

    private static RequestSpecification as(String name, String password) {
        return plain().auth().preemptive().basic(name, password);
    }

    private static RequestSpecification plain() {
        return given().basePath("").redirects().follow(false);
    }
}
