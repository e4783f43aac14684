package dev.serin.server.postgres;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/// Gives every `@QuarkusTest` an empty database of a real PostgreSQL; tests need not name it.
///
/// The PostgreSQL is kept between runs, which makes the next one start faster; unless another is to be
/// used, see [StockPostgres].
public final class TestPostgres implements QuarkusTestResourceLifecycleManager {

    static final Path DIRECTORY = Path.of("target", "postgres-for-tests");

    private static final String URL = "quarkus.datasource.jdbc.url";

    private LocalPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            var config = new HashMap<>(given());
            config.put(URL, emptyDatabase(config));
            return config;
        } catch (PostgresFailed | SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private Map<String, String> given() throws PostgresFailed {
        var stock = StockPostgres.ofAllTests();
        if (stock.isPresent()) {
            return stock.get().config("postgres");
        }
        postgres = LocalPostgres.start(DIRECTORY, System.err::println);
        return postgres.config();
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static String emptyDatabase(Map<String, String> config) throws SQLException {
        var name = "test_" + ProcessHandle.current().pid();
        try (var connection = Jdbc.connect(config);
                var statement = connection.createStatement()) {
            var left = new ArrayList<String>();
            try (var rows =
                    statement.executeQuery(
                            "select datname from pg_database where datname like 'test\\_%'")) {
                while (rows.next()) {
                    left.add(rows.getString(1));
                }
            }
            for (var database : left) {
                if (database.equals(name) || !isInUse(database)) {
                    statement.execute("drop database %s with (force)".formatted(database));
                }
            }
            statement.execute("create database " + name);
        }
        return config.get(URL).replaceFirst("/postgres$", "/" + name);
    }

    private static boolean isInUse(String database) {
        return ProcessHandle.of(Long.parseLong(database.substring("test_".length()))).isPresent();
    }

    /// Plain connections, beside Quarkus.
    static final class Jdbc {

        private Jdbc() {}

        static java.sql.Connection connect(Map<String, String> config) throws SQLException {
            return connect(config, config.get("quarkus.datasource.password"));
        }

        static java.sql.Connection connect(Map<String, String> config, String password)
                throws SQLException {
            return DriverManager.getConnection(
                    config.get(URL), config.get("quarkus.datasource.username"), password);
        }
    }
}
