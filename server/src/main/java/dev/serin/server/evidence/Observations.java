package dev.serin.server.evidence;

import dev.serin.server.Bounded;
import dev.serin.server.SerinConfig;
import dev.serin.server.access.Scope;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The way in for what was seen of calls. Whoever hands something in is answered after it is
/// committed.
@Singleton
public class Observations {

    private static final Logger LOG = Logger.getLogger(Observations.class);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final int MOST_ASSIGNED = 200_000;

    /// So many that nobody stores yet are worth a second transaction at the same time.
    private static final int WORTH_HELP = 2_000;

    private final Storing storing;

    /// Stores beside it, as another replica would: its sums are its own.
    private final Storing helping;

    private final SerinConfig.Intake config;
    private final LinkedBlockingQueue<Batch> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /// Those among the waiting that nobody stores yet.
    private final AtomicInteger queued = new AtomicInteger();

    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean helped = new AtomicBoolean();
    private final Counter accepted;
    private final Counter refused;
    private final Counter labels;
    private final Timer commits;
    private volatile @Nullable Thread writer;
    private volatile @Nullable Thread helper;

    /// Those that were handed in to be counted, or left out for want of room.
    private final Map<Assigned, Boolean> assigned = Bounded.byUse(MOST_ASSIGNED);

    Observations(
            AgroalDataSource database,
            InstantSource clock,
            Replica replica,
            SerinConfig config,
            MeterRegistry meters) {
        this.config = config.intake();
        var callers = new Callers(this.config.callsPerKey());
        this.storing = new Storing(database, clock, replica.name(), callers);
        this.helping = new Storing(database, clock, replica.name() + "-helper", callers);
        this.accepted = meters.counter("serin.observations", "taken", "yes");
        this.refused = meters.counter("serin.observations", "taken", "no");
        this.labels = meters.counter("serin.labels");
        this.commits = meters.timer("serin.observations.commit");
        meters.gauge("serin.observations.waiting", waiting);
    }

    /// Stores what was seen of `rollout`.
    ///
    /// @return completes after commit; exceptionally if nothing was stored
    /// @throws ProblemException if too much is waiting already
    public CompletionStage<Answer> record(UUID rollout, List<Seen> seen) {
        return record(rollout, seen, Scope.EVERYWHERE);
    }

    /// The same for somebody; a rollout of another team is unknown to them.
    ///
    /// @throws ProblemException if too much is waiting already
    public CompletionStage<Answer> record(UUID rollout, List<Seen> seen, Scope scope) {
        var rows = new ArrayList<Batch.Row>();
        for (var one : seen) {
            rows.add(new Batch.Row(rows.size(), one));
        }
        return submit(Batch.of(rollout, rows, List.of(), null, scope));
    }

    /// Stores labels of calls of any rollout.
    ///
    /// @return completes after commit; exceptionally if nothing was stored
    /// @throws ProblemException if too much is waiting already
    public CompletionStage<Answer> label(List<Feedback> labels) {
        return label(labels, Scope.EVERYWHERE);
    }

    /// The same by somebody; calls of another team's rollouts are unknown to them.
    ///
    /// @throws ProblemException if too much is waiting already
    public CompletionStage<Answer> label(List<Feedback> labels, Scope scope) {
        return submit(Batch.ofFeedback(labels, List.of(), null, scope));
    }

    /// Counts a key to which Serin gave an arm, some time soon; the same one once. If too much is
    /// waiting, or the server stops, it is left out, which hits both arms alike: no call fails for it.
    public void assigned(Assigned key) {
        synchronized (assigned) {
            if (assigned.putIfAbsent(key.brief(), true) != null) {
                return;
            }
        }
        var _ = isTaken(Batch.of(key));
    }

    /// Hands `batch` in and waits until it is stored.
    Answer await(Batch batch) {
        try {
            return submit(batch).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    CompletionStage<Answer> submit(Batch batch) {
        if (!isTaken(batch)) {
            throw new ProblemException(
                    Problem.of(
                            "intake-full",
                            Status.SERVICE_UNAVAILABLE,
                            "too many observations wait to be stored; come again in a second"));
        }
        return batch.answer();
    }

    /// Whether there is room for `batch`, which then waits to be stored.
    private boolean isTaken(Batch batch) {
        int before = waiting.getAndAdd(batch.weight());
        if (closing.get() || (before > 0 && before + batch.weight() > config.waiting())) {
            waiting.addAndGet(-batch.weight());
            return false;
        }
        queued.addAndGet(batch.weight());
        queue.add(batch);
        begin();
        help();
        return true;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        closing.set(true);
        long end = System.nanoTime() + STOP_LIMIT.toNanos();
        for (var thread : Arrays.asList(writer, helper)) {
            if (thread != null) {
                var _ = thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        }
    }

    private void begin() {
        if (begun.compareAndSet(false, true)) {
            // It waits for PostgreSQL again and again, and each wait of a virtual thread is a
            // timer's.
            writer = Thread.ofPlatform().daemon().name("observations").start(this::write);
        }
    }

    /// Has a second thread store as well, as long as enough is queued for both.
    private void help() {
        if (queued.get() >= WORTH_HELP && helped.compareAndSet(false, true)) {
            helper =
                    Thread.ofPlatform().daemon().name("observations-helper").start(this::writeMany);
        }
    }

    private void write() {
        while (!closing.get() || !queue.isEmpty()) {
            try {
                var first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    var group = group(first);
                    help();
                    store(group, storing);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void writeMany() {
        try {
            while (queued.get() >= WORTH_HELP) {
                var first = queue.poll();
                if (first == null) {
                    return;
                }
                store(group(first), helping);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            helped.set(false);
        }
    }

    /// What came with `first`, and what comes within a moment after it. One that has waited for another
    /// group to be stored has waited for its own as well.
    private List<Batch> group(Batch first) throws InterruptedException {
        var group = new ArrayList<Batch>();
        group.add(first);
        int weight = first.weight();
        queued.addAndGet(-weight);
        long until = first.handedIn() + config.gather().toNanos();
        while (weight < config.most()) {
            var next = queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            group.add(next);
            weight += next.weight();
            queued.addAndGet(-next.weight());
        }
        return group;
    }

    private void store(List<Batch> group, Storing storing) {
        try {
            commits.record(() -> storing.store(group));
            group.forEach(this::count);
        } catch (RuntimeException e) {
            // One batch that cannot be stored must not take the others with it.
            if (group.size() > 1 && !ProblemException.isDatabaseAway(e)) {
                group.forEach(batch -> storeAlone(batch, storing));
            } else {
                fail(group, e);
            }
        } finally {
            waiting.addAndGet(-group.stream().mapToInt(Batch::weight).sum());
        }
    }

    private void storeAlone(Batch batch, Storing storing) {
        try {
            storing.store(List.of(batch));
            count(batch);
        } catch (RuntimeException e) {
            fail(List.of(batch), e);
        }
    }

    private void fail(List<Batch> group, RuntimeException e) {
        LOG.warnf("%d batches were not stored, their callers are told: %s", group.size(), e);
        group.forEach(batch -> batch.answer().completeExceptionally(e));
    }

    private void count(Batch batch) {
        var _ =
                batch.answer()
                        .whenComplete((answer, failure) -> {
                            if (failure == null && batch.isFeedback()) {
                                labels.increment(answer.accepted());
                            } else if (failure == null) {
                                accepted.increment(answer.accepted());
                                refused.increment(answer.refused().size());
                            }
                        });
    }
}
