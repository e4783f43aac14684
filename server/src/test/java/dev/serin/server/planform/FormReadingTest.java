package dev.serin.server.planform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A plan's form")
class FormReadingTest {

    @Test
    @DisplayName("writes the YAML that a person would write")
    void writesReadableYaml() {
        var form =
                FormReading.posted(
                        Map.ofEntries(
                                Map.entry("route", List.of("support-chat")),
                                Map.entry("baseline", List.of("openai/gpt-3.5-turbo")),
                                Map.entry("candidate", List.of("ollama/llama3:8b")),
                                Map.entry("stepName", List.of("baseline", "5% canary", "", "full")),
                                Map.entry("stepShare", List.of("0", "5", "", "100%")),
                                Map.entry("stepDuration", List.of("10m", "1h", "", "1h")),
                                Map.entry("stepGate", List.of("none", "manual", "none", "none")),
                                Map.entry(
                                        "conditionMetric",
                                        List.of("error_rate", "p95_latency_ms", "error_rate", "")),
                                Map.entry("conditionSide", List.of(">=", ">=", ">=", ">=")),
                                Map.entry(
                                        "conditionAgainst",
                                        List.of("fixed", "times", "more", "fixed")),
                                Map.entry("conditionAmount", List.of("10%", "3", "2%", "")),
                                Map.entry(
                                        "conditionThen",
                                        List.of("rollback", "ask", "show", "rollback")),
                                Map.entry("objectiveIndicator", List.of("response_latency")),
                                Map.entry("objectiveTarget", List.of("95")),
                                Map.entry("objectiveWithin", List.of("2000ms")),
                                Map.entry("objectiveWindow", List.of("1h")),
                                Map.entry("errorBudget", List.of("5")),
                                Map.entry("patience", List.of("12h")),
                                Map.entry("badCalls", List.of("50")),
                                Map.entry("usd", List.of("20")),
                                Map.entry("rest", List.of("team: care"))));
        var written = FormReading.write(form, FormReadingTest::read);
        assertThat(written.errors()).isEmpty();
        assertThat(written.yaml())
                .isEqualTo(
                        """
                        route: support-chat
                        baseline: openai/gpt-3.5-turbo
                        candidate: ollama/llama3:8b
                        steps:
                          - { name: baseline,  share: 0%,   duration: 10m }
                          - { name: 5% canary, share: 5%,   duration: 1h, gate: manual }
                          - { name: full,      share: 100%, duration: 1h }
                        rollback:
                          - error_rate >= 10%
                          - { when: p95_latency_ms >= 3 * baseline, then: ask }
                          - { when: error_rate >= baseline + 2%, then: show }
                        objectives:
                          - { indicator: response_latency, target: 95%, within: 2000ms, window: 1h }
                        errorBudget: 5%
                        patience: 12h
                        exposure: { badCalls: 50, usd: 20 }
                        team: care
                        """);
    }

    @Test
    @DisplayName("quotes what YAML would take for something else")
    void quotes() {
        var form =
                FormReading.posted(
                        Map.of(
                                "route", List.of("true"),
                                "baseline", List.of("Ada's \"old\": one # really"),
                                "candidate", List.of("模型, {5}"),
                                "stepName", List.of("1.0"),
                                "stepShare", List.of("100"),
                                "conditionMetric", List.of("error_rate"),
                                "conditionAmount", List.of("10%")));
        var written = FormReading.write(form, FormReadingTest::read);
        assertThat(written.errors()).isEmpty();
        var plan = ((PlanReading.Read) read(written.yaml())).plan();
        assertThat(plan.route()).isEqualTo("true");
        assertThat(plan.baseline()).isEqualTo("Ada's \"old\": one # really");
        assertThat(plan.candidate()).isEqualTo("模型, {5}");
        assertThat(plan.step(0).name()).isEqualTo("1.0");
    }

    @Test
    @DisplayName("tells each error beside the field that was typed, rows left empty not counted")
    void errorsStandBesideTheirField() {
        var form =
                FormReading.posted(
                        Map.of(
                                "route", List.of("support chat"),
                                "candidate", List.of("gpt-4"),
                                "stepName", List.of("a", "", "b"),
                                "stepShare", List.of("50", "", "20"),
                                "stepDuration", List.of("soon", "", "1h"),
                                "conditionMetric", List.of("", "error_rate", "p95_latency_ms"),
                                "conditionAmount", List.of("", "10", ""),
                                "rest", List.of("team: care\nmargn: 3")));
        assertThat(FormReading.write(form, FormReadingTest::read).errors())
                .hasEntrySatisfying(
                        "f-route", said -> assertThat(said).contains("write support-chat"))
                .hasEntrySatisfying("f-baseline", said -> assertThat(said).contains("name the one"))
                .hasEntrySatisfying(
                        "f-step-0-duration", said -> assertThat(said).contains("got soon"))
                .hasEntrySatisfying(
                        "f-step-2-share", said -> assertThat(said).contains("above 50%"))
                .hasEntrySatisfying(
                        "f-condition-1-amount", said -> assertThat(said).contains("write 10%"))
                .hasEntrySatisfying(
                        "f-condition-2-amount", said -> assertThat(said).contains("write a limit"))
                .hasEntrySatisfying(
                        "f-rest", said -> assertThat(said).contains("line 2").contains("margin"))
                .hasSize(7);
    }

