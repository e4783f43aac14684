package dev.serin.server.schema;

import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// Whether the schema is up to date, asked beside the start of all else.
///
/// PostgreSQL takes as long to let a client in as a native executable takes for a third of its start, and the
/// other processors have nothing else to do then. Its connection ends with the look: the pool, that is not
/// made yet, has its own.
public final class EarlyLook {

    private static final Logger LOG = Logger.getLogger(EarlyLook.class);

    private static final int LET_IN_SECONDS = 5;
    private static final int ANSWERED_SECONDS = 30;

    /// Beside the address, these too say where tables are looked for.
    private static final Set<String> OTHER_SCHEMA = Set.of("currentSchema", "options");

    private static volatile @Nullable EarlyLook begun;

    private final String url;
    private final String user;
    private final FutureTask<Boolean> look;

    private EarlyLook(String url, String user, String password) {
        this.url = url;
        this.user = user;
        look = new FutureTask<>(() -> isUpToDate(url, user, password));
    }

    /// Begins to look, if it is told where and as whom.
    ///
    /// @param url the database's address, as JDBC writes it
    public static void begin(
            @Nullable String url, @Nullable String user, @Nullable String password) {
        if (url == null || user == null || password == null) {
            return;
        }
        var early = new EarlyLook(url, user, password);
        begun = early;
        Thread.ofPlatform().daemon().name("early look").start(early.look);
    }

    /// What was seen where the pool connects to; empty if nobody has looked there or the look has failed.
    static Optional<Boolean> seen(AgroalConnectionFactoryConfiguration pool) {
        var early = begun;
        begun = null;
        if (early == null || !early.isAt(pool)) {
            return Optional.empty();
        }
        try {
            return Optional.of(early.look.get());
        } catch (ExecutionException e) {
            LOG.debugf("the schema's history was not read early: %s", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private boolean isAt(AgroalConnectionFactoryConfiguration pool) {
        return url.equals(pool.jdbcUrl())
                && pool.principal() != null
                && user.equals(pool.principal().getName())
                && Collections.disjoint(pool.jdbcProperties().keySet(), OTHER_SCHEMA);
    }

    private static boolean isUpToDate(String url, String user, String password)
            throws SQLException {
        var login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", Integer.toString(LET_IN_SECONDS));
        login.setProperty("socketTimeout", Integer.toString(ANSWERED_SECONDS));
        try (Connection connection = Objects.requireNonNull(new Driver().connect(url, login))) {
            return Schema.isUpToDate(connection);
        }
    }
}
