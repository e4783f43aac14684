package dev.serin.server.gateway;

import dev.serin.server.SerinConfig;
import dev.serin.server.evidence.Answer;
import dev.serin.server.evidence.Observations;
import dev.serin.server.evidence.Seen;
import dev.serin.server.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What was seen of calls, on its way to the database and off the hot path.
///
/// While the database is away it waits here. What has waited too long is dropped in whole seconds, both
/// arms alike, so that what is left says the same of both.
@Singleton
class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    /// Each transaction has its cost, and calls wait while it is paid: few and large ones cost them less.
    private static final Duration GATHER = Duration.ofMillis(200);

    private static final Duration REST = Duration.ofMillis(500);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    /// @param began when the call began, in monotonic nanoseconds
    record Entry(UUID rollout, long began, Seen seen) {}

    private final Observations observations;
    private final InstantSource clock;
    private final Waiting waiting;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Counter stored;
    private final Counter refused;
    private final Counter dropped;
    private volatile @Nullable Thread sender;

    Outbox(
            Observations observations,
            InstantSource clock,
            SerinConfig config,
            MeterRegistry meters) {
        this.observations = observations;
        this.clock = clock;
        this.waiting = new Waiting(config.gateway().kept(), config.gateway().waiting());
        this.stored = meters.counter("serin.gateway.observations", "what", "stored");
        this.refused = meters.counter("serin.gateway.observations", "what", "refused");
        this.dropped = meters.counter("serin.gateway.observations", "what", "dropped");
        meters.gauge("serin.gateway.observations.waiting", waiting, Waiting::size);
    }

    void add(Entry entry) {
        int lost = waiting.add(entry, System.nanoTime());
        if (lost > 0) {
            dropped.increment(lost);
        }
        if (!begun.get() && begun.compareAndSet(false, true)) {
            sender = Thread.ofPlatform().daemon().name("outbox").start(this::send);
        }
    }

    /// Before the intake stops.
    void stop(@Observes @Priority(100) ShutdownEvent event) throws InterruptedException {
        closing.set(true);
        var sending = sender;
        if (sending != null) {
            sending.join(STOP_LIMIT);
        }
    }

    private void send() {
        boolean away = false;
        while (!closing.get() || (waiting.size() > 0 && !away)) {
            try {
                if (away) {
                    Thread.sleep(REST);
                } else {
                    Thread.sleep(GATHER);
                }
                int old = waiting.dropOld(System.nanoTime());
                if (old > 0) {
                    dropped.increment(old);
                    LOG.warnf(
                            "%d observations waited too long for the database and were dropped, both arms alike",
                            old);
                }
                away = !sendAll();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                // The outbox must outlive whatever is wrong with one observation.
                LOG.warnf(e, "observations of calls were not sent; tried again");
                away = true;
            }
        }
    }

    /// Sends all that waits, and returns whether the database was there.
    private boolean sendAll() {
        var seconds = waiting.take();
        if (seconds.isEmpty()) {
            return true;
        }
        Instant now;
        long nanos = System.nanoTime();
        try {
            now = clock.instant();
        } catch (RuntimeException e) {
            waiting.putBack(seconds);
            LOG.debugf("the database did not tell the time: %s", e);
            return false;
        }
        var sent = new ArrayList<Sent>();
        for (var second : seconds) {
            second.byRollout()
                    .forEach((rollout, entries) ->
                            sent.add(
                                    new Sent(
                                            second.number(),
                                            rollout,
                                            entries,
                                            record(rollout, entries, now, nanos))));
        }
        var left = new ArrayList<Waiting.Second>();
        for (var part : sent) {
            if (!isSettled(part.rollout, part.entries.size(), part.answer)) {
                left.add(new Waiting.Second(part.second, part.entries));
            }
        }
        waiting.putBack(left);
        return left.isEmpty();
    }

    /// What one second had of one rollout.
    ///
    /// @param second its number
    private record Sent(
            long second, UUID rollout, List<Entry> entries, CompletableFuture<Answer> answer) {}

    private CompletableFuture<Answer> record(
            UUID rollout, List<Entry> entries, Instant now, long nanos) {
        try {
            return observations
                    .record(rollout, entries.stream().map(entry -> at(entry, now, nanos)).toList())
                    .toCompletableFuture();
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// The database's clock counts, however this machine's may stand.
    private static Seen at(Entry entry, Instant now, long nanos) {
        return entry.seen().at(now.minusNanos(Math.max(0, nanos - entry.began())));
    }

    /// Whether nothing more is to be done for these.
    private boolean isSettled(UUID rollout, int count, CompletableFuture<Answer> answer) {
        try {
            var told = answer.join();
            stored.increment(told.accepted());
            refused.increment(told.refused().size());
            return true;
        } catch (CompletionException e) {
            if (ProblemException.isPassing(e)) {
                return false;
            }
            LOG.warnf("%d observations of rollout %s were refused: %s", count, rollout, e);
            refused.increment(count);
            return true;
        }
    }
}
