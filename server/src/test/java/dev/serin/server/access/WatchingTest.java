package dev.serin.server.access;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ClosedProfile.class)
@DisplayName("A page")
class WatchingTest {

    private static final String PASSWORD = "a long enough password";
    private static final String PLAN =
            """
            route: watching
            baseline: openai/gpt-3.5-turbo
            candidate: openai/gpt-4
            steps:
              - { name: half, share: 50%, duration: 1h }
              - { name: full, share: 100% }
            rollback:
              - error_rate >= 10%
            """;

    @Inject Accounts accounts;
    @Inject Tries tries;

    @BeforeEach
    void people() {
        accounts.make("ada", PASSWORD, Visitor.EVERYTHING);
        make("vic", Role.VIEWER);
        make("olga", Role.OPERATOR);
        make("april", Role.APPROVER);
        make("both", Role.OPERATOR, Role.APPROVER);
        tries.right("127.0.0.1");
    }

    @Test
    @DisplayName(
            "has buttons for those only who may press them, and tells the others what they need")
    void hidesButtons() {
        String id =
                as("ada")
                        .contentType("application/yaml")
                        .body(PLAN.getBytes(UTF_8))
                        .post("/below/api/v1/rollouts")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        var page = "/below/rollouts/" + id;
        // Whoever asks first must not decide what the others are shown.
        for (int i = 0; i < 2; i++) {
            as("olga").get(page).then().body(containsString("id=\"do-rollback\""));
            as("both").get(page).then().body(containsString("id=\"do-pause\""));
            as("both").get(page).then().body(not(containsString("class=\"hint watching\"")));
            for (var watcher : Set.of("vic", "april")) {
                for (var target : Set.of("", "live")) {
                    as(watcher)
                            .header("HX-Target", target)
                            .get(page)
                            .then()
                            .statusCode(200)
                            .body(not(containsString("id=\"do-")))
                            .body(containsString("needs the role operator"));
                }
            }
        }
        as("vic").get(page).then().body(containsString("You may watch"));
        as("ada")
                .contentType("application/json")
                .body("{\"version\": 1, \"comment\": \"enough\"}")
                .post("/below/api/v1/rollouts/" + id + "/rollback");
    }

    @Test
    @DisplayName("of the lab has its button for operators only")
    void hidesTheLab() {
        as("olga").get("/below/lab").then().body(containsString("Try it in the lab</button>"));
        as("vic")
                .get("/below/lab")
                .then()
                .statusCode(200)
                .body(not(containsString("Try it in the lab</button>")))
                .body(containsString("needs the role operator"));
    }

    @Test
    @DisplayName("leads to the audit, to people and to freezes those only who may open them")
    void hidesLinks() {
        var admins = as("ada").get("/below/routes").asString();
        assertThat(admins).contains("href=\"/below/audit\"", "href=\"/below/settings/people\"");
        for (var name : Set.of("vic", "olga", "april")) {
            assertThat(as(name).get("/below/routes").asString())
                    .contains("href=\"/below/settings/me\"")
                    .doesNotContain("href=\"/below/audit\"", "href=\"/below/settings/people\"");
        }
        accounts.make("tess", PASSWORD, Set.of(new Grant("search", Role.ADMIN)));
        for (var page : Set.of("/below/settings/me", "/below/settings/freezes")) {
            assertThat(as("tess").get(page).asString())
                    .contains("href=\"/below/audit\"", "href=\"/below/settings/freezes\"")
                    .doesNotContain("href=\"/below/settings/people\"");
        }
        assertThat(as("vic").get("/below/settings/me").asString())
                .doesNotContain("href=\"/below/settings/freezes\"");
    }

    private void make(String name, Role... roles) {
        accounts.make(
                name,
                PASSWORD,
                Arrays.stream(roles)
                        .map(role -> new Grant(Grant.COMMON_TEAM, role))
                        .collect(Collectors.toSet()));
    }

    private static RequestSpecification as(String name) {
        return given().basePath("")
                .redirects()
                .follow(false)
                .accept("text/html, application/json")
                .auth()
                .preemptive()
                .basic(name, PASSWORD);
    }
}
