package dev.serin.server.compare;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.access.Scope;
import dev.serin.server.rollout.Runs;
import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("Two runs side by side")
class CompareTest {

    @Inject Server server;
    @Inject Runs runs;
    @Inject AgroalDataSource database;

    private String good;
    private String bad;

    @BeforeEach
    void twoRuns() {
        good = server.started(Server.plan(Server.newRoute()));
        server.calls(good, "candidate", 400, 0);
        server.calls(good, "baseline", 400, 8);
        bad = server.started(Server.plan(Server.newRoute()));
        server.calls(bad, "candidate", 100, 100);
        server.calls(bad, "baseline", 400, 8);
        server.pass(Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("are told apart by what differs most against their own baselines")
    void toldApart() {
        given().get("/compare?run=%s&run=%s".formatted(good, bad))
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("A: at 5 %, B: rolled back."),
                                containsString(
                                        "Errors: B is 50 points worse against its baseline than A."),
                                containsString("?run=%s&amp;run=%s".formatted(bad, good))));
    }

    @Test
    @DisplayName(
            "are said to be alike only if they are: those that differ are named beside a vague one")
    void namesThoseThatDiffer() {
        var vague = server.started(Server.plan(Server.newRoute()));
        server.calls(vague, "candidate", 5, 2);
        server.calls(vague, "baseline", 20, 1);
        server.pass(Duration.ofSeconds(1));
        given().get("/compare?run=%s&run=%s&run=%s".formatted(vague, good, bad))
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString(
                                        "Errors: none differs clearly from A, but B and C do from each other."),
                                not(containsString("No clear difference between these runs"))));
    }

    @Test
    @DisplayName("are chosen on the page where there are fewer than two; unknown ones are named")
    void choose() {
        var unknown = UUID.randomUUID().toString();
        given().get("/compare?run=%s&run=%s&run=<b>".formatted(good, unknown))
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString(
                                        "One run is no comparison yet: choose another beside it."),
                                containsString(unknown),
                                containsString("&lt;b&gt;"),
                                not(containsString("run=<b>"))));
    }

    @Test
    @DisplayName("are numbers for programs, with intervals and calls")
    void forPrograms() {
        given().get("/api/v1/compare?run=%s&run=%s".formatted(good, bad))
                .then()
                .statusCode(200)
                .body("runs", hasSize(2))
                .body("runs[0].id", is(good))
                .body("runs[0].outcome", nullValue())
                .body("runs[1].outcome", is("breached"))
                .body("runs[1].steps[0].metrics[0].metric", is("error_rate"))
                .body("runs[1].steps[0].metrics[0].candidate.calls", is(200))
                .body(
                        "runs[1].steps[0].metrics[0].difference.estimate.toDouble()",
                        closeTo(0.4804, 0.001));
    }

    @Test
    @DisplayName("need to be two to eight that exist")
    void needTwo() {
        given().get("/api/v1/compare?run=" + good).then().statusCode(400);
        given().get("/api/v1/compare?run=%s&run=nonsense".formatted(good)).then().statusCode(400);
        given().get("/api/v1/compare?run=%s&run=%s".formatted(good, UUID.randomUUID()))
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    @DisplayName("are one run when it is named twice, and the page says so")
    void withItself() {
        given().get("/compare?run=%s&run=%s".formatted(good, good))
                .then()
                .statusCode(200)
                .body(containsString("A run cannot be compared with itself"));
        given().get("/api/v1/compare?run=%s&run=%s".formatted(good, good))
                .then()
                .statusCode(400)
                .body("detail", containsString("cannot be compared with itself"));
        given().get("/compare").then().statusCode(200).body(containsString("Choose two to eight"));
    }

    @Test
    @DisplayName("are at most eight; the page shows the first eight and says so")
    void atMostEight() {
        var address = new StringBuilder("?run=%s&run=%s".formatted(good, bad));
        for (int i = 0; i < 7; i++) {
            address.append("&run=").append(server.started(Server.plan(Server.newRoute())));
        }
        given().get("/compare" + address)
                .then()
                .statusCode(200)
                .body(containsString("Only the first eight are shown."));
        given().get("/api/v1/compare" + address)
                .then()
                .statusCode(400)
                .body("detail", containsString("name two to 8 rollouts, got 9"));
    }

    @Test
    @DisplayName(
            "stand first among those that can be chosen, ticked and in their order, however old")
    void chosenFirst() {
        var page = given().get("/compare?run=%s&run=%s".formatted(good, bad)).asString();
        var ticked = Pattern.compile("value=\"([-0-9a-f]+)\" checked").matcher(page);
        assertThat(ticked.results().map(tick -> tick.group(1))).containsExactly(good, bad);
        assertThat(page.indexOf("type=\"checkbox\""))
                .isEqualTo(page.indexOf("type=\"checkbox\" name=\"run\" value=\"" + good));

        var ids = List.of(UUID.fromString(good), UUID.fromString(bad));
        assertThat(runs.choices(ids, 1, Scope.EVERYWHERE))
                .extracting(Runs.Choice::id)
                .startsWith(ids.toArray(UUID[]::new));
    }

    @Test
    @DisplayName("need no metric in common; a metric of one plan alone says so")
    void otherMetrics() {
        var other =
                server.started(
                        Server.plan(Server.newRoute())
                                .replace("error_rate >= 10%", "p95_latency_ms >= 5000"));
        server.calls(other, "candidate", 100, 0);
        server.calls(other, "baseline", 100, 0);
        given().get("/compare?run=%s&run=%s".formatted(good, other))
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("Only one of these plans limits it"),
                                containsString("its plan does not limit this"),
                                not(containsString("no calls at this share"))));
    }

    @Test
    @DisplayName("are marked where another judge labelled them or another margin holds")
    void marked() {
        var one = labelledBy("v1", "");
        var same = labelledBy("v1", "");
        var other = labelledBy("v2", "margin: 10%\n");
        given().get("/compare?run=%s&run=%s".formatted(one, same))
                .then()
                .body(
                        allOf(
                                not(containsString("same judge")),
                                not(containsString("different margins")),
                                not(containsString("What else differs"))));
        given().get("/compare?run=%s&run=%s".formatted(one, other))
                .then()
                .body(
                        allOf(
                                containsString(
                                        "Hallucinations: not labelled by the same judge in each run"),
                                containsString("judge of hallucinations"),
                                containsString("<bdi>strict v1</bdi>"),
                                containsString("<bdi>strict v2</bdi>"),
                                containsString("The plans have different margins"),
                                containsString("10 % past a limit")));
        given().get("/api/v1/compare?run=%s&run=%s".formatted(one, other))
                .then()
                .body("runs.margin", is(List.of(0.0f, 0.1f)))
                .body("runs[1].judges.judge", is(List.of("strict")))
                .body("runs[1].judges.version", is(List.of("v2")));
    }

    @Test
    @DisplayName("are marked where a model had another price")
    void priced() throws SQLException {
        var plan = Server.plan(Server.newRoute()) + "  - avg_cost_usd >= 0.10\n";
        var one = server.started(plan);
        var other = server.started(plan.replaceFirst("route: .*", "route: " + Server.newRoute()));
        var address = "/compare?run=%s&run=%s".formatted(one, other);
        given().get(address).then().body(not(containsString("different prices")));
        given().get("/api/v1" + address)
                .then()
                .body("runs[1].prices.'openai/gpt-4'.out", is(60.0f));
        try (var connection = database.getConnection();
                var update =
                        connection.prepareStatement(
                                """
                                update rollout set prices = jsonb_set(prices, '{byModel,openai/gpt-4,out}', '45')
                                where id = ?\
                                """)) {
            update.setObject(1, UUID.fromString(other));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
        given().get(address)
                .then()
                .body(
                        allOf(
                                containsString(
                                        "openai/gpt-4 had different prices when these runs started"),
                                containsString("$30 in, $60 out, a million tokens"),
                                containsString("$30 in, $45 out, a million tokens"),
                                not(containsString("price of openai/gpt-3.5-turbo"))));
    }

    /// A rollout of which one call of each arm was labelled.
    private String labelledBy(String version, String more) {
        var id =
                server.started(
                        Server.plan(Server.newRoute())
                                + "  - hallucination_rate >= 8%\n"
                                + "labels: { share: 100%, deadline: 1h }\n"
                                + more);
        for (var arm : List.of("candidate", "baseline")) {
            var call = UUID.randomUUID().toString();
            server.observe(id, "[{\"id\": \"%s\", \"arm\": \"%s\"}]".formatted(call, arm));
            given().contentType("application/json")
                    .body(
                            """
                            {"id": "%s", "label": "hallucination", "value": false, "judge": {"name": "strict", "version": "%s"}}\
                            """
                                    .formatted(call, version))
                    .post("/api/v1/feedback")
                    .then()
                    .body("accepted", is(1));
        }
        return id;
    }

    @Test
    @DisplayName("tell what each arm answered, and what followed from asking the candidate")
    void exposure() {
        given().get("/compare?run=%s&run=%s".formatted(good, bad))
                .then()
                .body(
                        allOf(
                                containsString(
                                        "about 8 fewer bad answers in 400 calls, as much money"),
                                containsString(
                                        "about 96 more bad answers in 200 calls, as much money"),
                                containsString(">200</td>"),
                                containsString("100 <small>50 %</small>"),
                                containsString("8 <small>2.0 %</small>"),
                                containsString("$2.0 <small>$0.010 a call</small>")));
        given().get("/api/v1/compare?run=%s&run=%s".formatted(good, bad))
                .then()
                .body("runs[1].exposed.badCalls", is(100))
                .body("runs[1].baselineExposed.calls", is(408))
                .body("runs[1].baselineExposed.badCalls", is(8))
                .body("runs[1].instead.calls", is(200))
                .body("runs[1].instead.badCalls.toDouble()", closeTo(96.08, 0.01))
                .body("runs[1].instead.usd.toDouble()", closeTo(0, 1e-9));
    }

    @Test
    @DisplayName("tell what the candidate answered when the evidence is gone, and no more")
    void exposureOfOld() throws SQLException {
        server.pass(Duration.ofSeconds(1));
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("delete from tally where rollout = ?")) {
            delete.setObject(1, UUID.fromString(bad));
            assertThat(delete.executeUpdate()).isPositive();
        }
        given().get("/compare?run=%s&run=%s".formatted(good, bad))
                .then()
                .body(
                        allOf(
                                containsString("<dd>200 calls, 100 bad</dd>"),
                                containsString("<td class=\"figure\">not known</td>")));
        given().get("/api/v1/compare?run=%s&run=%s".formatted(good, bad))
                .then()
                .body("runs[1].exposed.calls", is(200))
                .body("runs[1].exposed.badCalls", is(100))
                .body("runs[1].baselineExposed", nullValue())
                .body("runs[1].instead", nullValue());
    }

    @Test
    @DisplayName("are a table to keep: every estimate with its interval, calls, limit and finding")
    void table() throws IOException {
        var address = "?run=%s&run=%s".formatted(good, bad);
        given().get("/compare" + address)
                .then()
                .body(
                        allOf(
                                containsString("/compare.csv?run=%s&amp;run=".formatted(good)),
                                containsString("/compare.json?run=%s&amp;run=".formatted(good))));
        var text =
                given().get("/compare.csv" + address)
                        .then()
                        .statusCode(200)
                        .contentType("text/csv")
                        .header("Content-Disposition", "attachment; filename=\"compare.csv\"")
                        .extract()
                        .asString();
        assertThat(lines(text, bad, "difference"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get("metric")).isEqualTo("error_rate");
                    assertThat(line.get("step")).isEqualTo("5% canary");
                    assertThat(line.get("share")).isEqualTo("0.05");
                    assertThat(Double.parseDouble(line.get("estimate")))
                            .isCloseTo(0.48, within(0.01));
                    assertThat(Double.parseDouble(line.get("low"))).isPositive();
                    assertThat(line.get("calls")).isEqualTo("200");
                });
        assertThat(lines(text, bad, "condition"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get("limit")).isEqualTo("error_rate >= 0.1");
                    assertThat(line.get("finding")).isEqualTo("breached");
                });
        assertThat(lines(text, good, "condition"))
                .singleElement()
                .satisfies(line -> assertThat(line.get("finding")).isEqualTo("met"));
        given().accept("text/csv")
                .get("/api/v1/compare" + address)
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .body(is(text));
        given().get("/compare.json" + address)
                .then()
                .statusCode(200)
                .header("Content-Disposition", "attachment; filename=\"compare.json\"")
                .body("runs", hasSize(2));
    }

    @Test
    @DisplayName("name what is wrong with the question also where a table was asked for")
    void badQuestionForTable() {
        given().accept("text/csv")
                .get("/api/v1/compare?run=" + good)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        given().get("/compare.csv?run=%s&run=nonsense".formatted(good))
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    private static List<CSVRecord> lines(String text, String run, String of) throws IOException {
        var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
        try (var parser = CSVParser.parse(text, format)) {
            return parser.stream()
                    .filter(line -> line.get("run").equals(run) && line.get("of").equals(of))
                    .toList();
        }
    }
}
