package dev.serin.server.planfile;

import static dev.serin.server.planfile.Documents.GOOD;
import static dev.serin.server.planfile.Documents.condition;
import static dev.serin.server.planfile.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The reader of a plan")
class AdviceTest {

    private static List<String> warnings(String document, Known known) {
        return Documents.read(document, known).warnings().stream().map(Warning::text).toList();
    }

    private static List<String> warnings(String document) {
        return warnings(document, Known.NOTHING);
    }

    @Test
    @DisplayName("has nothing to say of a plan that means what it says")
    void silent() {
        assertThat(warnings(GOOD)).isEmpty();
    }

    @Test
    @DisplayName("warns of a step too short for the traffic, with both numbers")
    void shortStep() {
        var document =
                condition("p95_latency_ms >= 5000\n  - p95_ttft_ms >= 900")
                        .replace("share: 5%, duration: 10m", "share: 5%, duration: 30s");

        assertThat(warnings(document, new Known("gpt-3.5", 10.0, null, null)))
                .containsExactly(
                        "5:5: steps[0]: canary needs about 87 calls to meet p95_latency_ms; at 10"
                                + " calls a second it gets 15 in its 30s and waits for more");
    }

    @Test
    @DisplayName("counts only the calls that are to be labelled where a limit is on a label")
    void fewLabels() {
        var document =
                condition("error_rate >= 5%\n  - hallucination_rate >= 8%")
                        + "labels: { share: 20%, deadline: 2h }\n";

        assertThat(warnings(document, new Known("gpt-3.5", 3.456, null, null)))
                .containsExactly(
                        "5:5: steps[0]: canary needs about 53 labelled calls to meet"
                                + " hallucination_rate; at 3.5 calls a second it gets 20 in its 10m and"
                                + " waits for more");
        assertThat(
                        warnings(
                                document.replace("20%", "100%"),
                                new Known("gpt-3.5", 3.456, null, null)))
                .isEmpty();
    }

    @Test
    @DisplayName("counts on minCalls where the limit needs fewer")
    void minCalls() {
        var document =
                condition("error_rate >= 50%").replace("5%, duration: 10m", "5%, duration: 10s");

        assertThat(warnings(document, new Known("gpt-3.5", 1.0, null, null)))
                .singleElement()
                .asString()
                .contains("needs about 50 calls", "gets 0 in its 10s");
    }

    @ParameterizedTest
    @CsvSource({
        "error_rate >= 60%, 100%, 50",
        "error_rate >= 50%, 100%, 50",
        "error_rate <= 90%, 20%, 50",
        "error_rate <= 97%, 0%, 145"
    })
    @DisplayName("tells how long a step takes whatever the margin makes of the limit")
    void anyMargin(String condition, String margin, int calls) {
        var document =
                condition(condition).replace("5%, duration: 10m", "5%, duration: 10s")
                        + "\nmargin: "
                        + margin
                        + "\n";

        assertThat(warnings(document, new Known("gpt-3.5", 1.0, null, null)))
                .singleElement()
                .asString()
                .contains("needs about %d calls".formatted(calls));
    }

    @Test
    @DisplayName("says nothing of a step's length where the traffic is unknown or enough")
    void longEnough() {
        assertThat(warnings(GOOD, new Known("gpt-3.5", 100.0, null, null))).isEmpty();
        assertThat(warnings(GOOD.replace("10m", "1s"))).isEmpty();
    }

