package dev.serin.server.remote;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Follows a rollout until it is where it is waited for, through restarts and cut lines.
///
/// The server's stream says that something changed; whoever hears nothing asks by itself. So a
/// stream that is cut, or held back by a proxy, costs seconds and no answer.
final class Waiting {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final RemoteServer server;
    private final UUID id;
    private final Watcher watcher;
    private final BlockingQueue<String> words = new ArrayBlockingQueue<>(1);

    Waiting(RemoteServer server, UUID id, Watcher watcher) {
        this.server = server;
        this.id = id;
        this.watcher = watcher;
    }

    /// How the waiting ended.
    ///
    /// @param inTime false if it is not where it was waited for
    record Ended(ShownRollout rollout, boolean inTime) {}

    /// Waits until `there` is true of the rollout, or time runs out.
    ///
    /// @param most how long; null for as long as it takes
    /// @throws ServerAway if the server is not there when the waiting begins
    Ended until(Predicate<ShownRollout> there, @Nullable Duration most)
            throws InterruptedException {
        long began = System.nanoTime();
        var seen = server.rollout(id);
        watcher.sees(seen);
        var listener = Thread.ofVirtual().name("listener").start(this::listen);
        try {
            while (!there.test(seen)) {
                var left = most == null ? BETWEEN_LOOKS : most.minusNanos(elapsed(began));
                if (!left.isPositive()) {
                    return new Ended(seen, false);
                }
                seen = next(seen, left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS);
            }
            return new Ended(seen, true);
        } finally {
            listener.interrupt();
            watcher.end();
        }
    }

    private ShownRollout next(ShownRollout before, Duration wait) throws InterruptedException {
        var _ = words.poll(wait.toMillis() + 1, TimeUnit.MILLISECONDS);
        try {
            var seen = server.rollout(id);
            watcher.sees(seen);
            return seen;
        } catch (ServerAway away) {
            watcher.misses(away);
            return before;
        }
    }

    private void listen() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                server.listen(id, words::offer);
                // The line was cut, perhaps by a restart: look, and call again in a moment.
                words.offer("cut");
                Thread.sleep(BETWEEN_TRIES);
            }
        } catch (InterruptedException _) {
            // nobody waits any more
        }
    }

    private static long elapsed(long began) {
        return System.nanoTime() - began;
    }
}
