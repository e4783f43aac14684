package dev.serin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

@QuarkusTest
@EnabledOnOs({OS.LINUX, OS.MAC})
@DisplayName("The GitHub Action")
class ActionTest {

    private static final Path ACTION = Path.of("../.github/actions/upgrade/action.yml");

    @Inject Server server;
    @TempDir Path dir;

    @Test
    @DisplayName("puts no text of others into a script, and says what its inputs and outputs are")
    @SuppressWarnings("unchecked")
    void isSafe() throws Exception {
        var action = action();
        assertThat(action).containsOnlyKeys("name", "description", "inputs", "outputs", "runs");
        assertThat(((Map<String, Map<String, Object>>) action.get("inputs")).values())
                .allSatisfy(input -> assertThat(input).containsKey("description"));
        for (var step : steps()) {
            assertThat(step)
                    .containsAnyOf(Map.entry("shell", "bash"), Map.entry("uses", uses(step)));
            assertThat(step.getOrDefault("run", "").toString()).doesNotContain("${{");
        }
    }

    @Test
    @DisplayName("starts a plan, ends well at its gate, and comments on the pull request")
    void runsToTheGate() throws Exception {
        var plan = Files.writeString(dir.resolve("plan.yaml"), Server.plan(Server.newRoute()));
        program();
        var env = environment();
        env.put("PLAN", plan.toString());
        assertThat(step("Start", env)).isZero();
        var rollout = output("rollout");
        server.toGate(rollout);

        env.put("ROLLOUT", rollout);
        env.put("TIMEOUT", "1m");
        env.put("UNTIL_GATE", "true");
        env.put("JUNIT", dir.resolve("junit.xml").toString());
        assertThat(step("Wait", env)).isZero();
        assertThat(output("outcome")).isEqualTo("gate");
        assertThat(dir.resolve("junit.xml")).exists();
        assertThat(dir.resolve("step-summary.md")).content().contains("waits at its gate");

        env.put("PULL_REQUEST", "17");
        assertThat(step("Comment", env)).isZero();
        assertThat(dir.resolve("gh")).content().contains("pr comment 17 --repo acme/chat");
        assertThat(dir.resolve("gh-body")).content().contains("waits at its gate");
        env.put("OUTCOME", "gate");
        assertThat(step("End", env)).isZero();
        env.put("OUTCOME", "rolledBack");
        assertThat(step("End", env)).isEqualTo(1);
    }

    private static Object uses(Map<String, Object> step) {
        return step.getOrDefault("uses", "");
    }

    /// Both programs that the steps call: ours, and a `gh` that only writes down what it is told.
    private void program() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        executable(
                "serin",
                "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.serin.server.Main \"$@\""
                        .formatted(java, System.getProperty("java.class.path")));
        Files.createDirectory(dir.resolve("bin"));
        executable(
                "bin/gh",
                "echo \"$@\" >'%s/gh'; while [ $# -gt 1 ]; do shift; done; cp \"$1\" '%s/gh-body'"
                        .formatted(dir, dir));
    }

    private void executable(String name, String script) throws Exception {
        var file = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Map<String, String> environment() {
        var env = new HashMap<String, String>();
        env.put("SERIN", dir.resolve("serin").toString());
        env.put("SERIN_SERVER", "http://localhost:" + RestAssured.port);
        env.put("SERIN_TOKEN", "");
        env.put("GITHUB_OUTPUT", dir.resolve("output").toString());
        env.put("GITHUB_STEP_SUMMARY", dir.resolve("step-summary.md").toString());
        env.put("GITHUB_REPOSITORY", "acme/chat");
        env.put("RUNNER_TEMP", dir.toString());
        env.put("PATH", dir.resolve("bin") + ":" + System.getenv("PATH"));
        return env;
    }

    /// Runs a step as a runner does.
    private int step(String name, Map<String, String> env) throws Exception {
        var step =
                steps().stream().filter(s -> name.equals(s.get("name"))).findFirst().orElseThrow();
        var script = Files.writeString(dir.resolve("script"), step.get("run").toString());
        var builder =
                new ProcessBuilder(
                        "bash", "--noprofile", "--norc", "-eo", "pipefail", script.toString());
        builder.environment().putAll(env);
        return builder.inheritIO().start().waitFor();
    }

    private String output(String name) throws Exception {
        return Files.readAllLines(dir.resolve("output")).stream()
                .filter(line -> line.startsWith(name + "="))
                .reduce((_, last) -> last)
                .orElseThrow()
                .substring(name.length() + 1);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> steps() throws Exception {
        return (List<Map<String, Object>>)
                ((Map<String, Object>) action().get("runs")).get("steps");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> action() throws Exception {
        var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
        return (Map<String, Object>) new Load(settings).loadFromString(Files.readString(ACTION));
    }
}
