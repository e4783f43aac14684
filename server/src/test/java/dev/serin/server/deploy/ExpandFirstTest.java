package dev.serin.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Servers of the release before go on beside those that have migrated the database under them.
@QuarkusTest
@DisplayName("The schema after the release before")
class ExpandFirstTest {

    /// The newest migration of the release before: raise it with each release, and empty [#KNOWN].
    static final String RELEASED = "17";

    /// What is refused now and never was written by the release before, each with its reason.
    private static final List<String> KNOWN =
            List.of(
                    // It knows one account only.
                    "account is held to UNIQUE btree (lower(name))",
                    // The same columns in another order.
                    "call is held to UNIQUE btree (id, rollout, began)",
                    // Made by its default.
                    "session is held to UNIQUE btree (id)");

    private static final String NAME = "expanding";

    @Inject AgroalDataSource database;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @BeforeEach
    void make() throws SQLException {
        drop();
        execute(database.getConnection(), "create database " + NAME);
    }

    @AfterEach
    void drop() throws SQLException {
        execute(
                database.getConnection(),
                "drop database if exists %s with (force)".formatted(NAME));
    }

    @Test
    @DisplayName("still has each table and column, asks for no more, and refuses no more")
    void onlyExpands() throws SQLException {
        var older = at(RELEASED);
        assertThat(older.columns()).as("the schema of %s", RELEASED).containsKey("rollout.plan");
        assertThat(at("latest").breaks(older)).containsExactlyInAnyOrderElementsOf(KNOWN);
    }

    @Test
    @DisplayName("has receivers of every team that were stored by its sign hear of every team")
    void receiversOfEveryTeam() throws SQLException {
        var _ = at("33");
        execute(
                connect(),
                """
                insert into receiver (id, address, kind, team, secret, made_by, made_at) values
                  (gen_random_uuid(), 'https://a.example', 'webhook', '*', 's', 'ada', now()),
                  (gen_random_uuid(), 'https://b.example', 'webhook', 'search', 's', 'ada', now())\
                """);
        var _ = at("latest");
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select string_agg(coalesce(team, 'all'), ' ' order by address) from receiver")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("all search");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    alter table pulse rename n to beats           | pulse.n is gone
                    drop table batch                              | batch.answer is gone
                    alter table tally alter bucket type bigint    | tally.bucket was integer and is bigint
                    alter table rollout alter team set not null   | rollout.team may no longer be null
                    alter table call alter bad drop default       | call.bad has lost its default
                    alter table pulse add column at date not null | pulse.at is new and has neither a default nor null
                    alter table pulse add check (n > 0)           | pulse is held to CHECK ((n > 0))
                    create unique index on journal (at)           | journal is held to UNIQUE btree (at)
                    """)
    @DisplayName("is looked at closely enough to see each way of breaking older servers")
    void seesWhatBreaks(String statement, String broken) throws SQLException {
        var older = at(RELEASED);
        execute(connect(), statement);
        try (var connection = connect()) {
            assertThat(Schema.of(connection).breaks(older)).contains(broken);
        }
    }

    private Schema at(String version) throws SQLException {
        var _ =
                Flyway.configure()
                        .dataSource(expanding(), user, password)
                        .target(version)
                        .load()
                        .migrate();
        try (var connection = connect()) {
            return Schema.of(connection);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(expanding(), user, password);
    }

    private String expanding() {
        return url.replaceFirst("/[^/?]+(\\?|$)", "/" + NAME + "$1");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (connection;
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
