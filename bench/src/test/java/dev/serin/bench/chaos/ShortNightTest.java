package dev.serin.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.bench.chaos.Checks.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What `./serin chaos` does for a quarter of an hour, for less than a minute, with the same load, model and
/// checks. Nothing in it waits for a time to pass but for what is to come about.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("A short night, with servers and PostgreSQL killed and a network cut")
class ShortNightTest {

    private static final long SEED = 7;
    private static final List<Fault> FAULTS =
            List.of(Fault.CUT, Fault.KILL_SERVER, Fault.KILL_POSTGRES);

    /// Which looks at what was answered only where that is wrong.
    private static final String ODDITIES = "answers that should never be given";

    private Night night;
    private boolean kept;

    @BeforeAll
    void pass() throws IOException, InterruptedException, SQLException {
        var jar = Path.of(System.getProperty("serin.jar")).normalize();
        assertThat(Files.exists(jar)).as("the program is built: %s", jar).isTrue();
        night = Night.begin(jar, SEED);
        night.faults().bring(FAULTS);
        night.end();
    }

    @AfterAll
    void end() throws IOException {
        if (night != null) {
            night.close();
            if (kept) {
                night.site().remove();
            } else {
                System.err.println("logs and data are in " + night.site().directory());
            }
        }
    }

    @Test
    @DisplayName(
            "loses nothing, counts nothing twice, raises no share in secret, and ends every rollout")
    void keepsWhatItAcknowledged() throws SQLException {
        kept = night.checks().stream().allMatch(check -> check.broken().isEmpty());
        assertThat(night.checks())
                .allSatisfy(check -> {
                    assertThat(check.broken()).as(check.what()).isEmpty();
                    if (!check.what().equals(ODDITIES)) {
                        assertThat(check.looked()).as("looked at: %s", check.what()).isPositive();
                    }
                });
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("would not pass for one in which all was kept, if something had broken")
    void findsOut(Lie lie) throws SQLException {
        try (var database = night.connect();
                var statement = database.createStatement()) {
            database.setAutoCommit(false);
            // The journal refuses to be changed, else.
            statement.execute("set local session_replication_role = replica");
            assertThat(statement.executeUpdate(lie.sql())).as("rows changed").isPositive();
            assertThat(night.checks(database))
                    .filteredOn(check -> !check.broken().isEmpty())
                    .extracting(Check::what)
                    .contains(lie.check());
            database.rollback();
        }
    }
}
