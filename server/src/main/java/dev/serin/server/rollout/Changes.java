package dev.serin.server.rollout;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Hears of every change of every replica, after its commit.
///
/// One connection listens for as long as the process lives. When it breaks, whoever listens is told
/// that anything may have changed, as soon as it is back.
@ApplicationScoped
public class Changes {

    private static final Logger LOG = Logger.getLogger(Changes.class);

    private static final int WAIT_MS = 5_000;
    private static final int ALIVE_SECONDS = 2;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /// Stands for all rollouts at once.
    static final UUID ALL = new UUID(0, 0);

    private final AgroalDataSource database;
    private final BroadcastProcessor<UUID> changed = BroadcastProcessor.create();
    private final List<Runnable> told = new CopyOnWriteArrayList<>();
    private volatile boolean closing;
    private volatile @Nullable Thread listener;

    Changes(AgroalDataSource database) {
        this.database = database;
    }

    void begin(@Observes StartupEvent event) {
        listener = Thread.ofVirtual().name("changes").start(this::listen);
    }

    /// Before the calls under way are waited for: open pages would keep a server from ever stopping.
    void endPages(@Observes ShutdownDelayInitiatedEvent event) {
        changed.onComplete();
    }

    void stop(@Observes ShutdownEvent event) {
        closing = true;
        var thread = listener;
        if (thread != null) {
            thread.interrupt();
        }
        changed.onComplete();
    }

    /// Says which rollout has changed; ends when the server stops.
    public Multi<UUID> all() {
        return changed;
    }

    /// Says that this rollout has changed.
    public Multi<UUID> of(UUID rollout) {
        return changed.filter(id -> id.equals(rollout) || id.equals(ALL));
    }

    /// Does something after each change, until the process ends. It must not take long.
    public void whenAny(Runnable act) {
        told.add(act);
    }

    private void listen() {
        while (!closing) {
            try (var connection = database.getConnection()) {
                hear(connection);
            } catch (SQLException | RuntimeException e) {
                if (!closing) {
                    LOG.warnf("no word of changes comes in: %s; tried again in %s", e, AGAIN);
                    rest();
                }
            }
        }
    }

    private void hear(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("listen serin_changed");
        }
        var postgres = connection.unwrap(PGConnection.class);
        tell(ALL);
        try {
            while (!closing) {
                var heard = postgres.getNotifications(WAIT_MS);
                if (heard == null || heard.length == 0) {
                    if (!connection.isValid(ALIVE_SECONDS)) {
                        throw new SQLException("the connection is dead");
                    }
                    continue;
                }
                java.util.Arrays.stream(heard)
                        .map(org.postgresql.PGNotification::getParameter)
                        .distinct()
                        .map(UUID::fromString)
                        .forEach(this::tell);
            }
        } finally {
            forget(connection);
        }
    }

    private void tell(UUID rollout) {
        told.forEach(Runnable::run);
        changed.onNext(rollout);
    }

    /// The connection goes back among the others, which do not listen.
    private static void forget(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("unlisten *");
        } catch (SQLException _) {
            // It is broken, and will not be lent again.
        }
    }

    private static void rest() {
        try {
            Thread.sleep(AGAIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
