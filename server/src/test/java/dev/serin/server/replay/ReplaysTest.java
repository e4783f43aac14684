package dev.serin.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Outcome;
import dev.serin.server.problem.WrongUse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A replay of recorded calls")
class ReplaysTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest(name = "{0} ends {1}")
    @CsvSource({"steady-70b.json, 0", "slow-7b.json, 2", "failing-13b.json, 2"})
    @DisplayName("ends as the calls deserve, with the exit code for a pipeline")
    void endsAsItMust(String candidate, int exitCode) {
        assertThat(play("plan.yaml", candidate, null, false).exitCode()).isEqualTo(exitCode);
    }

    @Test
    @DisplayName("names the condition that rolled back, with its numbers")
    void saysWhy() {
        assertThat(reason(play("plan.yaml", "slow-7b.json", null, false)))
                .contains("latency")
                .contains("calls");
        assertThat(reason(play("plan.yaml", "failing-13b.json", null, false)))
                .containsIgnoringCase("error");
    }

    @Test
    @DisplayName("says how often it drew from a short file again, and with which seed")
    void saysWhatWasDrawnAgain() {
        var replay = play("plan.yaml", "steady-70b.json", null, false);
        assertThat(replay.source())
                .contains("40 recorded calls of quick-13b.json, drawn from again ")
                .contains("times (seed 1)")
                .contains("20 calls a second");
    }

    @Test
    @DisplayName("takes its arrivals from a trace, and names the trace's bad rows")
    void takesArrivals() {
        var trace = CallFileTest.resource("arrivals.csv");
        var replay = play("plan.yaml", "steady-70b.json", trace, false);

        assertThat(replay.exitCode()).isZero();
        assertThat(replay.source()).contains("arrivals.csv, 25.0");
        assertThat(told()).contains("arrivals.csv:202: ").contains("soon");
    }

    @Test
    @DisplayName("ends undecided, and soon, where the files hold nothing of a condition")
    void endsUndecidedWithoutLabels() throws IOException {
        var replay = play("plan-with-labels.yaml", "steady-70b.json", null, false);

        assertThat(replay.exitCode()).isEqualTo(3);
        assertThat(told())
                .contains("hallucination_rate >= 0.08 can never be met")
                .contains("steady-70b.json holds no labels named hallucination");
        var json = new ObjectMapper().readTree(replay.json(null));
        assertThat(json.path("outcome").asText()).isEqualTo("undecided");
        assertThat(json.path("reason").asText()).containsIgnoringCase("hallucination");
        assertThat(json.path("warnings")).hasSize(1);
    }

    @Test
    @DisplayName("still rolls back where the files hold nothing of another condition")
    void rollsBackWithoutLabels() {
        assertThat(play("plan-with-labels.yaml", "failing-13b.json", null, false).exitCode())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("approves its own gates and says so, or ends at the first one")
    void treatsGates() {
        var through = play("plan.yaml", "steady-70b.json", null, false);
        assertThat(through.played().entries())
                .filteredOn(Entry.Approved.class::isInstance)
                .extracting(entry -> ((Entry.Approved) entry).why())
                .singleElement()
                .asString()
                .contains("asks nobody");

        assertThat(play("plan.yaml", "steady-70b.json", null, true).exitCode()).isEqualTo(4);
    }

    @Test
    @DisplayName(
            "ends at the first gate where that is asked for, though the gate would reject itself")
    void endsAtGates(@TempDir Path folder) throws IOException {
        var plan = Files.readString(CallFileTest.resource("plan.yaml"));
        assertThat(plan).contains("gate: manual");
        var hasty =
                Files.writeString(
                        folder.resolve("hasty.yaml"),
                        plan.replace(
                                "gate: manual", "gate: {kind: manual, within: 4h, then: reject}"));
        var played = Replays.play(request(hasty, "steady-70b.json", null, true), NOW, System.err);
        assertThat(played.exitCode()).isEqualTo(4);
        assertThat(played.played().entries()).noneMatch(Entry.RolledBack.class::isInstance);
    }

    @Test
    @DisplayName("reads the labels of objectives too, and promotes none that used its budget up")
    void readsObjectives(@TempDir Path folder) throws IOException {
        var plan =
                Files.writeString(
                        folder.resolve("plan.yaml"),
                        """
                        route: chat
                        baseline: old
                        candidate: new
                        steps:
                          - { share: 50%, duration: 10s }
                          - { share: 100%, duration: 10s }
                        rollback: [ error_rate >= 20% ]
                        objectives: [ { indicator: policy_compliance, target: 95% } ]
                        patience: { calls: 500 }
                        """);
        var calls = folder.resolve("calls.csv");
        Files.writeString(
                calls,
                "latency_ms,status,policy_violation,hallucination\n"
                        + "500,200,false,0.12\n500,200,true,low\n".repeat(100));
        var request = new Replays.Request(plan, calls, calls, null, 1, false, true);
        var replay = Replays.play(request, NOW, System.err);

        assertThat(replay.exitCode()).isEqualTo(3);
        assertThat(replay.played().waitsFor()).contains("policy_compliance", "used up");
    }

    @Test
    @DisplayName("is over when it is told of, and gives itself again for its seed")
    void isOverAndRepeatable() {
        var one = play("plan.yaml", "steady-70b.json", null, false);
        assertThat(one.played().end()).isEqualTo(NOW);
        assertThat(play("plan.yaml", "steady-70b.json", null, false).played())
                .isEqualTo(one.played());
    }

    @Test
    @DisplayName("is one scenario as JSON, with its id, and a table as Markdown")
    void tells() throws IOException {
        var replay = play("plan.yaml", "slow-7b.json", null, false);

        var json = new ObjectMapper().readTree(replay.json("run-1"));
        assertThat(json.path("id").asText()).isEqualTo("run-1");
        assertThat(json.path("outcome").asText()).isEqualTo("rolledBack");
        assertThat(json.at("/steps/1/name").asText()).isEqualTo("5% canary");
        assertThat(json.at("/steps/1/findings/1/finding").asText()).isEqualTo("breached");
        assertThat(json.at("/steps/1/findings/1/high").isNull()).isTrue();

        assertThat(replay.summary("run-1"))
                .startsWith("## Serin replay: rolled back")
                .contains("| 5% canary | 5 % |")
                .contains("**breached**")
                .contains("run `run-1`");
    }

    @Test
    @DisplayName("refuses a plan that cannot be read, with line and mend")
    void refusesBadPlans(@TempDir Path folder) throws IOException {
        var plan = Files.writeString(folder.resolve("plan.yaml"), "route: x\nsteps: 7\n");
        var request = request(plan, "steady-70b.json", null, false);
        assertThatThrownBy(() -> Replays.play(request, NOW, System.err))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining(plan + ":");
    }

    @Test
    @DisplayName("needs no name of the baseline where the history does not keep it")
    void needsNoBaseline(@TempDir Path folder) throws IOException {
        var plan = Files.readString(CallFileTest.resource("plan.yaml"));
        var nameless =
                Files.writeString(
                        folder.resolve("nameless.yaml"),
                        plan.replace("baseline: quick/llama-13b\n", ""));
        var request = request(nameless, "slow-7b.json", null, false, false);
        assertThat(Replays.play(request, NOW, System.err).exitCode()).isEqualTo(2);

        var kept = request(nameless, "slow-7b.json", null, false, true);
        assertThatThrownBy(() -> Replays.play(kept, NOW, System.err))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("write baseline: NAME, or add --no-history");
    }

    @ParameterizedTest(name = "{0} ends {1}")
    @CsvSource({"fireworks_70b, 0", "replicate_7b, 2", "bedrock_13b, 2"})
    @DisplayName("of the real calls ends as their table says")
    void endsAsRealCallsDeserve(String candidate, int exitCode) {
        var folder = recordedCalls();
        assumeTrue(
                Files.isDirectory(folder),
                "no recorded calls in %s: set SERIN_RECORDED_CALLS to try the real ones"
                        .formatted(folder));
        var request =
                new Replays.Request(
                        CallFileTest.resource("plan.yaml"),
                        folder.resolve("llmperf/anyscale_13b.json"),
                        folder.resolve("llmperf/%s.json".formatted(candidate)),
                        folder.resolve("azure/AzureLLMInferenceTrace_conv.csv"),
                        1,
                        false,
                        true);
        assertThat(Replays.play(request, NOW, System.err).exitCode()).isEqualTo(exitCode);
    }

    private static Path recordedCalls() {
        var named = System.getenv("SERIN_RECORDED_CALLS");
        return named != null ? Path.of(named) : Path.of("../../shared/data");
    }

    private Replays play(
            String plan, String candidate, @Nullable Path arrivals, boolean untilGate) {
        var request = request(CallFileTest.resource(plan), candidate, arrivals, untilGate);
        return Replays.play(request, NOW, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static Replays.Request request(
            Path plan, String candidate, @Nullable Path arrivals, boolean untilGate) {
        return request(plan, candidate, arrivals, untilGate, true);
    }

    private static Replays.Request request(
            Path plan, String candidate, @Nullable Path arrivals, boolean untilGate, boolean kept) {
        return new Replays.Request(
                plan,
                CallFileTest.resource("quick-13b.json"),
                CallFileTest.resource(candidate),
                arrivals,
                1,
                untilGate,
                kept);
    }

    private static String reason(Replays replay) {
        return replay.played().rollout().outcome().map(Outcome::reason).orElseThrow();
    }

    private String told() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
