package dev.serin.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The containers")
class ContainersTest {

    @Test
    @DisplayName("mount files that are in the repository")
    void mounts() throws IOException {
        var services = (Map<?, ?>) Root.yaml("docker-compose.yml").get("services");
        var named = (Map<?, ?>) Root.yaml("docker-compose.yml").get("volumes");
        assertThat(services.keySet().stream().map(Object::toString))
                .contains("postgres", "serin", "prometheus", "grafana");
        for (var service : services.values()) {
            var mounts = ((Map<?, ?>) service).get("volumes");
            for (var mount : mounts == null ? List.of() : (List<?>) mounts) {
                var from = mount.toString().split(":", 2)[0];
                if (from.startsWith("./")) {
                    assertThat(Root.of(from)).exists();
                } else {
                    assertThat(named.keySet().contains(from)).as(from).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.native"})
    @DisplayName("run as somebody without rights, and say whether they are well")
    void unprivileged(String file) throws IOException {
        var last = Root.text(file).substring(Root.text(file).lastIndexOf("\nFROM "));
        assertThat(last).containsPattern("\nUSER [1-9][0-9]*\n");
        assertThat(last).contains("\nHEALTHCHECK ");
        assertThat(last).contains("\nCMD [\"serve\"]");
    }

    @Test
    @DisplayName("let Prometheus read the metrics where they are")
    void scrape() throws IOException {
        var scrape =
                (Map<?, ?>)
                        ((List<?>)
                                        Root.yaml("deploy/prometheus/prometheus.yml")
                                                .get("scrape_configs"))
                                .getFirst();
        assertThat(scrape.get("metrics_path")).isEqualTo("/q/metrics");
        for (var rules :
                (List<?>) Root.yaml("deploy/prometheus/prometheus.yml").get("rule_files")) {
            assertThat(Root.of("deploy/prometheus/" + rules)).exists();
        }
    }

    @Test
    @DisplayName("are released by jobs that need only jobs that there are")
    void release() throws IOException {
        var jobs = (Map<?, ?>) Root.yaml(".github/workflows/release.yml").get("jobs");
        for (var job : jobs.values()) {
            var needs = ((Map<?, ?>) job).get("needs");
            if (needs != null) {
                assertThat(jobs.keySet().contains(needs)).as("job %s", needs).isTrue();
            }
            var uses = ((Map<?, ?>) job).get("uses");
            if (uses != null) {
                assertThat(Root.of(uses.toString().substring(2))).exists();
            }
        }
        var script = Pattern.compile("\\./serin ([a-z-]+)").matcher(Root.text("serin"));
        assertThat(script.results().map(it -> it.group(1))).contains("native");
        assertThat(Files.isExecutable(Root.of("serin"))).isTrue();
    }
}
