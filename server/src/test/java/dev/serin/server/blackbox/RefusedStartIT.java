package dev.serin.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A server that cannot start")
class RefusedStartIT {

    /// Nothing listens at port 1.
    private static final Map<String, String> NOWHERE =
            Map.of(
                    "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/serin",
                    "QUARKUS_DATASOURCE_USERNAME", "serin",
                    "QUARKUS_DATASOURCE_PASSWORD", "secret");

    @Test
    @DisplayName("says that its database does not answer, and where it looked")
    void noDatabase() throws Exception {
        var ended = Program.run(NOWHERE, "serve", "--port", "0");
        assertThat(ended.code()).isEqualTo(4);
        assertThat(lastLine(ended))
                .startsWith("serin: the database cannot be used: Connection to 127.0.0.1:1 refused")
                .contains("QUARKUS_DATASOURCE_JDBC_URL");
        assertThat(ended.complained()).doesNotContain("secret").doesNotContain("\tat ");
    }

    @Test
    @DisplayName("names the setting that is wrong")
    void wrongSetting() throws Exception {
        var settings = new HashMap<>(NOWHERE);
        settings.put("SERIN_TICK_BATCH", "0");
        var ended = Program.run(settings, "serve", "--port", "0");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(lastLine(ended))
                .isEqualTo("serin: SERIN_TICK_BATCH must be greater than or equal to 1");
    }

    private static String lastLine(Program.Ended ended) {
        return ended.complained().lines().reduce("", (_, line) -> line);
    }
}
