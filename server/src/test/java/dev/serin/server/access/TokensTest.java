package dev.serin.server.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.Turns;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(ClosedProfile.class)
@DisplayName("A machine's token")
class TokensTest {

    private static final String PASSWORD = "a long enough password";

    @Inject Accounts accounts;
    @Inject Tokens tokens;
    @Inject Tries tries;
    @Inject FullAudit audit;
    @Inject Turns turns;

    @BeforeEach
    void alone() {
        accounts.keep("ada", PASSWORD);
        tries.right("127.0.0.1");
        audit.refuseNothing();
        QuarkusTransaction.requiringNew().run(() -> TokenRow.deleteAll());
    }

    @Test
    @DisplayName("is told once, stored as a hash, and listed without its text")
    void isToldOnce() {
        var made = make("ci", "operator", "everybody");
        assertThat(made.statusCode()).isEqualTo(201);
        var text = made.path("token").toString();
        assertThat(text).matches("serin_[A-Za-z0-9_-]{43}");
        var stored = tokens.all().getFirst();
        assertThat(stored.hash).isEqualTo(Secrets.digest(text)).doesNotContain(text);
        ada().get("/below/api/v1/tokens")
                .then()
                .statusCode(200)
                .body("[0].name", equalTo("ci"))
                .body("[0].role", equalTo("operator"))
                .body("[0].madeBy", equalTo("ada"))
                .body("[0].lastUsed", nullValue())
                .body("[0].token", nullValue());
        assertThat(make("ci", "viewer", "everybody").statusCode()).isEqualTo(409);
    }

    @Test
    @DisplayName("does what its role is for at API, OFREP, models and telemetry, and no more")
    void doesWhatItsRoleIsFor() {
        var text = make("ci", "operator", "everybody").path("token").toString();
        machine(text).get("/below/api/v1/rollouts").then().statusCode(200);
        machine(text).get("/below/v1/models").then().statusCode(200);
        machine(text).get("/below/q/metrics").then().statusCode(200);
        assertThat(machine(text).post("/below/ofrep/v1/evaluate/flags").statusCode())
                .isNotIn(401, 403);
        assertThat(machine(text).post("/below/v1/traces").statusCode()).isNotIn(401, 403);
        machine(text)
                .post("/below/api/v1/rollouts/x/approve")
                .then()
                .statusCode(403)
                .body("detail", containsString("approver"));
        machine(text).get("/below/api/v1/tokens").then().statusCode(403);
        machine(text).accept("text/html").get("/below/").then().statusCode(303);
        assertThat(tokens.all().getFirst().lastUsed).isNotNull();
        assertThat(tokens.of(text).orElseThrow().by()).isEqualTo("token ci");
    }

    @Test
    @DisplayName("opens nothing the moment it is ended, not even where proofs are remembered")
    void endsAtOnce() {
        var text = make("ci", "viewer", "everybody").path("token").toString();
        machine(text).get("/below/v1/models").then().statusCode(200);
        ada().delete("/below/api/v1/tokens/ci").then().statusCode(204);
        machine(text).get("/below/v1/models").then().statusCode(401);
        machine(text)
                .get("/below/api/v1/rollouts")
                .then()
                .statusCode(401)
                .body("detail", containsString("this token is unknown, has expired or was ended"));
        ada().delete("/below/api/v1/tokens/ci").then().statusCode(404);
    }

    @Test
    @DisplayName("opens nothing once it has expired, and its machine's people still come in")
    void expires() {
        var text =
                tokens.make(
                                "old",
                                new Grant(Grant.COMMON_TEAM, Role.ADMIN),
                                Duration.ofSeconds(-1),
                                "ada",
                                "127.0.0.1")
                        .orElseThrow();
        for (int i = 0; i < 10; i++) {
            machine(text).get("/below/api/v1/rollouts").then().statusCode(401);
        }
        ada().get("/below/api/v1/rollouts").then().statusCode(200);
    }

