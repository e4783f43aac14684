package dev.serin.server.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@DisplayName("The schema at a start")
class SchemaTest {

    @Inject AgroalDataSource database;

    @Test
    @DisplayName("has the checksums that Flyway stored of every migration")
    void countsAsFlywayDoes() throws SQLException {
        var stored = new HashMap<String, Integer>();
        try (var connection = database.getConnection();
                var query = connection.createStatement();
                var rows =
                        query.executeQuery(
                                "select version, checksum from flyway_schema_history where version is not null")) {
            while (rows.next()) {
                stored.put(rows.getString(1), rows.getInt(2));
            }
        }
        assertThat(Migrations.brought()).isEqualTo(stored).hasSizeGreaterThan(20);
    }

    @Test
    @DisplayName("is up to date once it was migrated, and stays so when a newer program adds to it")
    void isUpToDate() throws SQLException {
        assertThat(isUpToDateAfter("select 1")).isTrue();
        assertThat(
                        isUpToDateAfter(
                                """
                                insert into flyway_schema_history (installed_rank, version, description,
                                  type, script, checksum, installed_by, execution_time, success)
                                values (9000, '9000', 'newer', 'SQL', 'V9000__newer.sql', 1, 'x', 1, true)\
                                """))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from flyway_schema_history where version = '20'",
                "update flyway_schema_history set checksum = checksum + 1 where version = '3'",
                "update flyway_schema_history set success = false where version = '30'",
                "delete from flyway_schema_history",
            })
    @DisplayName("is left to Flyway where a migration is missing, another one or failed")
    void isLeftToFlyway(String change) throws SQLException {
        assertThat(isUpToDateAfter(change)).isFalse();
    }

    private boolean isUpToDateAfter(String change) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute(change);
                return Schema.isUpToDate(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }
}
