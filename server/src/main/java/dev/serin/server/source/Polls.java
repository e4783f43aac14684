package dev.serin.server.source;

import dev.serin.server.Beating;
import dev.serin.server.DatabaseFailed;
import dev.serin.server.evidence.CountedCalls;
import dev.serin.server.planfile.PlanFile;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/// Asks the sources of active rollouts, each once in its interval by whichever replica is first.
///
/// No lock is held while a source is asked: a slow one must not keep a rollout from being rolled back.
/// Nor is it waited for before others are asked, or before what others said is counted. A poll is
/// claimed, asked, and counted under its claim, so that one that took too long counts nothing.
@ApplicationScoped
public class Polls implements Beating {

    private static final Logger LOG = Logger.getLogger(Polls.class);

    /// Rollouts that are claimed at once, and for which one source is asked at the same time.
    private static final int AT_ONCE = 50;

    /// How long a stop waits for what is being counted.
    private static final long STOP_LIMIT_MS = 5_000;

    private static final String PULSED = "select cast(pg_notify('serin_changed', ?) as text)";

    private final AgroalDataSource database;
    private final InstantSource clock;
    private final Endpoints endpoints;
    private final Asking asking;
    private final CountedCalls counted;
    private final MeterRegistry meters;

    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    /// One is counted at a time, so that polls leave the connections to others.
    private final ReentrantLock counting = new ReentrantLock();

    private volatile boolean stopping;

    Polls(
            AgroalDataSource database,
            InstantSource clock,
            Endpoints endpoints,
            Asking asking,
            CountedCalls counted,
            MeterRegistry meters) {
        this.database = database;
        this.clock = clock;
        this.endpoints = endpoints;
        this.asking = asking;
        this.counted = counted;
        this.meters = meters;
    }

    /// Has a rollout's source asked from now on, within the running transaction; nothing if its plan
    /// names none.
    public void begin(UUID rollout, PlanFile file, Instant now) {
        var source = file.source();
        if (source == null) {
            return;
        }
        try (var connection = database.getConnection()) {
            PollRow.begin(connection, rollout, Watching.of(file, source), now);
        } catch (SQLException e) {
            throw new DatabaseFailed("the source of a rollout was not stored", e);
        }
    }

    /// What is being counted ends before the database goes; what is still asked for, the next poll of
    /// another process counts.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (counting.tryLock(STOP_LIMIT_MS, TimeUnit.MILLISECONDS)) {
            counting.unlock();
        }
    }

    @Override
    public void beat() {
        var _ = askDue();
    }

    /// Has the sources of what is due asked.
    ///
    /// @return the threads that ask, each of which ends when what it heard is counted
    List<Thread> askDue() {
        var begun = new ArrayList<Thread>();
        try {
            for (var row : stopping ? List.<PollRow>of() : claim()) {
                underWay.add(row.rollout());
                begun.add(Thread.ofVirtual().name("poll").start(() -> poll(row)));
            }
        } catch (RuntimeException e) {
            LOG.warnf("no source could be asked: %s; tried again in a second", e);
        }
        return begun;
    }

    // One broken rollout must not keep the others from being counted.
    private void poll(PollRow row) {
        try {
            heard(row).ifPresent(heard -> count(row, heard));
        } catch (RuntimeException e) {
            LOG.warnf("the source of rollout %s was not asked: %s", row.rollout(), e);
        } finally {
            underWay.remove(row.rollout());
        }
    }

    /// A source is not asked for hundreds of rollouts at the same time. Empty where it took so long until there
    /// was room that another may have claimed the rollout.
    private Optional<Poll.Heard> heard(PollRow row) {
        var place =
                places.computeIfAbsent(row.watching().source().name(), _ -> new Semaphore(AT_ONCE));
        place.acquireUninterruptibly();
        try {
            return clock.instant().isBefore(row.until())
                    ? Optional.of(asked(row))
                    : Optional.empty();
        } finally {
            place.release();
        }
    }

    /// Takes what is due for this process, and is not under way in it.
    List<PollRow> claim() {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    try (var connection = database.getConnection()) {
                        return PollRow.claim(
                                connection,
                                clock.instant(),
                                endpoints::wait,
                                List.copyOf(underWay),
                                AT_ONCE);
                    } catch (SQLException e) {
                        throw new DatabaseFailed("no source was claimed", e);
                    }
                });
    }

    /// Asks, and waits for the answers.
    Poll.Heard asked(PollRow row) {
        return Poll.begin(row, endpoints, asking).await();
    }

    private void count(PollRow row, Poll.Heard heard) {
        counting.lock();
        try {
            if (stopping) {
                return;
            }
            boolean counts = count(heard);
            var came = !counts ? "too_late" : heard.trouble().isPresent() ? "no_data" : "counted";
            meters.counter("serin.source.polls", "came", came).increment();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "what the source of rollout %s said was not counted: %s; the next poll counts it",
                    row.rollout(), e);
        } finally {
            counting.unlock();
        }
    }

    /// Adds what was heard to the tallies; false if somebody else has claimed the rollout since, or it
    /// has ended.
    boolean count(Poll.Heard heard) {
        return QuarkusTransaction.requiringNew().call(() -> inTransaction(heard));
    }

    private boolean inTransaction(Poll.Heard heard) {
        var row = heard.row();
        try (var connection = database.getConnection()) {
            var before = row.hold(connection);
            if (before.isEmpty()) {
                return false;
            }
            row.keep(connection, heard.counters());
            counted.add(connection, row.rollout(), heard.additions());
            var trouble = heard.trouble();
            var last = trouble.isEmpty() ? row.at() : before.get();
            row.say(connection, trouble.orElse(null), last, heard.state(last), clock.instant());
            try (var notify = connection.prepareStatement(PULSED)) {
                notify.setString(1, row.rollout().toString());
                notify.execute();
            }
            return true;
        } catch (SQLException e) {
            throw new DatabaseFailed("what a source said was not stored", e);
        }
    }
}
