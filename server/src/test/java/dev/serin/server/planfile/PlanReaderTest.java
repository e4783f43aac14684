package dev.serin.server.planfile;

import static dev.serin.server.planfile.Documents.GOOD;
import static dev.serin.server.planfile.Documents.condition;
import static dev.serin.server.planfile.Documents.errors;
import static dev.serin.server.planfile.Documents.plan;
import static dev.serin.server.planfile.Documents.sample;
import static dev.serin.server.planfile.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Forced;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A plan's document")
class PlanReaderTest {

    @Test
    @DisplayName("gets the engine's defaults for all that it leaves out")
    void defaults() {
        var plan = plan(GOOD);

        assertThat(plan.rules()).isEqualTo(Plan.Rules.DEFAULT);
        assertThat(plan.key()).isEqualTo(Plan.Key.USER);
        assertThat(plan.approvals()).isEqualTo(Plan.Approvals.ONE);
        assertThat(plan.exposure()).isNull();
        assertThat(plan.errorBudget()).isNull();
        assertThat(plan.objectives()).isEmpty();
    }

    @Test
    @DisplayName("means the same in YAML and in JSON")
    void yamlIsJson() {
        var yaml = Documents.read(sample("full.yaml"), Known.NOTHING);
        var json = Documents.read(sample("full.json"), Known.NOTHING);

        assertThat(json.file()).isEqualTo(yaml.file());
    }

    @Test
    @DisplayName("may have all its fields")
    void full() {
        var file = Documents.read(sample("full.yaml"), Known.NOTHING).file();
        var plan = file.plan();

        assertThat(plan.rules())
                .isEqualTo(new Plan.Rules(0.99, 0.9, 0.1, 80, Duration.ofHours(12), 5000));
        assertThat(plan.exposure()).isEqualTo(new Plan.Exposure(50L, 20.0));
        assertThat(plan.key()).isEqualTo(Plan.Key.CONVERSATION);
        assertThat(plan.approvals()).isEqualTo(new Plan.Approvals(2, true));
        assertThat(plan.step(1))
                .isEqualTo(
                        new Step(
                                "shadow",
                                Share.NONE,
                                Duration.ofMinutes(90),
                                null,
                                new Share(0.2)));
        assertThat(plan.step(3).gate())
                .isEqualTo(
                        new Gate(
                                "Look at the refunds first: they matter most.",
                                Duration.ofHours(4),
                                Gate.Lapse.REJECT));
        assertThat(plan.step(4).name()).isEqualTo("95%");
        assertThat(file.team()).isEqualTo("support");
        assertThat(file.traceLink()).isEqualTo("https://traces.example.com/{traceId}");
        assertThat(file.plan().labels())
                .isEqualTo(new Plan.Labels(new Share(0.2), Duration.ofHours(2)));
        assertThat(file.plan().forced())
                .isEqualTo(
                        new Forced(
                                List.of(new Forced.Header("X-Staff", List.of("yes"))),
                                List.of(
                                        new Forced.Keys(List.of("acme", "globex")),
                                        new Forced.Header("X-Legal-Hold", List.of()))));
        assertThat(file.addresses()).containsExactly("https://hooks.example.com/serin");
    }

    @Test
    @DisplayName("may use the words of the original description")
    void original() {
        var plan = plan(sample("original.yaml"));

        assertThat(plan.steps())
                .containsExactly(
                        new Step("5% canary", new Share(0.05), Duration.ofSeconds(30), null),
                        new Step("50% ramp", new Share(0.5), Duration.ofMillis(1500), Gate.MANUAL),
                        new Step("full", Share.ALL, Duration.ZERO, null));
        assertThat(plan.conditions())
                .extracting(Condition::text)
                .containsExactly(
                        "error_rate >= 0.1", "p95_latency_ms >= 5000", "avg_tokens_out <= 20");
        assertThat(plan.errorBudget()).isEqualTo(0.05);
    }

