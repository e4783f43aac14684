package dev.serin.server;

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
                first.call();
                later = others.submit(second);
                await().until(this::isWaited);
            } catch (Exception e) {
                QuarkusTransaction.rollback();
                throw e;
            }
            QuarkusTransaction.commit();
            return later.get(1, TimeUnit.MINUTES);
        }
    }

    private boolean isWaited() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select 1 from pg_locks where not granted")) {
            return rows.next();
        }
    }
}
