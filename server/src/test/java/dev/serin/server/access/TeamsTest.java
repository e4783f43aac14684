package dev.serin.server.access;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.rollout.Server;
import dev.serin.server.route.RouteTable;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ClosedProfile.class)
@DisplayName("What belongs to a team")
class TeamsTest {

    private static final String PASSWORD = "a long enough password";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// Sees everything and may do everything.
    private static final String CHIEF = "ada";

    @Inject Accounts accounts;
    @Inject InstantSource clock;
    @Inject Tries tries;
    @Inject RouteTable routes;
    @Inject AgroalDataSource database;

    private String mail;
    private String search;

    /// Two teams of their own for each test, with an account for each role.
    @BeforeEach
    void teams() {
        int number = NUMBER.incrementAndGet();
        mail = "mail-" + number;
        search = "search-" + number;
        accounts.keep(CHIEF, PASSWORD);
        tries.right("127.0.0.1");
        for (var team : List.of(mail, search)) {
            for (var role : Role.values()) {
                accounts.make(account(team, role), PASSWORD, Set.of(new Grant(team, role)));
            }
        }
    }

    @ParameterizedTest(name = "asked as a {0}")
    @ValueSource(strings = {"text/html", "application/json"})
    @DisplayName("is not there for another team, at every address that names it")
    void walk(String accept) {
        var theirs = new Things(mail);
        for (var rule : Rules.all()) {
            if (Named.in(rule.address()).isEmpty()) {
                continue;
            }
            var hidden = ask(rule, theirs.in(rule.address()), accept);
            var unknown = ask(rule, theirs.unknown(rule.address()), accept);
            assertThat(hidden.statusCode()).as(rule.text()).isEqualTo(404);
            assertThat(unknown.statusCode()).as(rule.text()).isEqualTo(404);
            assertThat(theirs.nameless(hidden)).as(rule.text()).isEqualTo(theirs.nameless(unknown));
            assertThat(hidden.contentType()).as(rule.text()).isEqualTo(unknown.contentType());
        }
    }

    @Test
    @DisplayName("is not there for programs in the same words in which nothing ever was")
    void sameAsForThoseWhoSeeAll() {
        var theirs = new Things(mail);
        for (var address :
                List.of(
                        "/api/v1/rollouts/{id}",
                        "/api/v1/rollouts/{id}/journal",
                        "/api/v1/rollouts/{id}/evidence",
                        "/api/v1/routes/{name}")) {
            var hidden = admin(search).get("/below" + theirs.in(address));
            var nothing = as(CHIEF).get("/below" + theirs.unknown(address));
            assertThat(theirs.nameless(hidden)).as(address).isEqualTo(theirs.nameless(nothing));
        }
        for (var address : List.of("/rollouts/{id}", "/routes/{route}")) {
            var hidden = admin(search).accept("text/html").get("/below" + theirs.in(address));
            var nothing = as(CHIEF).accept("text/html").get("/below" + theirs.unknown(address));
            assertThat(main(hidden)).as(address).isEqualTo(main(nothing));
            hidden.then().statusCode(404).body(containsString("There is no such"));
        }
    }

    @Test
    @DisplayName("is frozen by its own admins, and by no other team's")
    void isFrozenByItsOwn() {
        var wanted =
                "{\"team\": \"%s\", \"until\": \"%s\"}"
                        .formatted(search, clock.instant().plus(Duration.ofHours(1)));
        for (var role : List.of(admin(mail), operator(search))) {
            role.contentType("application/json")
                    .body(wanted)
                    .post("/below/api/v1/freezes")
                    .then()
                    .statusCode(403)
                    .body("detail", containsString("role admin"));
        }

        admin(search)
                .contentType("application/json")
                .body(wanted)
                .post("/below/api/v1/freezes")
                .then()
                .statusCode(201);

        admin(mail).get("/below/api/v1/freezes").then().body(not(containsString(search)));
        operator(search).get("/below/api/v1/freezes").then().body(containsString(search));
    }