    @Test
    @DisplayName("warns of a last step that nobody watches")
    void unwatched() {
        assertThat(warnings(with("share: 100%, duration: 10m", "share: 100%")))
                .containsExactly(
                        "6:5: steps[1]: the last step lasts 0s, so nobody watches the candidate at"
                                + " 100%; write duration: 10m");
        assertThat(warnings(with("share: 100%, duration: 10m", "share: 100%, gate: manual")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[ { share: 100% } ]", "[ { share: 0%, duration: 1h }, { share: 100% } ]"})
    @DisplayName(
            "warns of a plan by whose steps the candidate is promoted without a call of its own")
    void neverJudged(String steps) {
        var plan =
                "route: chat\nbaseline: gpt-3.5\ncandidate: gpt-4\nsteps: %s\nrollback: [ error_rate >= 1% ]\n"
                        .replace("%s", steps);
        assertThat(warnings(plan))
                .singleElement()
                .asString()
                .startsWith("4:")
                .contains("no step judges the candidate")
                .contains("write - { name: 5% canary, share: 5%, duration: 10m } before it");
    }

    @Test
    @DisplayName("warns of a baseline step that measures nothing")
    void emptyBaseline() {
        assertThat(warnings(with("steps:", "steps:\n  - { share: 0% }")))
                .singleElement()
                .asString()
                .contains("steps[0]", "measures nothing of the baseline");
    }

    @Test
    @DisplayName("warns of a latency limit that stands alone")
    void latency() {
        assertThat(warnings(condition("p99_latency_ms >= 5s")))
                .singleElement()
                .asString()
                .startsWith("8:5: rollback[0]: p99_latency_ms grows with the length");
        assertThat(warnings(condition("p99_latency_ms >= 5s\n  - p95_ms_per_token >= 80")))
                .isEmpty();
    }

    @Test
    @DisplayName("warns of a label that the route never saw")
    void unseenLabel() {
        var document =
                condition("hallucination_rate >= 8%") + "labels: { share: 20%, deadline: 2h }\n";

        assertThat(warnings(document, new Known("gpt-3.5", null, Set.of("thumbs_down"), null)))
                .containsExactly(
                        "8:5: rollback[0]: no call of this route ever carried the label"
                                + " hallucination; without it hallucination_rate stays unsure; send it"
                                + " with an observation, as \"labels\": {\"hallucination\": false},"
                                + " or later to /api/v1/feedback");
        assertThat(warnings(document, new Known("gpt-3.5", null, Set.of("hallucination"), null)))
                .isEmpty();
        assertThat(warnings(document)).isEmpty();
    }

    @Test
    @DisplayName("warns of a number that the route never saw, and of no latency in it")
    void unseenNumber() {
        var document =
                condition("p95_words >= 400")
                        + "metrics: { p95_words: { number: output_words, percentile: 95 } }\n";

        assertThat(warnings(document, new Known("gpt-3.5", null, null, Set.of("tool_calls"))))
                .containsExactly(
                        "8:5: rollback[0]: no call of this route ever carried the number"
                                + " output_words; without it p95_words stays unsure; send it with an"
                                + " observation, as \"numbers\": {\"output_words\": 180}");
        assertThat(warnings(document, new Known("gpt-3.5", null, null, Set.of("output_words"))))
                .isEmpty();
        assertThat(warnings(document)).isEmpty();
    }

    @Test
    @DisplayName("warns of labels that nobody waits for, and says how to wait")
    void hastyLabels() {
        var document = condition("error_rate >= 5%\n  - hallucination_rate >= 8%");

        assertThat(warnings(document))
                .containsExactly(
                        "9:5: rollback[1]: labels count as they come, and bad verdicts that come first"
                                + " look like a bad model; if labels come after their call, write"
                                + " labels: { share: 20%, deadline: 2h }");
        assertThat(warnings(document + "labels: { share: 100%, deadline: 5m }\n")).isEmpty();
        assertThat(
                        warnings(
                                condition(
                                        "{ when: hallucination_rate >= 8%, then: show }\n  - error_rate >= 5%")))
                .isEmpty();
    }

    @Test
    @DisplayName("warns of conditions that all rest at 100 %")
    void resting() {
        assertThat(warnings(condition("error_rate >= baseline + 2%")))
                .singleElement()
                .asString()
                .contains("all conditions are relative and rest at 100%");
        assertThat(warnings(condition("error_rate >= baseline + 2%").replace("100%", "95%")))
                .isEmpty();
    }

    @Test
    @DisplayName("says nothing of addresses, which are notified")
    void notified() {
        assertThat(warnings(GOOD + "notify: https://hooks.example.com/a\n")).isEmpty();
    }
}
