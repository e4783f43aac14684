package dev.serin.server.blackbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;

/// A database as the release before left it, and one of that release's servers which goes on writing
/// to it, in the columns that it knows.
final class OlderServer implements AutoCloseable {

    /// The newest migration that it knows; `ExpandFirstTest` names the same.
    private static final String RELEASED = "17";

    private static final String NAME = "older";
    private static final String URL = "quarkus.datasource.jdbc.url";

    /// In the order in which they refer to one another.
    private static final List<String> TABLES =
            List.of(
                    "route",
                    "rollout",
                    "journal",
                    "step_entered",
                    "shown_evidence",
                    "tally",
                    "pulse",
                    "key_seen",
                    "call",
                    "batch");

    private static final List<String> STORE =
            List.of(
                    """
                    insert into tally as t
                      (rollout, step, arm, bucket, metric, n, bad, sum, v, over_cap, histogram, replica)
                    values ('%1$s', 0, 1, %2$d, 'calls', 1, 0, 0, 0, 0, null, 'older')
                    on conflict (rollout, step, arm, metric, bucket, replica) do update set
                      n = t.n + excluded.n, bad = t.bad + excluded.bad\
                    """,
                    """
                    insert into tally as t
                      (rollout, step, arm, bucket, metric, n, bad, sum, v, over_cap, histogram, replica)
                    values ('%1$s', 0, 1, %2$d, 'error', 1, 0, 0, 0, 0, null, 'older')
                    on conflict (rollout, step, arm, metric, bucket, replica) do update set
                      n = t.n + excluded.n, bad = t.bad + excluded.bad\
                    """,
                    """
                    insert into call (rollout, began, id, step, arm, at, labels, bad, latency_ms,
                      bucket, counted, waits, numbers)
                    values ('%1$s', current_date, 'older-%3$d', 0, 1, now(), '{}', '{}', 1, %2$d,
                      true, false, null)\
                    """,
                    """
                    insert into pulse as p (rollout, replica, n) values ('%1$s', 'older', 1)
                    on conflict (rollout, replica) do update set n = p.n + 1\
                    """);

    private final Map<String, String> config;
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final List<Exception> troubles = new ArrayList<>();
    private Thread thread;

    /// @param config how to connect to the newer one's database
    OlderServer(Map<String, String> config) {
        this.config = config;
    }

    /// How a server connects to its database.
    Map<String, String> database() {
        return Map.of(
                URL,
                url(),
                "quarkus.datasource.username",
                user(),
                "quarkus.datasource.password",
                password());
    }

    private String url() {
        return config.get(URL).replaceFirst("/[^/]+$", "/" + NAME);
    }

    /// Makes its database from a newer one: all that the older schema has room for.
    void inherit() throws SQLException {
        try (var newer = connect(config.get(URL));
                var statement = newer.createStatement()) {
            statement.execute("create database " + NAME);
            var _ =
                    Flyway.configure()
                            .dataSource(url(), user(), password())
                            .target(RELEASED)
                            .load()
                            .migrate();
            try (var older = connect(url())) {
                for (var table : TABLES) {
                    copy(table, newer, older);
                }
            }
        }
    }

    private static void copy(String table, Connection from, Connection to) throws SQLException {
        try (var query = from.createStatement();
                var rows =
                        query.executeQuery("select to_jsonb(t)::text from %s t".formatted(table));
                var insert =
                        to.prepareStatement(
                                "insert into %1$s select * from jsonb_populate_record(null::%1$s, ?::jsonb)"
                                        .formatted(table))) {
            while (rows.next()) {
                insert.setString(1, rows.getString(1));
                insert.executeUpdate();
            }
        }
    }

    /// Begins to store calls of a rollout's candidate, one at a time, good ones.
    void begin(UUID rollout) {
        thread = Thread.ofVirtual().start(() -> store(rollout));
    }

    private void store(UUID rollout) {
        try (var connection = connect(url());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!leaving.get()) {
                int number = stored.get();
                for (var sql : STORE) {
                    statement.execute(sql.formatted(rollout, number % 5, number));
                }
                connection.commit();
                stored.incrementAndGet();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        } catch (SQLException e) {
            troubles.add(e);
        }
    }

    /// How many calls it has stored so far.
    int stored() {
        return stored.get();
    }

    /// Stops storing.
    ///
    /// @return what went wrong for it
    List<Exception> end() throws InterruptedException {
        leaving.set(true);
        thread.join();
        return List.copyOf(troubles);
    }

    private String user() {
        return config.get("quarkus.datasource.username");
    }

    private String password() {
        return config.get("quarkus.datasource.password");
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, user(), password());
    }

    @Override
    public void close() {
        leaving.set(true);
    }
}
