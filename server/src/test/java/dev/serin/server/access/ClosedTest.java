package dev.serin.server.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ClosedProfile.class)
@DisplayName("A closed server")
class ClosedTest {

    private static final String PASSWORD = "a long enough password";
    private static final Set<String> OPEN =
            Set.of(
                    "GET /login",
                    "POST /login",
                    "POST /login/setup",
                    "GET /login/invitation",
                    "POST /login/invitation",
                    "GET /login/oidc",
                    "GET /login/oidc/callback");

    @Inject Accounts accounts;
    @Inject Tries tries;
    @Inject FullAudit audit;
    @Inject BeanManager beans;

    @BeforeEach
    void withAdmin() {
        accounts.keep("ada", PASSWORD);
        QuarkusTransaction.requiringNew().run(() -> AccountRow.delete("name <> 'ada'"));
        QuarkusTransaction.requiringNew().run(() -> WrongPasswordRow.deleteAll());
        tries.right("127.0.0.1");
        audit.refuseNothing();
    }

    @Test
    @DisplayName("answers a stranger at no endpoint but those of signing in")
    void turnsStrangersAwayEverywhere() {
        var endpoints = Endpoint.all(beans);
        assertThat(endpoints).extracting(Endpoint::text).containsAll(OPEN);
        for (var endpoint : endpoints) {
            if (OPEN.contains(endpoint.text())) {
                continue;
            }
            var asProgram = plain().request(endpoint.verb(), endpoint.address());
            assertThat(asProgram.statusCode()).as(endpoint.text()).isEqualTo(401);
            assertThat(asProgram.contentType()).isEqualTo("application/problem+json");
            var asPerson = plain().accept("text/html").request(endpoint.verb(), endpoint.address());
            if (Addresses.isForPrograms(endpoint.path())) {
                assertThat(asPerson.statusCode()).as(endpoint.text()).isEqualTo(401);
            } else {
                assertThat(asPerson.statusCode()).as(endpoint.text()).isEqualTo(303);
                assertThat(asPerson.header("Location")).contains("/below/login?next=");
            }
        }
    }

    @Test
    @DisplayName("has no browser ask for a password over a page whose session has ended")
    void leavesAskingToItsPage() {
        plain().header("HX-Request", "true")
                .get("/below/")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer "));
        plain().header("Sec-Fetch-Mode", "cors")
                .get("/below/stream")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer "));
        // Over plain HTTP browsers do not tell what a request is for.
        plain().accept("text/event-stream")
                .get("/below/stream")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer "));
        plain().get("/below/api/v1/rollouts")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Basic "));
    }

