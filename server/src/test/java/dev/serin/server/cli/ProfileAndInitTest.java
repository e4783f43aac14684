package dev.serin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.profile.ProfileFile;
import dev.serin.server.profile.ProfileFiles;
import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.RealisticProfile;
import dev.serin.simulator.profile.Speed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("serin profile and serin init")
class ProfileAndInitTest {

    private static final String REPLAY = "src/test/resources/replay/";

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    @DisplayName("fit a profile to a benchmark's calls, and say how well and what is missing")
    void fitsLlmPerf() throws IOException {
        var file = profile(REPLAY + "steady-70b.json", "--name", "steady");
        var profile = (RealisticProfile) file.profile();

        assertThat(profile.name()).isEqualTo("steady");
        assertThat(profile.speed())
                .isInstanceOfSatisfying(
                        Speed.Streamed.class,
                        speed -> {
                            assertThat(speed.ttftMs().at(0.5)).isBetween(400.0, 800.0);
                            assertThat(speed.msPerToken().at(0.5)).isBetween(15.0, 35.0);
                        });
        assertThat(profile.price()).isNull();
        assertThat(profile.failures().rate()).isEqualTo(0.0);
        assertThat(out.toString())
                .startsWith("# Fitted by serin profile to 40 calls of steady-70b.json.\n")
                .contains("# ttftMs: p50 ", " of 40 calls; fitted p50 ")
                .contains("# latency in ms: p50 ")
                .contains("# - price: no call says what it cost")
                .contains("# - arrivals: no call says when it began");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    @DisplayName("keep the classes of failure, by how often they came")
    void fitsFailures() throws IOException {
        var profile = (RealisticProfile) profile(REPLAY + "failing-13b.json").profile();

        assertThat(profile.name()).isEqualTo("failing-13b");
        assertThat(profile.failures().rate()).isBetween(0.3, 0.9);
        assertThat(profile.failures().classes())
                .extracting(it -> it.name())
                .contains("429", "output too few tokens");
    }

    @Test
    @DisplayName("fit numbers of a plan's own that are asked for, and say which no call carries")
    void fitsNumbers() throws IOException {
        var csv = new StringBuilder("latency_ms,status,output_words\n");
        for (int i = 0; i < 400; i++) {
            csv.append("%d,200,%d\n".formatted(500 + i, 100 + i % 101));
        }
        var calls = Files.writeString(folder.resolve("words.csv"), csv).toString();

        var asked =
                (RealisticProfile)
                        profile(calls, "--number", "output_words", "--number", "hops").profile();
        assertThat(asked.numbers()).containsOnlyKeys("output_words");
        assertThat(asked.numbers().get("output_words").at(0.5)).isCloseTo(150, within(15.0));
        assertThat(out.toString())
                .contains("# numbers.output_words: p50 150, p95 ")
                .contains("# - numbers.hops: no call carries it");

        out.getBuffer().setLength(0);
        assertThat(((RealisticProfile) profile(calls).profile()).numbers()).isEmpty();
    }

    @Test
    @DisplayName("fit prices and labels where the calls have them, and name rows they cannot read")
    void fitsPricesAndLabels() throws IOException {
        var csv =
                new StringBuilder(
                        "at,latency_ms,status,tokens_in,tokens_out,cost_usd,hallucination\n");
        for (int i = 0; i < 400; i++) {
            int in = 200 + 7 * (i % 100);
            int outTokens = 50 + 3 * (i % 71);
            csv.append(
                    "%d,%d,%d,%d,%d,%s,%s\n"
                            .formatted(
                                    1_700_000_000 + 3 * i,
                                    500 + i,
                                    i % 50 == 0 ? 500 : 200,
                                    in,
                                    outTokens,
                                    (in * 2.5 + outTokens * 10) / 1e6,
                                    i % 2 == 0 ? "" : i % 10 == 1));
        }
        csv.append("1700000000,minus,200,1,1,1,\n");
        var file = profile(Files.writeString(folder.resolve("calls.csv"), csv).toString());
        var profile = (RealisticProfile) file.profile();

        var price = Objects.requireNonNull(profile.price());
        assertThat(price.inUsdPerMillion()).isCloseTo(2.5, within(0.01));
        assertThat(price.outUsdPerMillion()).isCloseTo(10, within(0.01));
        assertThat(profile.failures().rate()).isEqualTo(0.02);
        assertThat(profile.verdicts().getFirst().rate()).isCloseTo(0.2, within(0.01));
        assertThat(profile.verdicts().getFirst().share()).isCloseTo(0.5, within(0.02));
        assertThat(profile.speed()).isInstanceOf(Speed.Whole.class);
        assertThat(Objects.requireNonNull(file.arrivals()).perSecond())
                .isCloseTo(1 / 3.0, within(0.001));
        assertThat(err.toString()).contains("calls.csv:402: latency_ms is a number, got minus");
    }

    @Test
    @DisplayName("fit tokens and arrivals of a trace that says nothing else")
    void fitsTraces() throws IOException {
        var file = profile(REPLAY + "arrivals.csv");
        var profile = (RealisticProfile) file.profile();

        assertThat(profile.tokensIn()).isNotNull();
        assertThat(profile.tokensOut()).isNotNull();
        assertThat(profile.speed()).isInstanceOf(Speed.Unknown.class);
        assertThat(profile.failures().rate()).isNull();
        assertThat(file.arrivals()).isNotNull();
        assertThat(out.toString()).contains("# - errorRate: no call says whether it failed");
    }

    @ParameterizedTest
    @CsvSource({
        "anyscale_13b, 1264, 1590",
        "fireworks_70b, 3770, 4220",
        "replicate_7b, 4990, 7660",
        "bedrock_13b, 4000, 4490"
    })
    @DisplayName("come within a tenth of the latencies of real calls")
    void fitsRealCalls(String name, double p50, double p95) throws IOException {
        var data = recorded("llmperf/" + name + ".json");
        run("profile", "--json", data.toString());
        var json = new ObjectMapper().readTree(out.toString());

        assertThat(json.path("calls").asInt()).isEqualTo(150);
        for (var fit : json.path("fits")) {
            assertThat(fit.at("/fitted/p50").doubleValue())
                    .isCloseTo(
                            fit.at("/data/p50").doubleValue(),
                            within(0.1 * fit.at("/data/p50").doubleValue()));
        }
        var numbers =
                json.path("latency")
                        .asText()
                        .replaceAll(".*the profile's p50 ([0-9.]+), p95 ([0-9.]+)", "$1 $2")
                        .split(" ");
        assertThat(Double.parseDouble(numbers[0])).isCloseTo(p50, within(0.1 * p50));
        assertThat(Double.parseDouble(numbers[1])).isCloseTo(p95, within(0.15 * p95));
    }

    @Test
    @DisplayName("find the rhythm and the lengths that others found in Azure's trace")
    void fitsAzure() throws IOException {
        var file = profile(recorded("azure/AzureLLMInferenceTrace_conv.csv").toString());
        var rhythm = Objects.requireNonNull(file.arrivals());

        assertThat(rhythm.perSecond()).isCloseTo(5.53, within(0.05));
        assertThat(rhythm.shape()).isCloseTo(0.90, within(0.06));
        assertThat(rhythm.swing()).isBetween(0.1, 0.35);
        var tokens = Objects.requireNonNull(((RealisticProfile) file.profile()).tokensOut());
        assertThat(tokens).isInstanceOf(Distribution.Quantiles.class);
        assertThat(tokens.at(0.5)).isCloseTo(129, within(2.0));
        assertThat(tokens.at(0.95)).isCloseTo(451, within(5.0));
    }

    @Test
    @DisplayName("write no file over another unless they are told to")
    void keepsFiles() throws IOException {
        var there = Files.writeString(folder.resolve("there.yaml"), "mine").toString();

        assertThat(run("init", "--out", there)).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(
                        "serin: --out: %s is there already; name another file, or add --force\n"
                                .formatted(there));
        assertThat(run("profile", REPLAY + "quick-13b.json", "--out", there)).isEqualTo(1);
        assertThat(Path.of(there)).hasContent("mine");
        assertThat(out.toString()).isEmpty();

        assertThat(run("init", "--out", there, "--force")).isZero();
        assertThat(Files.readString(Path.of(there))).contains("route: my-route");
    }

    @Test
    @DisplayName("write a plan without a file that is one, with limits beside the baseline")
    void plansBlindly() {
        assertThat(run("init", "--route", "support", "--candidate", "openai/gpt-4o")).isZero();
        var read = plan(out.toString());

        assertThat(read.plan().route()).isEqualTo("support");
        assertThat(read.plan().candidate()).isEqualTo("openai/gpt-4o");
        assertThat(read.warnings()).isEmpty();
        assertThat(read.plan().conditions()).anyMatch(it -> it.isRelative());
        assertThat(read.plan().exposure())
                .as("nobody has measured how many calls of a good model are bad")
                .isNull();
        assertThat(out.toString())
                .contains("52 s", "hallucination_rate >= baseline + 2%", "# exposure: {");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steady-70b.json",
                "quick-13b.json",
                "slow-7b.json",
                "failing-13b.json",
                "named.csv",
                "named.ndjson",
                "arrivals.csv"
            })
    @DisplayName("write a plan by whatever a file holds, and its limits keep that baseline")
    void plansByCalls(String name) {
        assertThat(run("init", "--baseline", REPLAY + name)).isZero();
        var read = plan(out.toString());

        assertThat(read.plan().conditions()).isNotEmpty();
        assertThat(read.plan().exposure()).isNotNull();
        assertThat(out.toString().lines().filter(it -> it.length() > 130)).isEmpty();
        assertThat(read.plan().steps().getLast().share().fraction()).isEqualTo(0.95);
    }