    @ParameterizedTest(name = "{0} as {1}")
    @DisplayName("reads the condition")
    @CsvSource({
        "error_rate >= 10%, error_rate >= 0.1",
        "error_rate>=0.1, error_rate >= 0.1",
        "error_rate >= 7 %, error_rate >= 0.07",
        "error_rate >= 0.5%, error_rate >= 0.005",
        "p95_latency_ms >= 5000, p95_latency_ms >= 5000",
        "p95_latency_ms >= 5s, p95_latency_ms >= 5000",
        "p95_latency_ms >= 2.5s, p95_latency_ms >= 2500",
        "p99_latency_ms >= 1m30s, p99_latency_ms >= 90000",
        "p95_ttft_ms >= 800ms, p95_ttft_ms >= 800",
        "avg_cost_usd >= 0.10, avg_cost_usd >= 0.1",
        "avg_cost_usd >= $0.10, avg_cost_usd >= 0.1",
        "avg_cost_usd >= 0.10 USD, avg_cost_usd >= 0.1",
        "avg_tokens_out <= 20, avg_tokens_out <= 20",
        "error_rate >= baseline + 2%, error_rate >= baseline + 0.02",
        "error_rate >= baseline - 1%, error_rate >= baseline - 0.01",
        "error_rate >= 2 * baseline + 1%, error_rate >= 2 * baseline + 0.01",
        "p95_latency_ms >= 3 * baseline, p95_latency_ms >= 3 * baseline",
        "p95_latency_ms >= baseline + 0.5s, p95_latency_ms >= baseline + 500",
        "p95_latency_ms >= baseline * 1.5, p95_latency_ms >= 1.5 * baseline",
        "p95_latency_ms >= 1.5*baseline, p95_latency_ms >= 1.5 * baseline",
    })
    void conditions(String written, String canonical) {
        assertThat(plan(condition("'" + written + "'")).conditions())
                .extracting(Condition::text)
                .containsExactly(canonical);
    }

