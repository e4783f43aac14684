package dev.serin.server.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("serin check")
class CheckCommandTest {

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int check(String... arguments) {
        return new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String file(String document) throws IOException {
        return Files.writeString(folder.resolve("plan.yaml"), document).toString();
    }

    @Test
    @DisplayName("says of a plan in one line what it does, then warns")
    void good() {
        assertThat(check("../plans/model-upgrade.yaml")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "support-chat: gpt-3.5-turbo → gpt-4, 5 steps, 4 conditions",
                        "warning: ../plans/model-upgrade.yaml:10:5: steps[4]: the last step lasts"
                                + " 0s, so nobody watches the candidate at 100%; write duration: 10m",
                        "warning: ../plans/model-upgrade.yaml:13:5: rollback[1]: labels count as"
                                + " they come, and bad verdicts that come first look like a bad"
                                + " model; if labels come after their call, write labels: { share:"
                                + " 20%, deadline: 2h }",
                        "warning: ../plans/model-upgrade.yaml:14:5: rollback[2]: p95_latency_ms"
                                + " grows with the length of the answers; also limit p95_ttft_ms or"
                                + " p95_ms_per_token");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    @DisplayName("names the providers where only they tell the models apart")
    void providers() throws IOException {
        var document =
                Documents.GOOD
                        .replace("gpt-3.5", "openai/gpt-4")
                        .replace(": gpt-4", ": azure/gpt-4");

        assertThat(check(file(document))).isZero();
        assertThat(out.toString())
                .startsWith("chat: openai/gpt-4 → azure/gpt-4, 2 steps, 1 condition");
    }

    @Test
    @DisplayName("gives each error a line with its place, and ends with 1")
    void bad() throws IOException {
        var file = file(Documents.with("share: 5%", "share: 5").replace("gpt-4", "gpt-3.5"));

        assertThat(check(file)).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        file
                                + ":3:1: candidate: the candidate is the baseline itself; name"
                                + " another model (got gpt-3.5)",
                        file
                                + ":5:28: steps[0].share: 5 without % would be 5 times all calls;"
                                + " write 5%");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @DisplayName("lets a plan leave its baseline to the route, and says so")
    void withoutBaseline() throws IOException {
        assertThat(check(file(Documents.with("baseline: gpt-3.5\n", "")))).isZero();
        assertThat(out.toString())
                .startsWith("chat: (the route's model) → gpt-4")
                .contains("baseline is left out");
    }

    @Test
    @DisplayName("warns of short steps when it is told the traffic")
    void traffic() throws IOException {
        assertThat(check(file(Documents.GOOD), "--calls-per-second", "0.5")).isZero();
        assertThat(out.toString()).contains("canary needs about 50 calls to meet error_rate");
    }

    @Test
    @DisplayName("says in one line that there is no such file")
    void missing() {
        assertThat(check("no/such.yaml")).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("no/such.yaml: no such file");
    }

    @Test
    @DisplayName("says in one line that the file is a directory or too large")
    void unreadable() throws IOException {
        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(check(file("#".repeat(PlanReader.MOST_BYTES + 1)))).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        folder + ": this is a directory",
                        folder.resolve("plan.yaml") + ": a plan has at most 1 MB");
    }

    @Test
    @DisplayName("answers with one JSON document when it is asked to")
    void json() throws IOException {
        assertThat(check("--json", file(Documents.GOOD))).isZero();
        var good = new ObjectMapper().readTree(out.toString());
        assertThat(good.get("valid").booleanValue()).isTrue();
        assertThat(good.at("/plan/steps/0/share").doubleValue()).isEqualTo(0.05);
        out.getBuffer().setLength(0);

        assertThat(check("--json", file(Documents.condition("error_rate >= 10")))).isEqualTo(1);
        var error = new ObjectMapper().readTree(out.toString()).at("/errors/0");
        assertThat(error.get("line").intValue()).isEqualTo(8);
        assertThat(error.get("field").textValue()).isEqualTo("rollback[0]");
        assertThat(error.get("message").textValue()).contains("write 10%");
        out.getBuffer().setLength(0);

        assertThat(check("--json", "no/such.yaml")).isEqualTo(1);
        assertThat(new ObjectMapper().readTree(out.toString()).at("/errors/0/message").textValue())
                .startsWith("no such file");
        assertThat(err.toString()).isEmpty();
    }
}
