package dev.serin.server.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("Grafana's dashboard and Prometheus' alerts")
class WatchedTest {

    private static final Pattern METRIC = Pattern.compile("\\b(?:serin|http|jvm)_[a-z_]+");
    private static final Pattern ENDINGS =
            Pattern.compile("(?:_seconds)?_(?:sum|count|max)$|_total$|_bytes$");

    @Test
    @DisplayName("ask only for metrics that the code has")
    void known() throws IOException {
        given().get("/api/v1/rollouts").then().statusCode(200);
        var exposed = given().get("/q/metrics").then().statusCode(200).extract().asString();
        var source = source();
        var asked = new TreeSet<String>();
        for (var expression : expressions()) {
            METRIC.matcher(expression).results().forEach(it -> asked.add(it.group()));
        }
        assertThat(asked).hasSizeGreaterThan(12);
        for (var metric : asked) {
            var meter = ENDINGS.matcher(metric).replaceFirst("").replace('_', '.');
            assertThat(
                            exposed.contains("\n" + metric)
                                    || source.contains("\"" + meter + "\"")
                                    || source.contains("\"" + metric.replace('_', '.') + "\""))
                    .as(metric)
                    .isTrue();
        }
    }

    @Test
    @DisplayName("give each picture a title and say what it shows")
    void described() throws IOException {
        for (var panel : dashboard().path("panels")) {
            assertThat(panel.path("title").asText()).isNotBlank();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("description").asText()).isNotBlank();
                assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("prometheus");
            }
        }
    }

    private static List<String> expressions() throws IOException {
        var all = dashboard().findValuesAsText("expr");
        var groups = (List<?>) Root.yaml("deploy/prometheus/alerts.yml").get("groups");
        for (var group : groups) {
            for (var rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                all.add(((Map<?, ?>) rule).get("expr").toString());
            }
        }
        return all;
    }

    private static com.fasterxml.jackson.databind.JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(Root.text("deploy/grafana/dashboards/serin.json"));
    }

    /// All of the server's code: some meters are made with the first call.
    private static String source() throws IOException {
        try (var files = Files.walk(Root.of("server/src/main/java"))) {
            return files.filter(it -> it.toString().endsWith(".java"))
                    .map(WatchedTest::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
