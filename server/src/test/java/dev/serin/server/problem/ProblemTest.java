package dev.serin.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.DatabaseFailed;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.net.ConnectException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A problem")
class ProblemTest {

    private final Problems problems = new Problems();

    @Test
    @DisplayName("says that the database is away, and when to come again")
    void saysThatTheDatabaseIsAway() {
        for (var cause :
                new Exception[] {
                    new SQLException("connection refused", "08001"),
                    new SQLException("terminating connection", "57P01"),
                    new SQLException("Sorry, acquisition timeout!", new ConnectException()),
                    new SQLException("Acquisition timeout while waiting for new connection")
                }) {
            var answer = problems.persistence(new PersistenceException(cause));
            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(answer.getHeaderString("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    @DisplayName("says so too where it went away while a transaction was stored")
    void saysThatItWentAwayMeanwhile() {
        var failed = new XAException("not stored");
        failed.initCause(new SQLException("connection reset", "08006"));
        var rolledBack = new RollbackException("could not commit");
        rolledBack.addSuppressed(failed);

        var answer = problems.everythingElse(new IllegalStateException(rolledBack));

        assertThat(answer.getStatus()).isEqualTo(503);
    }

    @Test
    @DisplayName("tells nothing of what is inside")
    void tellsNothing() {
        var answer =
                problems.databaseFailed(
                        new DatabaseFailed("secret", new SQLException("column x", "42703")));
        assertThat(answer.getStatus()).isEqualTo(500);
        var problem = (Problem) answer.getEntity();
        assertThat(problem.detail()).doesNotContain("secret", "column");
        assertThat(problem.more()).containsOnlyKeys("id");
    }

    @Test
    @DisplayName("is what broken JSON gets, with line and column and no name of a class")
    void namesThePlace() {
        assertThat(broken("{\"a\":\n  1,, }").more()).containsEntry("line", 2);
        assertThat(broken("{\"a\": 1, \"a\": 2}").detail()).contains("Duplicate");
        assertThat(broken("[1").detail()).doesNotContain("com.fasterxml", "Exception", "Source");
        assertThat(broken("1 2").status()).isEqualTo(400);
    }

    private static Problem broken(String text) {
        try {
            Bodies.json(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            throw new AssertionError(text + " was read");
        } catch (ProblemException e) {
            return e.problem();
        }
    }
}
