package dev.serin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Has two change the same rows at once, in an order that is known.
@Singleton
public class Turns {

    private final AgroalDataSource database;

    Turns(AgroalDataSource database) {
        this.database = database;
    }

    /// Has the second begin when the first has done its part, and the first end when the second waits for it.
    ///
    /// @param first in a transaction, which holds what it has changed
    /// @return what the second answers
    public <T> T take(Callable<?> first, Callable<T> second) throws Exception {
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            QuarkusTransaction.begin();
            Future<T> later;
            try {
                int holder = backend();
                first.call();
                later = others.submit(second);
                await().until(() -> isWaitedFor(holder));
                assertThat(later.isDone()).as("the second has gone on").isFalse();
            } catch (Exception | AssertionError e) {
                QuarkusTransaction.rollback();
                throw e;
            }
            QuarkusTransaction.commit();
            return later.get(1, TimeUnit.MINUTES);
        }
    }

    /// PostgreSQL's process for the transaction that is under way.
    private int backend() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /// Whether somebody waits for what this process holds.
    private boolean isWaitedFor(int holder) throws SQLException {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement(
                                "select from pg_stat_activity where ? = any (pg_blocking_pids(pid))")) {
            query.setInt(1, holder);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }
}