    @Test
    @DisplayName("of another team is not seen, not ended and not made by an admin of one team")
    void belongsToATeam() {
        accounts.make("eve-token", PASSWORD, Set.of(new Grant("mail", Role.ADMIN)));
        make("theirs", "viewer", "search");
        assertThat(as("eve-token").get("/below/api/v1/tokens").asString()).isEqualTo("[]");
        as("eve-token").delete("/below/api/v1/tokens/theirs").then().statusCode(404);
        as("eve-token")
                .contentType("application/json")
                .body("{\"name\": \"all\", \"role\": \"viewer\", \"team\": \"*\", \"days\": 1}")
                .post("/below/api/v1/tokens")
                .then()
                .statusCode(403);
        assertThat(tokens.all()).extracting(row -> row.name).containsExactly("theirs");
    }

    @Test
    @DisplayName("is neither made nor ended where the audit cannot say so")
    void isAudited() {
        audit.refuse(Happened.What.TOKEN_MADE);
        assertThat(make("ci", "viewer", "everybody").statusCode()).isEqualTo(500);
        assertThat(tokens.all()).isEmpty();

        audit.refuse(Happened.What.TOKEN_ENDED);
        assertThat(make("ci", "viewer", "everybody").statusCode()).isEqualTo(201);
        ada().delete("/below/api/v1/tokens/ci").then().statusCode(500);
        assertThat(tokens.all()).hasSize(1);
    }

    @Test
    @DisplayName("is made once where two make one of the same name at the same moment")
    void isMadeOnce() throws Exception {
        var second =
                turns.take(
                        () -> {
                            var row = new TokenRow();
                            row.name = "ci";
                            row.hash = Secrets.digest("the first one");
                            row.role = Role.VIEWER;
                            row.team = Grant.COMMON_TEAM;
                            row.expiresAt = Instant.now().plusSeconds(60);
                            row.madeBy = "ola";
                            row.madeAt = Instant.now();
                            row.persistAndFlush();
                            return row;
                        },
                        () -> make("ci", "viewer", "everybody"));
        second.then().statusCode(409).body("type", containsString("token-exists"));
        assertThat(tokens.all()).extracting(row -> row.madeBy).containsExactly("ola");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                          | name",
                "{\"name\": \"a b\", \"role\": \"viewer\", \"days\": 1}            | name",
                "{\"name\": \"ci\", \"role\": \"owner\", \"days\": 1}              | role",
                "{\"name\": \"ci\", \"role\": \"viewer\"}                          | days",
                "{\"name\": \"ci\", \"role\": \"viewer\", \"days\": 367}           | days",
                "{\"name\": \"ci\", \"role\": \"viewer\", \"team\": 3, \"days\": 1} | team",
                "{\"name\": \"ci\", \"scope\": \"all\"}                            | scope"
            })
    @DisplayName("is not made from a field that is wrong")
    void refusesWrongFields(String body, String field) {
        ada().contentType("application/json")
                .body(body)
                .post("/below/api/v1/tokens")
                .then()
                .statusCode(400)
                .body("field", equalTo(field));
        assertThat(tokens.all()).isEmpty();
    }

    private static Response make(String name, String role, String team) {
        return ada().contentType("application/json")
                .body(
                        "{\"name\": \"%s\", \"role\": \"%s\", \"team\": \"%s\", \"days\": 90}"
                                .formatted(name, role, team))
                .post("/below/api/v1/tokens");
    }

    private static RequestSpecification ada() {
        return as("ada");
    }

    private static RequestSpecification as(String name) {
        return plain().auth().preemptive().basic(name, PASSWORD);
    }

    private static RequestSpecification machine(String text) {
        return plain().header("Authorization", "Bearer " + text);
    }

    private static RequestSpecification plain() {
        return given().basePath("").redirects().follow(false);
    }
}
