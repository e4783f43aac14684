package dev.serin.server;

import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// PostgreSQL's driver, whose first connection may have begun before the pool exists that asks for it.
///
/// To let a client in takes PostgreSQL as long as a native executable takes for a third of its start, and the
/// other processors have nothing else to do then. The pool gets that connection only where it asks for
/// exactly the same: the same address, login and properties.
public final class EarlyDriver implements java.sql.Driver {

    /// What `application.properties` tells the pool of every connection.
    static final Map<String, String> SHIPPED =
            Map.of("socketTimeout", "30", "connectTimeout", "5", "tcpKeepAlive", "true");

    private static final AtomicReference<@Nullable Early> BEGUN = new AtomicReference<>();

    private final Driver driver = new Driver();

    /// The pool makes it, of the name in `application.properties`.
    public EarlyDriver() {}

    private record Early(String url, Properties info, FutureTask<Connection> connection) {

        /// Nobody asks for it: it ends as soon as it has begun.
        void drop() {
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        try {
                            connection.get().close();
                        } catch (ExecutionException | InterruptedException | SQLException _) {
                            // there is none, then
                        }
                    });
        }
    }

    /// Begins a connection, on a thread of its own.
    ///
    /// @param url the database's address, as JDBC writes it
    public static void begin(String url, String user, String password) {
        var info = new Properties();
        info.putAll(SHIPPED);
        info.setProperty("user", user);
        info.setProperty("password", password);
        var connection = new FutureTask<>(() -> connected(url, info));
        var other = BEGUN.getAndSet(new Early(url, info, connection));
        if (other != null) {
            other.drop();
        }
        Thread.ofPlatform().daemon().name("early connection").start(connection);
    }

    /// @throws SQLException if nobody lets it in, or the address is none of PostgreSQL's
    private static Connection connected(String url, Properties info) throws SQLException {
        var connection = new Driver().connect(url, info);
        if (connection == null) {
            throw new SQLException("this is no address of a PostgreSQL: " + url);
        }
        return connection;
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        var early = BEGUN.getAndSet(null);
        if (early == null) {
            return driver.connect(url, info);
        }
        if (!early.url.equals(url) || !early.info.equals(info)) {
            early.drop();
            return driver.connect(url, info);
        }
        try {
            return early.connection.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException cause
                    ? cause
                    : new SQLException(e.getCause());
        } catch (InterruptedException e) {
            early.drop();
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while a connection was awaited", e);
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return driver.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return driver.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return driver.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return driver.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return driver.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return driver.getParentLogger();
    }
}
