package dev.serin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The command line")
class SerinTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    dmeo                 | 'dmeo'
                    demo --prot 1        | '--prot'
                    demo --port high     | '--port': 'high'
                    demo --port 70000    | --port 70000: a port is 0 to 65535
                    demo --seed          | '--seed'
                    serve --data here    | add --embedded
                    provider --port 70000        | --port 70000: a port is 0 to 65535
                    provider --profile nobody    | --profile nobody is no profile
                    provider --fault flood       | --fault flood: there is no such fault; write one of latency_spike
                    provider --profile gpt-4 --profile gpt-4 | two profiles are named gpt-4
                    lab ../plans/model-upgrade.yaml --calls-per-second -3 | --calls-per-second is a number of calls a second above 0
                    lab ../plans/model-upgrade.yaml --runs 1000000000 | --runs is a whole number from 1 to 1,000,000, got 1000000000
                    backtest nope ../plans/model-upgrade.yaml    | RUN is the id of a run, such as 4df1046a-8082-4634-9ba3-9969bc55085b, got nope
                    lab ../plans/model-upgrade.yaml --seed x     | --seed is a whole number, got x
                    replay --no-history --plan no.yaml --baseline b.csv --candidate c.csv | serin: no.yaml: no such file
                    lab ../plans/model-upgrade.yaml --candidate nobody.yaml | nobody.yaml is no profile: there is no such file
                    """)
    @DisplayName(
            "answers a mistake in one line that names the field and the value, and ends with 1")
    void answersMistakes(String line, String named) {
        assertThat(run(line.split(" "))).isEqualTo(1);
        assertThat(err.toString()).startsWith("serin: ").contains(named).containsOnlyOnce("\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @DisplayName("ends with 1 when it is asked for nothing")
    void endsWithOneWithoutCommand() {
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString()).contains("serin --help");
    }

    @Test
    @DisplayName("refuses a named port that another program has")
    void refusesTakenPort() throws Exception {
        try (var taken = new ServerSocket(0)) {
            assertThat(run("demo", "--port", Integer.toString(taken.getLocalPort()))).isEqualTo(1);
        }
        assertThat(err.toString()).contains("another program listens there").containsOnlyOnce("\n");
    }

    @Test
    @DisplayName("passes over the usual port when another program has it")
    void passesOverTheUsualPort() throws Exception {
        int free = Ports.usual();
        try (var _ = new ServerSocket(free)) {
            assertThat(Ports.usual()).isGreaterThan(free);
        }
    }

    @Test
    @DisplayName("says the same of a command, whether it knows that one alone or all of them")
    void oneCommandAlone() {
        var all = Serin.commandLine().getSubcommands();
        assertThat(all).hasSizeGreaterThan(20);
        all.forEach((name, among) -> {
            var alone = Serin.commandLine(name).getSubcommands().get(name);
            assertThat(alone.getUsageMessage()).isEqualTo(among.getUsageMessage());
        });
        assertThat(Serin.commandLine("serve").getSubcommands()).containsOnlyKeys("serve");
    }

    @Test
    @DisplayName("completes every command in a shell")
    void completes() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("serve demo check apply");
    }

    @Test
    @DisplayName("tells its version, as the build wrote it")
    void tellsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("serin \\d+\\.\\d+\\.\\d+.*\\R");
    }

    private int run(String... args) {
        return Serin.commandLine(args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
