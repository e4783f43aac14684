package dev.serin.simulator.lab;

import dev.serin.engine.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Plays an order.
public final class Lab {

    private static final long WATCH_EVERY_MS = 50;

    private final LabOrder order;
    private final List<Series> series = new ArrayList<>();
    private final List<Sweep> sweeps;
    private final Model baseline;
    private final Crowd crowd;
    private final long of;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Lab(LabOrder order) {
        this.order = order;
        this.baseline = Model.of(order.baseline(), order.plan());
        this.crowd = new Crowd("lab-" + order.seed());
        for (var candidate : order.candidates()) {
            series.add(
                    new Series(
                            Model.of(candidate, order.plan()),
                            order.seed(),
                            candidate.name(),
                            order.runs()));
        }
        this.sweeps = Sweep.of(order);
        sweeps.forEach(sweep -> series.addAll(sweep.series()));
        this.of = series.stream().mapToLong(Series::runs).sum();
    }

    /// Plays it. The same order gives the same report, whatever the number of threads, unless the
    /// watch stops it.
    ///
    /// @param threads that play, 1 or more
    public static LabReport run(LabOrder order, LabWatch watch, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("a lab needs 1 thread or more, got " + threads);
        }
        return new Lab(order).play(watch, threads);
    }

    /// Plays one candidate alone, on this thread.
    ///
    /// @param runs 1 or more
    /// @param approval how long after a gate opens a person approves it
    /// @param limit virtual time after which a run counts as stuck
    public static LabResult of(
            Plan plan,
            Model baseline,
            Model candidate,
            int runs,
            long seed,
            double callsPerSecond,
            Duration approval,
            Duration limit) {
        var crowd = new Crowd("lab-" + seed);
        var run = new Run(plan, callsPerSecond, approval, limit, crowd);
        var plain = new PlainRule(plan);
        var series = new Series(candidate, seed, candidate.name(), runs);
        for (int i = 0; i < runs; i++) {
            series.play(i, run, plain, baseline);
        }
        return series.result();
    }

    private LabReport play(LabWatch watch, int threads) {
        try (var pool =
                Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory())) {
            var players = new ArrayList<Future<?>>();
            for (int i = 0; i < threads; i++) {
                players.add(pool.submit(this::playRuns));
            }
            try {
                for (var player : players) {
                    await(player, watch);
                }
            } finally {
                stopped.set(true);
            }
        }
        watch.played(done.get(), of);
        var results =
                series.subList(0, order.candidates().size()).stream().map(Series::result).toList();
        return new LabReport(
                order,
                results,
                sweeps.stream().map(Sweep::curve).toList(),
                Advice.on(order, results),
                done.get() == of);
    }

    private void await(Future<?> player, LabWatch watch) {
        while (true) {
            try {
                player.get(WATCH_EVERY_MS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException _) {
                watch.played(done.get(), of);
                if (!watch.goesOn()) {
                    stopped.set(true);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                stopped.set(true);
                return;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a run of the lab failed", e.getCause());
            }
        }
    }

    private void playRuns() {
        var run = new Run(order, crowd, stopped::get);
        var plain = new PlainRule(order.plan());
        long number;
        while (!stopped.get() && (number = next.getAndIncrement()) < of) {
            if (play(number, run, plain)) {
                done.incrementAndGet();
            }
        }
    }

    private boolean play(long number, Run run, PlainRule plain) {
        long rest = number;
        for (var some : series) {
            if (rest < some.runs()) {
                return some.play((int) rest, run, plain, baseline);
            }
            rest -= some.runs();
        }
        throw new IllegalArgumentException("there are %d runs, got %d".formatted(of, number));
    }
}