    @ParameterizedTest(name = "{0} as {1}")
    @DisplayName("reads the time")
    @CsvSource({
        "10s, PT10S", "5m, PT5M", "2h, PT2H", "1d, PT24H", "500ms, PT0.5S", "1h30m, PT1H30M",
        "PT30S, PT30S", "P1D, PT24H", "0, PT0S", "0s, PT0S", "1h 30m, PT1H30M", "365d, PT8760H",
    })
    void times(String written, String iso) {
        assertThat(
                        plan(with(
                                        "duration: 10m }\n  - { name: full",
                                        "duration: " + written + " }\n  - { name: full"))
                                .step(0)
                                .duration())
                .isEqualTo(Duration.parse(iso));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @DisplayName("reads the share")
    @CsvSource({
        "5%, 0.05",
        "0.05, 0.05",
        "5e-2, 0.05",
        "'\"0.05\"', 0.05",
        "7 %, 0.07",
        "0.01%, 0.0001",
        "29%, 0.29",
        "99.99%, 0.9999"
    })
    void shares(String written, double fraction) {
        assertThat(plan(with("share: 5%", "share: " + written)).step(0).share())
                .isEqualTo(new Share(fraction));
    }

    @Test
    @DisplayName("takes share 1 for all calls")
    void shareOfOne() {
        assertThat(plan(with("share: 100%", "share: 1")).step(1).share()).isEqualTo(Share.ALL);
    }

    @Test
    @DisplayName("lets a mean be capped at 5 times its limit unless it says otherwise")
    void defaultCap() {
        assertThat(plan(condition("avg_cost_usd >= 0.10")).conditions().getFirst().cap())
                .isEqualTo(0.5);
        assertThat(
                        plan(condition("avg_cost_usd >= 0.10") + "costCap: 2\n")
                                .conditions()
                                .getFirst()
                                .cap())
                .isEqualTo(2.0);
    }

    @Test
    @DisplayName("caps a relative mean by the fixed condition on the same metric")
    void relativeCap() {
        var plan = plan(condition("avg_cost_usd >= 2 * baseline\n  - avg_cost_usd >= 0.10"));

        assertThat(plan.conditions()).extracting(Condition::cap).containsExactly(0.5, 0.5);
    }

    @Test
    @DisplayName("may define a rate over a label")
    void metric() {
        var plan = plan(condition("rude_rate >= 3%") + "metrics: { rude_rate: { label: rude } }\n");

        assertThat(plan.conditions().getFirst().metric())
                .isEqualTo(new Metric.Rate("rude_rate", "rude"));
        assertThat(plan.conditions().getFirst().limit()).isEqualTo(new Limit.Absolute(0.03));
    }

    @Test
    @DisplayName("may define a mean and a percentile of a number, with the cap of the mean")
    void number() {
        var plan =
                plan(
                        condition(
                                        "answer_length >= 300\n  - answer_length >= 1.5 * baseline\n"
                                                + "  - p99_5_words <= 20\n  - other >= 4\n"
                                                + "  - { when: other >= 5, cap: 30 }")
                                + """
                                metrics:
                                  answer_length: { number: output_words, cap: 2000 }
                                  p99_5_words: { number: output_words, percentile: 99.5 }
                                  other: { number: tool calls }
                                costCap: { other: 40 }
                                """);
        var words = new Measure.Named("output_words");
        var length = new Metric.Mean("answer_length", words);
        var other = new Metric.Mean("other", new Measure.Named("tool calls"));

        assertThat(plan.conditions())
                .extracting(Condition::metric)
                .containsExactly(
                        length,
                        length,
                        new Metric.Percentile("p99_5_words", words, 0.995),
                        other,
                        other);
        assertThat(plan.conditions())
                .extracting(Condition::cap)
                .containsExactly(2000.0, 2000.0, null, 40.0, 30.0);
        assertThat(plan.conditions().get(2).limit()).isEqualTo(new Limit.Absolute(20));
    }

    @Test
    @DisplayName("is refused where it compares the mean of a number and gives no cap")
    void numberWithoutCap() {
        var document =
                condition("words >= 1.5 * baseline") + "metrics: { words: { number: output } }\n";
        var refused = (PlanReading.Refused) PlanReader.read(document, Known.NOTHING);

        assertThat(refused.errors())
                .extracting(PlanError::message)
                .containsExactly(
                        "words has no cap, so nobody could prove it small; write metrics: {words:"
                                + " {number: output, cap: …}} with the most that one call can"
                                + " measure (got words >= 1.5 * baseline)");
    }

    @Test
    @DisplayName("may leave out the baseline where the route has a model")
    void baselineOfRoute() {
        var document = with("baseline: gpt-3.5\n", "");

        assertThat(Documents.read(document, Known.model("gpt-3.5")).plan()).isEqualTo(plan(GOOD));
    }

    @Test
    @DisplayName("is refused where it names another baseline than the route's model")
    void otherBaseline() {
        var refused = (PlanReading.Refused) PlanReader.read(GOOD, Known.model("claude"));

        assertThat(refused.errors())
                .containsExactly(
                        new PlanError(
                                2,
                                11,
                                "baseline",
                                "gpt-3.5",
                                "the route's model is claude; write baseline: claude or leave it"
                                        + " out (got gpt-3.5)"));
    }

    @Test
    @DisplayName("gives the time of its approvals to each gate that names none of its own")
    void gateTimes() {
        var plan =
                plan(
                        """
                        route: chat
                        baseline: gpt-3.5
                        candidate: gpt-4
                        steps:
                          - { name: open, share: 1%, duration: 10m }
                          - { name: plain, share: 5%, duration: 10m, gate: manual }
                          - { name: strict, share: 10%, duration: 10m, gate: { then: reject } }
                          - { name: own, share: 50%, duration: 10m, gate: { within: 30m } }
                          - { name: full, share: 100%, duration: 10m }
                        rollback:
                          - error_rate >= 10%
                        approvals: { count: 2, notBy: starter, within: 4h }
                        """);

        assertThat(plan.approvals()).isEqualTo(new Plan.Approvals(2, true));
        assertThat(plan.steps())
                .extracting(Step::gate)
                .containsExactly(
                        null,
                        new Gate("", Duration.ofHours(4), Gate.Lapse.STAY),
                        new Gate("", Duration.ofHours(4), Gate.Lapse.REJECT),
                        new Gate("", Duration.ofMinutes(30), Gate.Lapse.STAY),
                        null);
    }

    @Test
    @DisplayName("asks for its own route only")
    void asksForItsRoute() {
        var reading =
                PlanReader.read(
                        with("baseline: gpt-3.5\n", ""),
                        route -> Known.model(route.equals("chat") ? "gpt-3.5" : "other"));

        assertThat(((PlanReading.Read) reading).plan().baseline()).isEqualTo("gpt-3.5");
    }

    @Test
    @DisplayName("is told of all its independent errors at once, by line")
    void allErrors() {
        var document =
                with("share: 5%", "share: 5")
                        .replace("error_rate >= 10%", "eror_rate >= 10%")
                        .replace("candidate: gpt-4", "candidate: gpt-3.5");

        assertThat(errors(document))
                .extracting(PlanError::field)
                .containsExactly("candidate", "steps[0].share", "rollback[0]");
    }

    @Test
    @DisplayName("may share values by alias")
    void aliases() {
        var document =
                with("duration: 10m }\n  - { name: full", "duration: &d 10m }\n  - { name: full")
                        .replace("100%, duration: 10m", "100%, duration: *d");

        assertThat(plan(document)).isEqualTo(plan(GOOD));
    }

    @Test
    @DisplayName("may begin with a byte order mark and end its lines as Windows does")
    void windows() {
        var bytes = ("\uFEFF" + GOOD.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);

        assertThat(((PlanReading.Read) PlanReader.read(bytes, _ -> Known.NOTHING)).plan())
                .isEqualTo(plan(GOOD));
    }

    @Test
    @DisplayName("that is no UTF-8 is refused with the byte and the line")
    void badUtf8() {
        byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
        bytes[GOOD.indexOf("gpt-4")] = (byte) 0xE9;

        var refused = (PlanReading.Refused) PlanReader.read(bytes, _ -> Known.NOTHING);

        assertThat(refused.errors())
                .containsExactly(
                        new PlanError(
                                3,
                                12,
                                "plan",
                                "0xE9",
                                "byte 41 is not UTF-8; save the file as UTF-8 (got 0xE9)"));
    }

    @Test
    @DisplayName("that ends within a character is refused")
    void cutUtf8() {
        byte[] bytes = {'a', ':', ' ', (byte) 0xC3};

        assertThat(PlanReader.read(bytes, _ -> Known.NOTHING))
                .isInstanceOf(PlanReading.Refused.class);
    }

    @Test
    @DisplayName("over 1 MB is not looked at")
    void tooLarge() {
        var padding = "#".repeat(PlanReader.MOST_BYTES - GOOD.length());

        assertThat(PlanReader.read(GOOD + padding, Known.NOTHING))
                .isInstanceOf(PlanReading.Read.class);
        assertThat(PlanReader.read(GOOD + padding + "#", Known.NOTHING))
                .isEqualTo(new PlanReading.TooLarge(PlanReader.MOST_BYTES + 1));
        assertThat(PlanReader.read(new byte[PlanReader.MOST_BYTES + 1], _ -> Known.NOTHING))
                .isEqualTo(new PlanReading.TooLarge(PlanReader.MOST_BYTES + 1));
    }

    @ParameterizedTest
    @DisplayName("that would exhaust the reader is refused")
    @ValueSource(strings = {"[", "{a: ", "- "})
    void deep(String opening) {
        assertThat(errors("route: " + opening.repeat(100_000)).getFirst().line()).isEqualTo(1);
    }

    @Test
    @DisplayName("whose aliases multiply is refused")
    void aliasBomb() {
        var bomb = new StringBuilder("a: &l0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append(
                    "b%1$d: &l%1$d [%2$s]\n"
                            .formatted(
                                    i, List.of("*l" + (i - 1)).getFirst().concat(",").repeat(10)));
        }

        assertThat(errors(bomb.toString()))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.message()).contains("aliases make the plan too large");
                    assertThat(error.line()).isEqualTo(4);
                });
    }

    @Test
    @DisplayName("is kept as it was read")
    void source() {
        assertThat(Documents.read(GOOD, Known.NOTHING).source()).isEqualTo(GOOD);
    }
}