    @Test
    @DisplayName("is no model and no flag for another team's programs")
    void isNoModel() {
        var theirs = new Things(mail);
        routes.refresh();
        for (var name : List.of(theirs.route, "nothing-of-anybody")) {
            operator(search)
                    .contentType("application/json")
                    .body("{\"model\": \"%s\", \"messages\": []}".formatted(name))
                    .post("/below/v1/chat/completions")
                    .then()
                    .statusCode(404)
                    .body("error.code", equalTo("model_not_found"))
                    .body(
                            "error.message",
                            equalTo(
                                    "there is no route %s; GET /v1/models lists those there are"
                                            .formatted(name)));
            operator(search)
                    .get("/below/v1/models/" + name)
                    .then()
                    .statusCode(404)
                    .body("error.code", equalTo("model_not_found"));
            operator(search)
                    .contentType("application/json")
                    .body("{\"context\": {\"targetingKey\": \"a\"}}")
                    .post("/below/ofrep/v1/evaluate/flags/" + name)
                    .then()
                    .statusCode(404)
                    .body("errorCode", equalTo("FLAG_NOT_FOUND"))
                    .body("errorDetails", equalTo("there is no route " + name));
        }
        var flags =
                operator(search)
                        .contentType("application/json")
                        .body("{\"context\": {\"targetingKey\": \"a\"}}")
                        .post("/below/ofrep/v1/evaluate/flags")
                        .then()
                        .statusCode(200);
        flags.body("flags.key", not(hasItem(theirs.route)));
        operator(search)
                .get("/below/v1/models")
                .then()
                .statusCode(200)
                .body("data.id", not(hasItem(theirs.route)));
        operator(mail).get("/below/v1/models").then().body("data.id", hasItem(theirs.route));
        as(CHIEF).get("/below/v1/models").then().body("data.id", hasItem(theirs.route));
    }

    @Test
    @DisplayName("is called by operators of its team, and by nobody who only looks")
    void isCalledByOperators() {
        var ours = new Things(search);
        routes.refresh();
        accounts.make(
                "both-" + search,
                PASSWORD,
                Set.of(new Grant(search, Role.VIEWER), new Grant(mail, Role.OPERATOR)));
        as("both-" + search)
                .contentType("application/json")
                .body("{\"model\": \"%s\", \"messages\": []}".formatted(ours.route))
                .post("/below/v1/chat/completions")
                .then()
                .statusCode(403)
                .body("error.message", containsString("needs the role operator in " + search));
        assertThat(
                        operator(search)
                                .contentType("application/json")
                                .body("{\"model\": \"%s\", \"messages\": []}".formatted(ours.route))
                                .post("/below/v1/chat/completions")
                                .statusCode())
                .isNotIn(401, 403, 404);
    }

    @Test
    @DisplayName("stands in no list of another team, and in every list of its own")
    void standsInNoList() {
        var theirs = new Things(mail);
        for (var address :
                List.of(
                        "/",
                        "/routes?after=" + before(theirs.route),
                        "/compare",
                        "/notices",
                        "/audit",
                        "/new",
                        "/api/v1/rollouts?limit=200",
                        "/api/v1/routes",
                        "/api/v1/notices?limit=500",
                        "/api/v1/audit?limit=1000",
                        "/api/v1/audit?format=ndjson")) {
            admin(search)
                    .get("/below" + address)
                    .then()
                    .statusCode(200)
                    .body(not(containsString(theirs.rollout)))
                    .body(not(containsString(theirs.route)));
            admin(mail)
                    .get("/below" + address)
                    .then()
                    .statusCode(200)
                    .body(containsString(theirs.rollout));
        }
        admin(search)
                .get("/below/api/v1/receivers")
                .then()
                .statusCode(200)
                .body("id", not(hasItem(theirs.receiver)));
        admin(mail).get("/below/api/v1/receivers").then().body("id", hasItem(theirs.receiver));
        admin(search)
                .accept("text/html")
                .get("/below/compare?run=%s&run=%s".formatted(theirs.rollout, UUID.randomUUID()))
                .then()
                .body(not(containsString(theirs.route)));
    }