    @Test
    @DisplayName("say of each limit what was measured of how many calls")
    void saysWhy() {
        run("init", "--baseline", REPLAY + "slow-7b.json");

        assertThat(out.toString())
                .contains("0% of 40 calls (95 % interval 0% to 8.76%)")
                .contains("p95_ttft_ms >= 1.5 * baseline")
                .contains("would roll back this baseline itself (p95 ")
                .contains("no call of slow-7b.json says what it cost")
                .contains("No call of slow-7b.json carries the label hallucination.");
    }

    @Test
    @DisplayName("tell costs of zero from costs that nobody tells")
    void tellsFreeCalls() throws IOException {
        var free = folder.resolve("free.ndjson");
        Files.writeString(
                free,
                "{\"latencyMs\": 800, \"error\": false, \"costUsd\": 0}\n".repeat(60)
                        + "{\"latencyMs\": 800, \"error\": false}\n".repeat(30));
        run("init", "--baseline", free.toString());

        assertThat(out.toString())
                .contains("of 90 calls")
                .contains("all 60 answers of free.ndjson that say what they cost were free");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    init --route a/b                 | --route: a route is made of letters
                    init --baseline no.json          | no.json cannot be read: there is no such file
                    init --candidate my-model --baseline-model my-model | --candidate: the candidate is the baseline itself
                    profile no.json                  | no.json cannot be read: there is no such file
                    profile                          | 'FILE'; serin profile --help
                    profile src/test/resources/replay/quick-13b.json --name=  | --name: a name is needed; write one
                    init --outt x                    | serin init --help
                    """)
    @DisplayName("answer wrong use in one line, and end with 1")
    void wrongUse(String line, String named) {
        assertThat(run(line.split(" "))).isEqualTo(1);
        assertThat(err.toString()).startsWith("serin: ").contains(named).containsOnlyOnce("\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @DisplayName("give one JSON document when they are asked to")
    void json() throws IOException {
        run("init", "--json", "--baseline", REPLAY + "named.csv");
        var json = new ObjectMapper().readTree(out.toString());

        assertThat(plan(json.path("source").asText()).plan().route()).isEqualTo("my-route");
        assertThat(json.at("/plan/route").asText()).isEqualTo("my-route");
        assertThat(json.path("written").isNull()).isTrue();
    }

    @Test
    @DisplayName("give the same for the same calls")
    void deterministic() {
        run("profile", REPLAY + "quick-13b.json");
        var first = out.toString();
        out.getBuffer().setLength(0);
        run("profile", REPLAY + "quick-13b.json");

        assertThat(out.toString()).isEqualTo(first).isNotEmpty();
    }

    /// The profile that was printed, read back.
    private ProfileFile profile(String... arguments) throws IOException {
        var words = new String[arguments.length + 1];
        words[0] = "profile";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        assertThat(run(words)).isZero();
        var file = Files.writeString(folder.resolve("printed.yaml"), out.toString());
        return ProfileFiles.named(file.toString());
    }

    private static PlanReading.Read plan(String text) {
        return switch (PlanReader.read(text, Known.NOTHING)) {
            case PlanReading.Read read -> read;
            case PlanReading.Refused(var errors) -> throw new AssertionError(errors + "\n" + text);
            case PlanReading.TooLarge large -> throw new AssertionError(large.message());
        };
    }

    /// Recorded calls that lie beside the project on the machines that have them.
    private static Path recorded(String name) {
        var named = System.getenv("SERIN_RECORDED_CALLS");
        var path = Path.of(named == null ? "../../shared/data" : named, name);
        assumeTrue(Files.exists(path), path + " is not on this machine");
        return path;
    }

    private int run(String... arguments) {
        return Serin.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
