package dev.serin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.problem.WrongUse;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What is said of a start that failed")
class TroubleTest {

    @Test
    @DisplayName("is the mistake itself, however deep it lies")
    void findsTheMistake() {
        var trouble = Trouble.of(wrapped(new WrongUse("SERIN_X is odd; write 1")));
        assertThat(trouble).isEqualTo(new Trouble("SERIN_X is odd; write 1", 1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    serin.tick.batch must be greater than or equal to 1 | SERIN_TICK_BATCH must be greater than or equal to 1
                    java.lang.IllegalArgumentException: SRCFG00039: The config property serin.tick.batch with the config value "many" threw an Exception whilst being converted SRCFG00029: Expected an integer value, got "many" | SERIN_TICK_BATCH is many: Expected an integer value, got "many"
                    java.lang.IllegalArgumentException: SRCFG00039: The config property serin.gateway.kept with the config value "soon" threw an Exception whilst being converted Invalid duration: soon | SERIN_GATEWAY_KEPT is soon: Invalid duration: soon
                    java.util.NoSuchElementException: SRCFG00014: The config property serin.x is required but it could not be found in any config source | The config property serin.x is required but it could not be found in any config source
                    """)
    @DisplayName("names the setting as it is set")
    void namesTheSetting(String told, String said) {
        var wrong =
                new ConfigValidationException(
                        new ConfigValidationException.Problem[] {
                            new ConfigValidationException.Problem(told)
                        });
        assertThat(Trouble.of(wrapped(wrong))).isEqualTo(new Trouble(said, 1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"08001", "28P01", "3D000", "53300", "57P03"})
    @DisplayName("is that the database cannot be used, with what it answered and where to look")
    void noDatabase(String state) {
        var trouble = Trouble.of(wrapped(new SQLException("Connection refused", state)));
        assertThat(trouble.code()).isEqualTo(4);
        assertThat(trouble.line())
                .startsWith("the database cannot be used: Connection refused. See ")
                .contains("QUARKUS_DATASOURCE_JDBC_URL");
    }

    @Test
    @DisplayName("is that another program has the port")
    void portIsTaken() {
        assertThat(Trouble.of(wrapped(new BindException("Address already in use"))).line())
                .contains("another program listens");
    }

    @Test
    @DisplayName("is what lies deepest, if nobody knows better")
    void deepest() {
        var trouble = Trouble.of(wrapped(new SQLException("no such table", "42P01")));
        assertThat(trouble)
                .isEqualTo(
                        new Trouble("no such table (SQLException); SERIN_TRACE=1 shows where", 1));
    }

    private static Exception wrapped(Throwable cause) {
        return new RuntimeException(
                "Failed to start quarkus", new IllegalStateException("bean", cause));
    }
}