    @Test
    @DisplayName("is found by no id in a question or a body")
    void isFoundByNoId() {
        var theirs = new Things(mail);
        var ours = new Things(search);
        var both = "run=%s&run=%s".formatted(ours.rollout, theirs.rollout);
        for (var address :
                List.of(
                        "/api/v1/compare?" + both,
                        "/compare.csv?" + both,
                        "/compare.json?" + both,
                        "/new?from=" + theirs.rollout,
                        "/lab?from=" + theirs.rollout,
                        "/api/v1/rollouts?before=" + theirs.rollout)) {
            assertThat(admin(search).get("/below" + address).statusCode())
                    .as(address)
                    .isEqualTo(404);
            assertThat(admin(mail).get("/below" + address).statusCode())
                    .as(address)
                    .isEqualTo(address.contains(ours.rollout) ? 404 : 200);
            assertThat(as(CHIEF).get("/below" + address).statusCode()).as(address).isEqualTo(200);
        }
        var told =
                """
                [{"id": "call-%1$s", "rollout": "%2$s", "label": "hallucination", "value": true}]\
                """;
        operator(search)
                .contentType("application/json")
                .body(told.formatted(theirs.route, theirs.rollout))
                .post("/below/api/v1/feedback")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(0))
                .body(
                        "refused[0].message",
                        containsString("there is no rollout " + theirs.rollout));
    }

    @Test
    @DisplayName("takes no label of another team, be it before its call or after")
    void takesNoLabel() {
        var theirs = new Things(mail);
        var early = "early-" + theirs.route;
        var late = "late-" + theirs.route;
        label(operator(search), early).body("waiting", equalTo(1));
        observe(operator(mail), theirs, early).body("accepted", equalTo(1));
        observe(operator(mail), theirs, late).body("accepted", equalTo(1));
        label(operator(search), late).body("waiting", equalTo(1));
        assertThat(labels(theirs)).isEmpty();

        var own = "own-" + theirs.route;
        label(operator(mail), own).body("waiting", equalTo(1));
        observe(operator(mail), theirs, own).body("accepted", equalTo(1));
        label(operator(mail), late).body("waiting", equalTo(0));
        assertThat(labels(theirs)).containsExactlyInAnyOrder(own, late);
    }

    @Test
    @DisplayName("takes no spans of another team")
    void takesNoSpans() {
        var theirs = new Things(mail);
        routes.refresh();
        for (var way : List.of("feature_flag.key", "serin.rollout")) {
            var named = way.equals("serin.rollout") ? theirs.rollout : theirs.route;
            var status = span(operator(search), way, named, "5b8efff798038103").statusCode();
            assertThat(status).as(way).isIn(200, 404);
            assertThat(calls(theirs)).as(way).isZero();
        }
        span(operator(mail), "feature_flag.key", theirs.route, "5b8efff798038104")
                .then()
                .statusCode(200);
        assertThat(calls(theirs)).isEqualTo(1);
    }

    @Test
    @DisplayName("is acted on by roles in its team, and says which one is missing")
    void saysWhichRoleIsMissing() {
        var ours = new Things(search);
        viewer(search)
                .contentType("application/json")
                .body("{\"version\": 1}")
                .post("/below/api/v1/rollouts/%s/pause".formatted(ours.rollout))
                .then()
                .statusCode(403)
                .body("type", containsString("not-allowed"))
                .body("detail", containsString("needs the role operator in " + search));
        operator(search)
                .contentType("application/json")
                .body("{\"version\": 1}")
                .post("/below/api/v1/rollouts/%s/pause".formatted(ours.rollout))
                .then()
                .statusCode(200);
        as(CHIEF)
                .contentType("application/json")
                .body("{\"version\": 2}")
                .post("/below/api/v1/rollouts/%s/resume".formatted(ours.rollout))
                .then()
                .statusCode(200);
    }

    @Test
    @DisplayName("gives no rights where it belongs to nobody: all see it, roles in everybody act")
    void nobodysIsSeenByAll() {
        var nobodys = new Things(null);
        viewer(search).get("/below/api/v1/rollouts/" + nobodys.rollout).then().statusCode(200);
        viewer(search).get("/below/").then().statusCode(200).body(containsString(nobodys.rollout));
        admin(search)
                .contentType("application/json")
                .body("{\"version\": 1}")
                .post("/below/api/v1/rollouts/%s/pause".formatted(nobodys.rollout))
                .then()
                .statusCode(403)
                .body("detail", containsString("needs the role operator in everybody"));
        accounts.make("eve-" + search, PASSWORD, Set.of());
        as("eve-" + search).get("/below/").then().statusCode(403);
        as("eve-" + search).get("/below/api/v1/rollouts/" + nobodys.rollout).then().statusCode(404);
    }

    @Test
    @DisplayName("is begun by its operators, and taken from no team by a plan")
    void isBegunByItsOperators() {
        var route = newRoute();
        start(viewer(search), route, search).statusCode(403);
        start(operator(search), route, mail)
                .statusCode(403)
                .body("errors[0].field", equalTo("team"))
                .body("errors[0].value", equalTo(mail))
                .body("detail", containsString("needs the role operator in " + mail));
        start(operator(search), route, null)
                .statusCode(403)
                .body("detail", containsString("name a team of yours: " + search));
        as(CHIEF).get("/below/api/v1/routes/" + route).then().statusCode(404);
        start(operator(search), route, search).statusCode(201).body("team", equalTo(search));

        start(operator(mail), route, mail)
                .statusCode(409)
                .body("type", containsString("other-team"))
                .body("errors[0].field", equalTo("team"))
                .body("errors[0].value", equalTo(mail))
                .body("detail", containsString("is the route of another team"))
                .body("detail", not(containsString(search)));
        dryRun(operator(mail), route, mail).statusCode(409).body("active", nullValue());
        start(as(CHIEF), route, mail)
                .statusCode(409)
                .body("detail", containsString("belongs to %s, got %s".formatted(search, mail)));
        as(CHIEF)
                .get("/below/api/v1/routes")
                .then()
                .body("find { it.name == '%s' }.team".formatted(route), equalTo(search));
    }

    @Test
    @DisplayName(
            "goes to another team by the word of an admin of everybody alone, with all its past")
    void goesToAnotherTeam() {
        var ours = new Things(search);
        var give = "/below/api/v1/routes/" + ours.route;
        var body = "{\"team\": \"%s\"}".formatted(mail);
        admin(search)
                .contentType("application/json")
                .body(body)
                .patch(give)
                .then()
                .statusCode(403)
                .body("detail", containsString("needs the role admin in everybody"));
        as(CHIEF)
                .contentType("application/json")
                .body("{\"team\": \"No Team\"}")
                .patch(give)
                .then()
                .statusCode(400)
                .body("field", equalTo("team"))
                .body("detail", containsString("got No Team"));
        as(CHIEF).contentType("application/json").body(body).patch(give).then().statusCode(204);

        admin(search).get("/below/api/v1/rollouts/" + ours.rollout).then().statusCode(404);
        admin(search).get(give).then().statusCode(404);
        viewer(mail)
                .get("/below/api/v1/rollouts/" + ours.rollout)
                .then()
                .statusCode(200)
                .body("team", equalTo(mail));
        viewer(mail)
                .get("/below/api/v1/notices?route=" + ours.route)
                .then()
                .body("rollout", hasItem(ours.rollout));
        viewer(mail).get("/below/?text=" + mail).then().body(containsString(ours.rollout));
        admin(mail)
                .get("/below/api/v1/audit?what=routeGiven&route=" + ours.route)
                .then()
                .body("[0].before", containsString("belongs to " + search))
                .body("[0].after", containsString("belongs to " + mail))
                .body("[0].who", equalTo(CHIEF));

        as(CHIEF)
                .formParam("team", "everybody")
                .post("/below/routes/%s/team".formatted(ours.route))
                .then()
                .statusCode(303);
        viewer(search).get(give).then().statusCode(200);
    }

    @Test
    @DisplayName("stands on the page of its team, whose admins see who may do what")
    void hasAPage() {
        var ours = new Things(search);
        viewer(search)
                .accept("text/html")
                .get("/below/teams/" + search)
                .then()
                .statusCode(200)
                .body(containsString(search + " has one route"))
                .body(containsString(ours.route))
                .body(not(containsString("Who may do what")));
        admin(search)
                .accept("text/html")
                .get("/below/teams/" + search)
                .then()
                .body(containsString("Who may do what"))
                .body(containsString(account(search, Role.APPROVER)))
                .body(not(containsString(account(mail, Role.APPROVER))));
        viewer(search)
                .accept("text/html")
                .get("/below/rollouts/" + ours.rollout)
                .then()
                .body(containsString("/below/teams/" + search));
        as(CHIEF).accept("text/html").get("/below/teams/nobody-at-all").then().statusCode(404);
    }

    @Test
    @DisplayName("is told of to receivers that its admins add, and to no others")
    void receiversAreOfATeam() {
        receiver(admin(search), search).statusCode(201);
        receiver(admin(search), mail)
                .statusCode(403)
                .body("field", equalTo("team"))
                .body("detail", containsString("name a team of yours: " + search));
        receiver(admin(search), null).statusCode(403);
    }

    @Test
    @DisplayName("stands in the guide as it stands in the code")
    void docsAgree() throws IOException {
        var lines = Files.readAllLines(Path.of("..", "docs", "access.md"));
        assertThat(lines.stream().filter(line -> line.matches("\\| `/.*…` \\| .*")))
                .containsExactlyElementsOf(
                        Stream.of(Named.Kind.values())
                                .map(kind ->
                                        "| `%s…` | %s |".formatted(kind.prefix(), kind.words()))
                                .toList());
        assertThat(lines.stream().filter(line -> line.matches("- `[A-Z]+ /.*` [a-z]+")))
                .containsExactlyElementsOf(
                        Rules.all().stream()
                                .filter(rule ->
                                        rule.need() != Need.ACCOUNT && rule.need() != Need.VIEWER)
                                .filter(rule -> Rules.whose(rule) == Rules.Whose.ANY_TEAM)
                                .map(rule -> "- `%s` %s".formatted(rule.text(), rule.need().word()))
                                .toList());
    }

    private Response ask(Rules.Rule rule, String address, String accept) {
        var asks = admin(search).accept(accept);
        return (rule.verb().equals("GET") ? asks : asks.contentType("application/json").body("{}"))
                .request(rule.verb(), "/below" + address);
    }

    /// What a team has, made through the API.
    private final class Things {

        final String unknown = UUID.randomUUID().toString();
        final String nobody = "nobody-" + UUID.randomUUID();
        final @Nullable String team;
        final String route;
        final String rollout;
        final String receiver;
        final String letter;

        Things(@Nullable String team) {
            this.team = team;
            route = newRoute();
            receiver = receiver(as(CHIEF), team).statusCode(201).extract().path("id");
            rollout = start(as(CHIEF), route, team).statusCode(201).extract().path("id");
            letter =
                    as(CHIEF)
                            .get("/below/api/v1/notices?route=" + route)
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("[0].id")
                            .toString();
        }

        String in(String address) {
            return filled(address, rollout, route, letter, receiver, String.valueOf(team));
        }

        String unknown(String address) {
            return filled(address, unknown, nobody, "99999999", unknown, nobody);
        }

        /// The body without what differs by right.
        String nameless(Response answer) {
            var body = answer.asString();
            for (var name :
                    List.of(rollout, route, receiver, String.valueOf(team), unknown, nobody)) {
                body = body.replace(name, "…");
            }
            return body.replaceAll("there is no message [0-9]+", "there is no message …");
        }

        private static String filled(
                String address,
                String rollout,
                String route,
                String letter,
                String receiver,
                String team) {
            var id =
                    address.contains("/notices/")
                            ? letter
                            : address.contains("/receivers/") ? receiver : rollout;
            return address.replace("{id}", id)
                    .replace("{route}", route)
                    .replace("{name}", route)
                    .replace("{team}", team);
        }
    }

    /// The page without its frame, which differs by who looks.
    private static String main(Response answer) {
        var body = answer.asString();
        return body.substring(body.indexOf("<main"), body.indexOf("</main>"));
    }

    private static String newRoute() {
        return Server.newRoute() + "-of-teams";
    }

    private static String before(String route) {
        return route.substring(0, route.length() - 1);
    }

    private static ValidatableResponse start(
            RequestSpecification by, String route, @Nullable String team) {
        return posted(by, route, team, "");
    }

    private static ValidatableResponse dryRun(RequestSpecification by, String route, String team) {
        return posted(by, route, team, "?dryRun=true");
    }

    private static ValidatableResponse posted(
            RequestSpecification by, String route, @Nullable String team, String query) {
        var plan = Server.plan(route) + (team == null ? "" : "team: " + team + "\n");
        return by.config(
                        config().encoderConfig(
                                        encoderConfig()
                                                .encodeContentTypeAs(
                                                        "application/yaml", ContentType.TEXT)))
                .contentType("application/yaml")
                .body(plan)
                .post("/below/api/v1/rollouts" + query)
                .then();
    }

    private static ValidatableResponse receiver(RequestSpecification by, @Nullable String team) {
        return by.contentType("application/json")
                .body(
                        team == null
                                ? "{\"address\": \"https://hooks.example.com/all\"}"
                                : "{\"address\": \"https://hooks.example.com/%1$s\", \"team\": \"%1$s\"}"
                                        .formatted(team))
                .post("/below/api/v1/receivers")
                .then();
    }

    private static ValidatableResponse label(RequestSpecification by, String call) {
        return by.contentType("application/json")
                .body(
                        "[{\"id\": \"%s\", \"label\": \"hallucination\", \"value\": true}]"
                                .formatted(call))
                .post("/below/api/v1/feedback")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse observe(RequestSpecification by, Things of, String call) {
        return by.contentType("application/json")
                .body("[{\"id\": \"%s\", \"arm\": \"candidate\"}]".formatted(call))
                .post("/below/api/v1/rollouts/%s/observations".formatted(of.rollout))
                .then()
                .statusCode(200);
    }

    private static Response span(
            RequestSpecification by, String attribute, String value, String span) {
        return by.contentType("application/json")
                .body(
                        """
                        {"resourceSpans": [{"scopeSpans": [{"spans": [{
                          "traceId": "5b8efff798038103d269b633813fc60c", "spanId": "%s",
                          "attributes": [
                            {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
                            {"key": "serin.arm", "value": {"stringValue": "candidate"}},
                            {"key": "%s", "value": {"stringValue": "%s"}}]}]}]}]}\
                        """
                                .formatted(span, attribute, value))
                .post("/below/v1/traces");
    }

    private List<String> labels(Things of) {
        return column(
                "select id from call where rollout = ?::uuid and labels is not null"
                        + " and labels::text like '%hallucination%'",
                of.rollout);
    }

    private int calls(Things of) {
        return column("select id from call where rollout = ?::uuid", of.rollout).size();
    }

    private List<String> column(String sql, String value) {
        try (var connection = database.getConnection();
                var ask = connection.prepareStatement(sql)) {
            ask.setString(1, value);
            var found = new ArrayList<String>();
            try (var rows = ask.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String account(String team, Role role) {
        return "%s-%s".formatted(role.word(), team);
    }

    private static RequestSpecification viewer(String team) {
        return as(account(team, Role.VIEWER));
    }

    private static RequestSpecification operator(String team) {
        return as(account(team, Role.OPERATOR));
    }

    private static RequestSpecification admin(String team) {
        return as(account(team, Role.ADMIN));
    }

    private static RequestSpecification as(String name) {
        return given().basePath("")
                .redirects()
                .follow(false)
                .auth()
                .preemptive()
                .basic(name, PASSWORD);
    }
}