    @Test
    @DisplayName("turns strangers away from addresses that nobody wrote an endpoint for")
    void turnsStrangersAwayElsewhere() {
        for (var path :
                List.of(
                        "/nowhere",
                        "/q/metrics",
                        "/q/info",
                        "/css/../nowhere",
                        "/css/%2e%2e/nowhere",
                        "/login/other",
                        "/login;x/nowhere",
                        "/api/v1/rollouts")) {
            assertThat(plain().urlEncodingEnabled(false).get("/below" + path).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    @Test
    @DisplayName("shows everybody its health, its API's description and its static files")
    void showsWhatIsPublic() {
        for (var path : List.of("/q/health", "/q/health/live", "/q/openapi", "/login")) {
            assertThat(plain().get("/below" + path).statusCode()).as(path).isEqualTo(200);
        }
        plain().get("/below/css/tokens.css").then().statusCode(200).contentType("text/css");
    }

    @Test
    @DisplayName("protects every answer by its headers, also an error")
    void sendsHeaders() {
        for (var path : List.of("/login", "/nowhere", "/css/tokens.css", "/q/health")) {
            plain().get("/below" + path)
                    .then()
                    .header(
                            "Content-Security-Policy",
                            allOf(
                                    containsString("default-src 'self'"),
                                    containsString("frame-ancestors 'none'"),
                                    not(containsString("unsafe"))))
                    .header("X-Content-Type-Options", "nosniff")
                    .header("X-Frame-Options", "DENY")
                    .header("Strict-Transport-Security", equalTo(null))
                    .header("Referrer-Policy", "same-origin");
        }
        bearer("ada:" + PASSWORD)
                .get("/below/v1/models")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("sandbox"));
    }

    @Test
    @DisplayName(
            "asks for TLS from then on, and sends its cookie by TLS only, where a proxy says so")
    void keepsToTls() {
        plain().header("X-Forwarded-Proto", "https")
                .formParam("name", "ada")
                .formParam("password", PASSWORD)
                .post("/below/login")
                .then()
                .statusCode(303)
                .header("Strict-Transport-Security", startsWith("max-age=31536000"))
                .header("Set-Cookie", containsString("Secure"));
    }

    @Test
    @DisplayName("signs in by the page, keeps nothing readable, and signs out again")
    void signsInAndOut() {
        var answer =
                plain().formParam("name", "ada")
                        .formParam("password", PASSWORD)
                        .formParam("next", "/compare?run=a&run=b")
                        .post("/below/login");
        answer.then()
                .statusCode(303)
                .header("Location", containsString("/below/compare?run=a&run=b"))
                .header(
                        "Set-Cookie",
                        allOf(
                                containsString("HttpOnly"),
                                containsString("SameSite=Lax"),
                                containsString("Path=/below/")));
        var token = answer.cookie("serin-session");

        assertThat(statusWith(token)).isEqualTo(404);
        long readable =
                QuarkusTransaction.requiringNew()
                        .call(() -> SessionRow.count("tokenHash = ?1", token));
        assertThat(readable).isZero();

        plain().cookie("serin-session", token).post("/below/logout").then().statusCode(303);
        assertThat(statusWith(token)).isEqualTo(401);
    }

    @Test
    @DisplayName("writes into the audit who came, who tried and who left, proven or not")
    void isAudited() {
        plain().formParam("name", "ada").formParam("password", "wrong").post("/below/login");
        var token =
                plain().formParam("name", "ada")
                        .formParam("password", PASSWORD)
                        .post("/below/login")
                        .cookie("serin-session");
        plain().cookie("serin-session", token).post("/below/logout").then().statusCode(303);
        basic("ada", PASSWORD)
                .get("/below/api/v1/audit?who=ada&limit=3")
                .then()
                .statusCode(200)
                .body("what", equalTo(List.of("signedOut", "signedIn", "signInRefused")))
                .body("proven", equalTo(List.of(true, true, false)))
                .body("from", equalTo(List.of("127.0.0.1", "127.0.0.1", "127.0.0.1")));
    }

    @Test
    @DisplayName("lets programs in by name and password")
    void takesBasic() {
        assertThat(basic("ada", PASSWORD).get("/below/api/v1/nowhere").statusCode()).isEqualTo(404);
        assertThat(basic("ada", "wrong").get("/below/api/v1/nowhere").statusCode()).isEqualTo(401);
        assertThat(basic("eve", PASSWORD).get("/below/api/v1/nowhere").statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName(
            "lets clients of models in by name and password as their key, and tells them no in their words")
    void takesKeys() {
        bearer("ada:" + PASSWORD).get("/below/v1/models").then().statusCode(200);
        bearer("ada:" + PASSWORD).get("/below/v1/models").then().statusCode(200);
        basic("ada", PASSWORD).get("/below/v1/models").then().statusCode(200);
        for (var wrong : List.of("ada:wrong", "sk-12345", "")) {
            bearer(wrong)
                    .get("/below/v1/models")
                    .then()
                    .statusCode(401)
                    .contentType("application/json")
                    .body("error.code", equalTo("sign_in"))
                    .body("error.message", containsString("name:password"));
        }
        assertThat(bearer("ada:" + PASSWORD).get("/below/api/v1/rollouts").statusCode())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("lets Anthropic's clients in by their key, and tells strangers so as they read it")
    void letsAnthropicsClientsIn() {
        named("ada:" + PASSWORD).get("/below/v1/models").then().statusCode(200);
        assertThat(named("ada:" + PASSWORD).get("/below/api/v1/rollouts").statusCode())
                .isEqualTo(401);
        named("ada:wrong")
                .body("{}")
                .post("/below/v1/messages")
                .then()
                .statusCode(401)
                .contentType("application/json")
                .body("type", equalTo("error"))
                .body("error.type", equalTo("authentication_error"))
                .body("error.message", containsString("name:password"));
    }

    @Test
    @DisplayName("makes whoever guesses wait, and says how long")
    void slowsGuessing() {
        for (int i = 0; i < 5; i++) {
            signIn("ada", "guess " + i).then().statusCode(401);
        }
        // The first wait is a second; four more wrong ones make it sixteen, for a busy machine.
        for (int i = 0; i < 4; i++) {
            tries.wrong("127.0.0.1");
        }
        signIn("ada", PASSWORD)
                .then()
                .statusCode(429)
                .header("Retry-After", not(equalTo("0")))
                .body(containsString("Too many wrong passwords"));
        basic("ada", PASSWORD).get("/below/api/v1/nowhere").then().statusCode(429);
    }

    @Test
    @DisplayName("lets an address try few passwords at the same time")
    void slowsGuessingAtOnce() throws Exception {
        var statuses = together(40, i -> signIn("guess " + i, PASSWORD));
        assertThat(statuses).containsOnly(401, 429);
        // Eight slip by; a busy machine lets four more try after the first wait.
        assertThat(statuses).filteredOn(status -> status == 401).hasSizeLessThan(15);
    }

    @Test
    @DisplayName("lets in all the calls that a client begins with, which are one try")
    void joinsCalls() throws Exception {
        accounts.make("olga", PASSWORD, Set.of(new Grant(Grant.COMMON_TEAM, Role.VIEWER)));
        assertThat(together(20, _ -> basic("olga", PASSWORD).get("/below/api/v1/rollouts")))
                .containsOnly(200);
    }

    @Test
    @DisplayName(
            "looks at few passwords together, of one address and of all, and has others come again")
    void looksAtFewTogether() {
        basic("ada", PASSWORD).get("/below/api/v1/nowhere").then().statusCode(404);
        var begun = new ArrayList<String>();
        try {
            while (tries.begin("127.0.0.1")) {
                begun.add("127.0.0.1");
            }
            signIn("ada", "guess")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", equalTo("1"))
                    .body(containsString("Too many are signing in at once"));
            basic("ada", "guess").get("/below/api/v1/nowhere").then().statusCode(429);
            signIn("ada", PASSWORD).then().statusCode(303);
            guessFrom("192.0.2.99").then().statusCode(401);

            for (int i = 0; begun.size() < Tries.AT_ONCE; i++) {
                var other = "192.0.2." + i;
                assertThat(tries.begin(other)).isTrue();
                begun.add(other);
            }
            guessFrom("192.0.2.99").then().statusCode(429);
        } finally {
            begun.forEach(tries::end);
        }
        assertThat(begun).filteredOn("127.0.0.1"::equals).hasSize(Tries.AT_ONCE_OF_ONE);
        signIn("ada", "guess").then().statusCode(401);
    }

    @Test
    @DisplayName("knows nobody whose name no database can hold")
    void knowsNoNul() {
        signIn("ada\0", PASSWORD).then().statusCode(401);
        basic("ada\0", PASSWORD).get("/below/api/v1/nowhere").then().statusCode(401);
        for (int i = 0; i < Locks.FREE; i++) {
            tries.right("127.0.0.1");
            signIn("ada\0", PASSWORD).then().statusCode(i < Locks.FREE - 2 ? 401 : 429);
        }
    }

    @Test
    @DisplayName("does nothing that its audit cannot write down")
    void doesNothingUnaudited() {
        var token = signIn("ada", PASSWORD).cookie("serin-session");
        audit.refuse(Happened.What.SIGNED_OUT);
        plain().cookie("serin-session", token).post("/below/logout").then().statusCode(500);
        assertThat(statusWith(token)).isEqualTo(404);

        QuarkusTransaction.requiringNew().run(() -> AccountRow.deleteAll());
        var setup = accounts.offerSetup();
        audit.refuse(Happened.What.SET_UP);
        setUp(setup, "mira").then().statusCode(500);
        assertThat(accounts.isUnclaimed()).isTrue();
        audit.refuseNothing();
        setUp(setup, "mira").then().statusCode(303);
    }

    @Test
    @DisplayName("ends all sessions when the password is changed")
    void endsSessions() {
        var token = signIn("ada", PASSWORD).cookie("serin-session");
        assertThat(statusWith(token)).isEqualTo(404);
        accounts.keep("ada", "another long password");
        assertThat(statusWith(token)).isEqualTo(401);
    }

    @Test
    @DisplayName(
            "keeps the accounts of other people when it starts with a password in its settings")
    void keepsOthers() {
        accounts.make("olga", PASSWORD, Set.of(new Grant(Grant.COMMON_TEAM, Role.VIEWER)));
        var token = signIn("olga", PASSWORD).cookie("serin-session");
        accounts.keep("ada", "another long password");
        assertThat(statusWith(token)).isNotEqualTo(401);
        assertThat(basic("olga", PASSWORD).get("/below/api/v1/rollouts").statusCode())
                .isEqualTo(200);
        assertThat(basic("ada", PASSWORD).get("/below/api/v1/rollouts").statusCode())
                .isEqualTo(401);
        assertThat(
                        basic("ada", "another long password")
                                .get("/below/api/v1/audit?limit=1")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("ends the account that its settings named before, when they name another")
    void endsTheOneOfTheSettingsBefore() {
        accounts.keep("mira", PASSWORD);
        assertThat(basic("mira", PASSWORD).get("/below/api/v1/nowhere").statusCode())
                .isEqualTo(404);
        assertThat(basic("ada", PASSWORD).get("/below/api/v1/nowhere").statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("gives the account of its settings every role back, and lets it in again")
    void mendsTheOneOfTheSettings() {
        accounts.make("ola", PASSWORD, Set.of());
        QuarkusTransaction.requiringNew()
                .run(() -> AccountRow.update("disabledAt = instant where name = 'ola'"));
        assertThat(basic("ola", PASSWORD).get("/below/api/v1/nowhere").statusCode()).isEqualTo(401);
        accounts.keep("ola", PASSWORD);
        assertThat(basic("ola", PASSWORD).get("/below/api/v1/audit?limit=1").statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("is set up once, by whoever can read the token of its start")
    void isSetUpOnce() {
        QuarkusTransaction.requiringNew().run(() -> AccountRow.deleteAll());
        var token = accounts.offerSetup();
        var other = accounts.offerSetup();
        plain().get("/below/login?token=" + token)
                .then()
                .statusCode(200)
                .body(containsString(token));

        setUp("wrong", "mira").then().statusCode(400).body(containsString("token"));
        for (int i = 0; i < 9; i++) {
            tries.wrong("127.0.0.1");
        }
        setUp(token, "mira")
                .then()
                .statusCode(429)
                .header("Retry-After", not(equalTo("0")))
                .body(containsString("Too many wrong passwords"));
        tries.right("127.0.0.1");
        setUp(token, "serin").then().statusCode(400).body(containsString("another name"));
        setUp(token, "mira").then().statusCode(303);
        setUp(other, "eve").then().statusCode(400).body(containsString("already"));

        assertThat(basic("mira", PASSWORD).get("/below/api/v1/nowhere").statusCode())
                .isEqualTo(404);
        assertThat(basic("eve", PASSWORD).get("/below/api/v1/nowhere").statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("refuses a write that a page of another site has sent")
    void refusesForeignWrites() {
        plain().header("Sec-Fetch-Site", "cross-site").post("/below/login").then().statusCode(403);
        plain().header("Origin", "https://evil.example")
                .post("/below/login")
                .then()
                .statusCode(403);
        plain().header("Origin", "null").post("/below/login").then().statusCode(403);
    }

    @Test
    @DisplayName("escapes the name that was typed, and sends nobody to another site")
    void escapes() {
        plain().formParam("name", "<script>alert(1)</script>")
                .formParam("password", "x")
                .formParam("next", "//evil.example/")
                .post("/below/login")
                .then()
                .statusCode(401)
                .body(
                        allOf(
                                startsWith("<!DOCTYPE html>"),
                                containsString("&lt;script&gt;"),
                                not(containsString("<script>alert")),
                                not(containsString("evil.example"))));
    }

    private static Response signIn(String name, String password) {
        return plain().formParam("name", name).formParam("password", password).post("/below/login");
    }

    private static List<Integer> together(int calls, IntFunction<Response> call) throws Exception {
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked =
                    IntStream.range(0, calls)
                            .<Callable<Integer>>mapToObj(i -> () -> call.apply(i).statusCode())
                            .toList();
            var statuses = new ArrayList<Integer>();
            for (var answer : many.invokeAll(asked)) {
                statuses.add(answer.get());
            }
            return statuses;
        }
    }

    private static Response guessFrom(String address) {
        return plain().header("X-Forwarded-For", address)
                .formParam("name", "ada")
                .formParam("password", "guess")
                .post("/below/login");
    }

    private static Response setUp(String token, String name) {
        return plain().formParam("token", token)
                .formParam("name", name)
                .formParam("password", PASSWORD)
                .formParam("again", PASSWORD)
                .post("/below/login/setup");
    }

    private static RequestSpecification named(String key) {
        return plain().header("x-api-key", key);
    }

    private static RequestSpecification basic(String name, String password) {
        return plain().auth().preemptive().basic(name, password);
    }

    private static RequestSpecification bearer(String key) {
        return plain().header("Authorization", "Bearer " + key);
    }

    private static int statusWith(String token) {
        return plain().cookie("serin-session", token).get("/below/nowhere").statusCode();
    }

    private static RequestSpecification plain() {
        return given().basePath("").redirects().follow(false);
    }
}