    @Test
    @DisplayName("tells errors of rows that only the further fields have beside those")
    void errorsOfFurtherRows() {
        var form =
                FormReading.posted(
                        Map.of(
                                "route", List.of("support-chat"),
                                "baseline", List.of("gpt-3.5"),
                                "candidate", List.of("gpt-4"),
                                "rest",
                                        List.of(
                                                """
                                                team: care
                                                steps: [{ share: 200% }]
                                                rollback: ["error_rate >= 200%"]
                                                objectives: [{ indicator: latency, target: 300% }]
                                                """)));
        assertThat(FormReading.write(form, FormReadingTest::read).errors())
                .hasEntrySatisfying(
                        "f-rest",
                        said -> assertThat(said).contains("line 2: ", "line 3: ", "line 4: "))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model-upgrade", "bad-upgrade", "agent-upgrade"})
    @DisplayName("takes over the plans that come along, whole")
    void takesOverShippedPlans(String name) throws IOException {
        var text = Files.readString(Path.of("../plans", name + ".yaml"));
        var filled =
                FormReading.fill(((PlanReading.Read) read(text)).file(), FormReadingTest::read);
        assertThat(filled.left()).isEmpty();
        assertThat(filled.form().rest()).isEmpty();
        var again = FormReading.write(filled.form(), FormReadingTest::read).yaml();
        assertThat(read(again))
                .isInstanceOfSatisfying(
                        PlanReading.Read.class,
                        is ->
                                assertThat(is.file())
                                        .isEqualTo(((PlanReading.Read) read(text)).file()));
    }

    @Test
    @DisplayName("keeps fields that it does not know as YAML, and names what it had to leave")
    void namesWhatItLeaves() {
        var text =
                """
                route: chat
                baseline: a
                candidate: b
                team: care & help
                steps:
                  - { share: 5%, gate: { kind: manual, note: "Look: twice", within: 4h } }
                rollback:
                  - complaint_rate >= 3%
                metrics: { complaint_rate: { label: rude } }
                approvals: { count: 2, notBy: starter }
                """;
        var filled =
                FormReading.fill(((PlanReading.Read) read(text)).file(), FormReadingTest::read);
        assertThat(filled.form().rest())
                .isEqualTo(
                        """
                        metrics: { complaint_rate: { label: rude } }
                        approvals: { count: 2, notBy: starter }
                        team: "care & help\"\
                        """);
        assertThat(filled.left())
                .containsExactly(
                        "steps[0].gate.note: \"Look: twice\"", "steps[0].gate.within: PT4H");
    }

    @Test
    @DisplayName("takes over several caps of one number, by metric and by condition")
    void takesOverCapsOfNumbers() {
        var text =
                """
                route: chat
                baseline: a
                candidate: b
                steps:
                  - { share: 5%, duration: 1h }
                rollback:
                  - short_answers >= 300
                  - long_answers >= 1.5 * baseline
                  - { when: odd_answers >= 3, cap: 20 }
                  - { when: odd_answers >= 4, then: ask, cap: 30 }
                  - p95_words >= 900
                metrics:
                  short_answers: { number: output_words, cap: 1000 }
                  long_answers: { number: output_words, cap: 9000 }
                  odd_answers: { number: output_words }
                  p95_words: { number: output_words, percentile: 95 }
                """;
        var file = ((PlanReading.Read) read(text)).file();
        var filled = FormReading.fill(file, FormReadingTest::read);

        assertThat(filled.left()).isEmpty();
        assertThat(filled.form().conditions())
                .extracting(PlanForm.ConditionRow::cap)
                .containsExactly("", "", "20", "30", "");
        var written = FormReading.write(filled.form(), FormReadingTest::read);
        assertThat(written.yaml())
                .contains("- { when: odd_answers >= 4, then: ask, cap: 30 }")
                .contains("costCap: { long_answers: 9000, short_answers: 1000 }");
        assertThat(((PlanReading.Read) read(written.yaml())).plan()).isEqualTo(file.plan());
        assertThat(FormViews.ids(filled.form())).contains("f-condition-0-cap", "f-condition-3-cap");
    }

    @Test
    @DisplayName("has a field for the caps of conditions only where one has its own")
    void capsStandBesideTheirCondition() {
        var fields =
                Map.of(
                        "route", List.of("chat"),
                        "baseline", List.of("a"),
                        "candidate", List.of("b"),
                        "stepName", List.of("canary"),
                        "stepShare", List.of("5"),
                        "conditionMetric", List.of("avg_cost_usd", "avg_tokens_out"),
                        "conditionAmount", List.of("0.10", "300"));
        assertThat(FormViews.ids(FormReading.posted(fields)))
                .doesNotContain("f-condition-0-cap", "f-condition-1-cap");

        var capped = new HashMap<>(fields);
        capped.put("conditionCap", List.of("", "none"));
        assertThat(FormReading.write(FormReading.posted(capped), FormReadingTest::read).errors())
                .containsOnlyKeys("f-condition-1-cap");
    }

    @Test
    @DisplayName("adds and takes out rows, and leaves all else as it was typed")
    void changesRows() {
        var form =
                FormReading.posted(
                        Map.of("stepName", List.of("a", "b"), "stepShare", List.of("x", "7")));
        var more = FormReading.changed(form, "add step");
        assertThat(more.steps()).hasSize(3);
        assertThat(more.steps().getLast().isEmpty()).isTrue();
        var fewer = FormReading.changed(more, "drop 0 step");
        assertThat(fewer.steps().getFirst().share()).isEqualTo("7");
        assertThat(FormReading.changed(form, "drop 7 step")).isEqualTo(form);
        assertThat(FormReading.changed(form, "burn all")).isEqualTo(form);
    }

    private static PlanReading read(String yaml) {
        return PlanReader.read(yaml, Known.NOTHING);
    }
}
