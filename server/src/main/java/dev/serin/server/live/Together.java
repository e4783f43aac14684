package dev.serin.server.live;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets those who want the same at about the same time have it made once.
///
/// Whatever anyone gets was begun after they asked, so nobody is shown less than what had happened by
/// then. Who asks first is served at once; who asks soon after, or while it is made, shares the next.
///
/// @param <K> what is wanted
/// @param <V> what is made; it is shared, and must not change
public final class Together<K, V> {

    /// So many are remembered before those are forgotten that were made long ago.
    private static final int MANY = 1_000;

    private final long rest;
    private final LongSupplier nanos;
    private final LongConsumer pause;
    private final Map<K, Round> next = new ConcurrentHashMap<>();
    private final Map<K, Long> began = new ConcurrentHashMap<>();

    /// For what an open page shows.
    public static <K, V> Together<K, V> ofPages() {
        return new Together<>(Duration.ofMillis(200), System::nanoTime, LockSupport::parkNanos);
    }

    /// @param rest the least time between two beginnings for one key
    /// @param nanos monotonic
    /// @param pause waits so many nanoseconds
    Together(Duration rest, LongSupplier nanos, LongConsumer pause) {
        this.rest = rest.toNanos();
        this.nanos = nanos;
        this.pause = pause;
    }

    /// What `made` gives to whoever of those waiting comes first. What it throws, all of them get.
    public V get(K key, Supplier<V> made) {
        return next.computeIfAbsent(key, _ -> new Round()).get(key, made);
    }

    /// One making, and those who wait for it.
    private final class Round {

        private final ReentrantLock one = new ReentrantLock();
        private @Nullable V value;
        private @Nullable RuntimeException failure;

        V get(K key, Supplier<V> made) {
            one.lock();
            try {
                if (value == null && failure == null) {
                    begin(key);
                    make(made);
                }
                if (failure != null) {
                    throw failure;
                }
                return Objects.requireNonNull(value);
            } finally {
                one.unlock();
            }
        }

        /// From here on, who asks shares another round.
        private void begin(K key) {
            var last = began.get(key);
            if (last != null) {
                long left = last + rest - nanos.getAsLong();
                if (left > 0) {
                    pause.accept(left);
                }
            }
            forgetOld();
            began.put(key, nanos.getAsLong());
            next.remove(key, this);
        }

        private void make(Supplier<V> made) {
            try {
                value = made.get();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }

    private void forgetOld() {
        if (began.size() >= MANY) {
            long now = nanos.getAsLong();
            began.values().removeIf(at -> now - at >= rest);
        }
    }
}
