package dev.serin.server.source;

import dev.serin.server.Beating;
import dev.serin.server.DatabaseFailed;
import dev.serin.server.evidence.CountedCalls;
import dev.serin.server.planfile.PlanFile;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Asks the sources of active rollouts, each once in its interval by whichever replica is first.
///
/// No lock is held while a source is asked: a slow one must not keep a rollout from being rolled back.
/// A poll is claimed, asked, and counted under its claim, so that one that took too long counts nothing.
@ApplicationScoped
public class Polls implements Beating {

    private static final Logger LOG = Logger.getLogger(Polls.class);

    private static final int AT_ONCE = 50;

    private static final String PULSED = "select cast(pg_notify('serin_changed', ?) as text)";

    private final AgroalDataSource database;
    private final InstantSource clock;
    private final Endpoints endpoints;
    private final Asking asking;
    private final CountedCalls counted;
    private final MeterRegistry meters;

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

    @Override
    public void beat() {
        pollAll();
    }

    public void pollAll() {
        try {
            var polls = new ArrayList<Poll>();
            for (var row : claim()) {
                begin(row).ifPresent(polls::add);
            }
            polls.forEach(this::count);
        } catch (RuntimeException e) {
            LOG.warnf("no source could be asked: %s; tried again in a second", e);
        }
    }

    // One broken rollout must not keep the others from being counted.
    private Optional<Poll> begin(PollRow row) {
        try {
            return Optional.of(Poll.begin(row, endpoints, asking));
        } catch (RuntimeException e) {
            LOG.warnf("the source of rollout %s was not asked: %s", row.rollout(), e);
            return Optional.empty();
        }
    }

    /// Takes what is due for this process.
    List<PollRow> claim() {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    try (var connection = database.getConnection()) {
                        return PollRow.claim(connection, clock.instant(), AT_ONCE);
                    } catch (SQLException e) {
                        throw new DatabaseFailed("no source was claimed", e);
                    }
                });
    }

    /// Asks, and waits for the answers.
    Poll.Heard asked(PollRow row) {
        return Poll.begin(row, endpoints, asking).await();
    }

    private void count(Poll poll) {
        try {
            var heard = poll.await();
            boolean counts = count(heard);
            var came = !counts ? "too_late" : heard.trouble().isPresent() ? "no_data" : "counted";
            meters.counter("serin.source.polls", "came", came).increment();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "what the source of rollout %s said was not counted: %s; the next poll counts it",
                    poll.rollout(), e);
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
            row.say(connection, trouble.orElse(null), last, heard.state(last));
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
