package dev.serin.server.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A plan's source")
class SourcesTest {

    private static final String COUNTS =
            """
            source:
              name: main
              every: 1m
              counts:
                error_rate:
                  bad: sum(bad{model="{{model}}"}) or vector(0)
                  total: sum(all{model="{{model}}"})
            """;

    @Test
    @DisplayName("asks two counters for a rate, and reads back as it was written")
    void readsBack() {
        var read = Documents.read(Documents.GOOD + COUNTS, Known.NOTHING);
        var source =
                new Source(
                        "main",
                        Duration.ofMinutes(1),
                        List.of(
                                new Source.Counts(
                                        "error_rate",
                                        "error",
                                        null,
                                        "sum(bad{model=\"{{model}}\"}) or vector(0)",
                                        "sum(all{model=\"{{model}}\"})")),
                        List.of());
        assertThat(read.file().source()).isEqualTo(source);

        var again = json(read);
        assertThat(Documents.read(again, Known.NOTHING).file().source()).isEqualTo(source);
    }

    @Test
    @DisplayName("asks once for each limit of a percentile, on the track that the judge reads")
    void asksByLimit() {
        var plan =
                Documents.condition(
                                "p95_latency_ms >= 5s\n  - { when: p95_latency_ms >= 3s, then: ask }")
                        + """
                        source:
                          name: main
                          counts:
                            p95_latency_ms:
                              bad: sum(n{arm="{{arm}}"}) - sum(b{arm="{{arm}}", le="{{limitSeconds}}"})
                              total: sum(n{arm="{{arm}}"})
                        """;
        var source = Documents.read(plan, Known.NOTHING).file().source();
        assertThat(source.counts())
                .extracting(Source.Counts::track)
                .containsExactly("latency_ms>=3000", "latency_ms>=5000");
        assertThat(source.every()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @DisplayName("is refused, with line and mend, where")
    @CsvSource(
            delimiter = '|',
            value = {
                "bad: sum(bad{model=\"{{model}}\"}) or vector(0)|bad: sum(bad)|14|write {{arm}} or {{model}} in it",
                "bad: sum(bad{model=\"{{model}}\"}) or vector(0)|bad: sum(bad{model=\"{{modell}}\"})|14|did you mean model?",
                "every: 1m|every: 5s|11|asked every 10s to 1h",
                "error_rate:|avg_cost_usd:|13|is a mean, and two counters do not tell",
                "error_rate:|eror_rate:|13|did you mean error_rate?",
                "error_rate:|p95_latency_ms:|13|no condition gives p95_latency_ms a fixed limit",
                "name: main|url: http://prometheus:9090|10|url is no field here",
            })
    void isRefused(String line, String other, int at, String mend) {
        assertThat(Documents.errors(Documents.GOOD + COUNTS.replace(line, other)))
                .anySatisfy(error -> {
                    assertThat(error.line()).isEqualTo(at);
                    assertThat(error.message()).contains(mend);
                });
    }

    @Test
    @DisplayName("shows a bare rate, and does not let a condition decide by it")
    void showsRates() {
        var rate =
                """
                source:
                  name: main
                  counts:
                    hallucination_rate: { rate: "avg(h{arm='{{arm}}'})" }
                """;
        var shown = Documents.read(Documents.GOOD + rate, Known.NOTHING).file().source();
        assertThat(shown.rates())
                .extracting(Source.Rate::metric)
                .containsExactly("hallucination_rate");
        assertThat(Documents.errors(Documents.condition("hallucination_rate >= 8%") + rate))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.message())
                                .contains("a bare rate can be shown, not judged"));
    }

    @Test
    @DisplayName("is refused where the plan waits for labels of single calls that it cannot give")
    void isNoLabel() {
        var labels =
                Documents.GOOD
                        + "labels: { share: 20%, deadline: 2h }\n"
                        + COUNTS.replace("error_rate:", "hallucination_rate:");
        assertThat(Documents.errors(labels))
                .singleElement()
                .satisfies(
                        error -> assertThat(error.message()).contains("the plan waits for labels"));
    }

    @Test
    @DisplayName("must be one that the server has")
    void isKnown() {
        var known = new Known("gpt-3.5", null, null, null, Set.of("mains"));
        var reading = PlanReader.read(Documents.GOOD + COUNTS, known);
        assertThat(((PlanReading.Refused) reading).errors())
                .singleElement()
                .satisfies(error ->
                        assertThat(error.message())
                                .contains("main is no source of this server; did you mean mains?"));
    }

    @Test
    @DisplayName("that counts nothing for a condition gets a warning")
    void warns() {
        var plan = Documents.condition("error_rate >= 10%\n  - avg_cost_usd >= 0.1") + COUNTS;
        assertThat(Documents.read(plan, Known.NOTHING).warnings())
                .extracting(Warning::message)
                .anyMatch(warning ->
                        warning.startsWith("the source counts nothing for avg_cost_usd"));
    }

    private static String json(PlanReading.Read read) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper()
                    .writeValueAsString(PlanWriter.document(read.file()));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
