package dev.serin.server.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.serin.server.TestClock;
import dev.serin.server.oidc.FakeProvider;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OidcProfile.class)
@DisplayName("Signing in by a provider")
class OidcTest {

    private static final String PASSWORD = "a long enough password";
    private static final String START = "/below/login/oidc";

    @Inject Accounts accounts;
    @Inject Tries tries;
    @Inject TestClock clock;

    private FakeProvider provider;
    private String subject = "";

    @BeforeEach
    void begin() throws Exception {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    AccountRow.deleteAll();
                    AttemptRow.deleteAll();
                });
        accounts.make("ada", PASSWORD, Visitor.EVERYTHING);
        tries.right("127.0.0.1");
        tries.right("oidc 127.0.0.1");
        provider = new FakeProvider(Integer.getInteger(OidcProfile.PORT), clock);
        subject = UUID.randomUUID().toString();
        says("Mira", "ops");
    }

    @AfterEach
    void end() {
        provider.close();
    }

    @Test
    @DisplayName("is offered beside name and password, and goes on where somebody was going")
    void signsIn() {
        plain().get("/below/login?next=/routes?x=1")
                .then()
                .body(
                        allOf(
                                containsString("Sign in with Example ID"),
                                containsString("/below/login/oidc?next=%2Froutes%3Fx%3D1"),
                                containsString("name=\"password\"")));
        var entered = signIn("/routes?x=1");
        entered.then().statusCode(303).header("Location", endsWith("/below/routes?x=1"));
        assertThat(entered.getDetailedCookie("serin-session").isHttpOnly()).isTrue();
        as(entered).get("/below/api/v1/rollouts").then().statusCode(200);
        as(entered).get("/below/settings/people").then().statusCode(403);
        as(entered)
                .get("/below/settings/me")
                .then()
                .body(containsString("no password of yours here"))
                .body(not(containsString("name=\"current\"")));
        ada().get("/below/api/v1/people/Mira")
                .then()
                .body("state", equalTo("active"))
                .body("roles.role", equalTo(List.of("operator", "viewer")))
                .body("roles.team", equalTo(List.of("everybody", "search")));
        ada().get("/below/api/v1/audit?who=Mira&limit=2")
                .then()
                .body("what", equalTo(List.of("signedIn", "personCame")))
                .body("after", hasItem("by Example ID (OpenID)"));

        as(entered).post("/below/logout").then().statusCode(303);
        as(entered).get("/below/api/v1/rollouts").then().statusCode(401);
    }

    @Test
    @DisplayName(
            "gives the roles of the groups that somebody is in now, and ends with the last of them")
    void followsGroups() {
        var first = signIn("/");
        says("Mira Renamed", "serin-admins");
        var second = signIn("/");
        as(second).get("/below/settings/people").then().statusCode(200);
        ada().get("/below/api/v1/people/Mira").then().body("roles.role", hasItem("admin"));
        ada().get("/below/api/v1/people/Mira%20Renamed").then().statusCode(404);

        says("Mira");
        signIn("/").then().statusCode(403).body(containsString("Nobody has given you a role"));
        for (var before : List.of(first, second)) {
            as(before).get("/below/api/v1/rollouts").then().statusCode(401);
        }
    }

    @Test
    @DisplayName(
            "makes no account for somebody without a group that counts, and takes an invitation")
    void takesAnInvitation() {
        says("Ola");
        signIn("/").then().statusCode(403);
        ada().get("/below/api/v1/people/Ola").then().statusCode(404);

        var link =
                ada().contentType("application/json")
                        .body(
                                "{\"name\": \"ola\", \"roles\": [{\"role\": \"approver\", \"team\": \"everybody\"}]}")
                        .post("/below/api/v1/people")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("invitation");
        var entered = signIn("/");
        entered.then().statusCode(303);
        as(entered).get("/below/api/v1/rollouts").then().statusCode(200);
        ada().get("/below/api/v1/people/ola")
                .then()
                .body("state", equalTo("active"))
                .body("roles.role", equalTo(List.of("approver")));
        plain().get(link.substring(link.indexOf("/below"))).then().statusCode(404);

        // Their roles are an admin's, so groups do not change them.
        says("Ola", "serin-admins");
        as(signIn("/")).get("/below/settings/people").then().statusCode(403);
    }

    @Test
    @DisplayName("never takes an account that has a password, or is another's, by its name")
    void takesNobodysAccount() {
        says("ADA", "serin-admins");
        signIn("/").then().statusCode(403).body(containsString("not the provider"));

        says("Mira", "ops");
        signIn("/").then().statusCode(303);
        subject = UUID.randomUUID().toString();
        says("Mira", "serin-admins");
        signIn("/").then().statusCode(403);
        says("serin", "ops");
        signIn("/").then().statusCode(403).body(containsString("tells no name"));
        says("token x", "ops");
        signIn("/").then().statusCode(403);
    }

    @Test
    @DisplayName("ends for whom an admin has shut out, and opens nothing by a password")
    void obeysAdmins() {
        var entered = signIn("/");
        plain().auth()
                .preemptive()
                .basic("Mira", "")
                .get("/below/api/v1/rollouts")
                .then()
                .statusCode(401);
        ada().contentType("application/json")
                .body("{\"disabled\": true}")
                .patch("/below/api/v1/people/Mira")
                .then()
                .statusCode(200);
        as(entered).get("/below/api/v1/rollouts").then().statusCode(401);
        signIn("/").then().statusCode(403).body(containsString("may not sign in"));
    }

    @Test
    @DisplayName("comes back once, in time, and in the browser that began it")
    void comesBackOnce() {
        var begun = start("/");
        var back = back(begun);
        var cookie = begun.cookie("serin-oidc");
        come(back, cookie).then().statusCode(303);
        come(back, cookie).then().statusCode(400).body(containsString("Begin again"));

        var other = start("/");
        come(back(other), cookie).then().statusCode(400);
        var without = start("/");
        plain().get(back(without)).then().statusCode(400);
        var late = start("/");
        var backLate = back(late);
        clock.pass(Duration.ofMinutes(10));
        come(backLate, late.cookie("serin-oidc")).then().statusCode(400);
        plain().get(START + "/callback").then().statusCode(400);
        plain().get(START + "/callback?code=x&state=y").then().statusCode(400);
        assertThat(QuarkusTransaction.requiringNew().call(() -> AttemptRow.count())).isZero();
    }

    /// The first wait is a second, which may be over on a busy machine before anybody looks. Four more
    /// wrong ones make it sixteen, and none if those before were not counted.
    private void lengthenWait(String address) {
        for (int i = 0; i < 4; i++) {
            tries.wrong(address);
        }
    }

    @Test
    @DisplayName(
            "is begun by an address no more than thirty times at once, and by others all the same")
    void boundsWhatIsBegun() {
        var last = plain().get(START);
        for (int i = 0; i < 30; i++) {
            last = from("192.0.2.7").get(START);
            last.then().statusCode(303);
        }
        from("192.0.2.7").get(START).then().statusCode(429).body(containsString("Too many"));
        from("192.0.2.8").get(START).then().statusCode(303);

        from("192.0.2.7")
                .urlEncodingEnabled(false)
                .cookie("serin-oidc", last.cookie("serin-oidc"))
                .get(back(last))
                .then()
                .statusCode(303);
        from("192.0.2.7").get(START).then().statusCode(303);
        from("192.0.2.7").get(START).then().statusCode(429);
        clock.pass(Duration.ofMinutes(10));
        from("192.0.2.7").get(START).then().statusCode(303);
    }

    @Test
    @DisplayName("leads to no other site, whatever address it was begun with")
    void leadsNowhereElse() {
        for (var evil :
                List.of(
                        "https://evil.example",
                        "//evil.example",
                        "/\\evil.example",
                        "javascript:x")) {
            signIn(evil)
                    .then()
                    .statusCode(303)
                    .header("Location", endsWith("/below/"))
                    .header("Location", not(containsString("evil")));
        }
    }

    @Test
    @DisplayName(
            "is refused with an attacker's token, says why in the log only, and locks nobody out")
    void refusesTokens() throws Exception {
        provider.signing = FakeProvider.stranger("rsa-1");
        for (int i = 0; i < 5; i++) {
            signIn("/")
                    .then()
                    .statusCode(401)
                    .body(containsString("did not prove who you are"))
                    .body(not(containsString("signature")));
        }
        lengthenWait("oidc 127.0.0.1");
        signIn("/").then().statusCode(429).body(containsString("Too many sign-ins failed"));
        plain().formParam("name", "ada")
                .formParam("password", PASSWORD)
                .post("/below/login")
                .then()
                .statusCode(303);
    }

    @Test
    @DisplayName("tells nothing that the provider's error says, and asks for no token then")
    void refusesErrors() {
        var begun = start("/");
        var state = FakeProvider.fields(query(begun.header("Location"))).get("state");
        come(
                        START
                                + "/callback?error=access_denied&error_description=%3Cb%3Eoh&state="
                                + state,
                        begun.cookie("serin-oidc"))
                .then()
                .statusCode(401)
                .body(containsString("let nobody in"))
                .body(not(containsString("<b>oh")));
        assertThat(provider.asked).doesNotContain("/realm/token");
    }

    private void says(String name, String... groups) {
        var who = subject;
        provider.says =
                claims -> {
                    claims.setSubject(who);
                    claims.setStringClaim("preferred_username", name);
                    claims.setStringListClaim("groups", groups);
                };
    }

    private Response signIn(String next) {
        var begun = start(next);
        return come(back(begun), begun.cookie("serin-oidc"));
    }

    private Response start(String next) {
        var begun = plain().queryParam("next", next).get(START);
        begun.then().statusCode(303).header("Cache-Control", "no-store");
        var cookie = begun.getDetailedCookie("serin-oidc");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Lax");
        assertThat(cookie.getPath()).isEqualTo("/below/login/oidc");
        return begun;
    }

    /// Where the provider sends the browser.
    private String back(Response begun) {
        var location =
                plain().urlEncodingEnabled(false).get(begun.header("Location")).header("Location");
        return location.substring(location.indexOf("/below"));
    }

    private static Response come(String back, String cookie) {
        return plain().urlEncodingEnabled(false).cookie("serin-oidc", cookie).get(back);
    }

    private static String query(String address) {
        return address.substring(address.indexOf('?') + 1);
    }

    private static RequestSpecification plain() {
        return given().basePath("").redirects().follow(false);
    }

    private static RequestSpecification from(String address) {
        return plain().header("X-Forwarded-For", address);
    }

    private static RequestSpecification as(Response entered) {
        return plain().cookie("serin-session", entered.cookie("serin-session"));
    }

    private static RequestSpecification ada() {
        return plain().auth().preemptive().basic("ada", PASSWORD);
    }
}
