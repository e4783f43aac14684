package dev.serin.bench.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Asks a target, as fast as it answers or at a fixed rate.
final class Load implements AutoCloseable {

    private static final String CHAT = "/v1/chat/completions";
    private static final String LAST = "data: [DONE]\n\n";
    private static final int MOST_CONNECTIONS = 4_000;
    private static final long PATIENCE_MINUTES = 2;
    private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(1);

    /// One event loop is enough, and leaves the processors to whom it measures.
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    private final Context loop = vertx.getOrCreateContext();
    private final HttpClient client =
            vertx.createHttpClient(
                    new HttpClientOptions().setDefaultHost("127.0.0.1"),
                    new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    private final AtomicLong failures = new AtomicLong();
    private final AtomicReference<String> failure = new AtomicReference<>("");

    /// How many calls failed since this was asked last.
    long failures() {
        return failures.getAndSet(0);
    }

    /// Why the last one failed.
    String failure() {
        return failure.get();
    }

    private void failed(Target target, Throwable cause) {
        failures.incrementAndGet();
        failure.set(target.name() + ": " + cause);
    }

    /// Calls a second, by so many askers that ask again once they are answered.
    double saturate(Target target, int askers, Duration time) throws InterruptedException {
        var calls = new AtomicLong();
        var done = new CountDownLatch(askers);
        long end = System.nanoTime() + time.toNanos();
        long began = System.nanoTime();
        for (int i = 0; i < askers; i++) {
            loop.runOnContext(_ -> again(target, () -> System.nanoTime() < end, calls, done));
        }
        finish(target, done);
        return calls.get() / ((System.nanoTime() - began) / 1e9);
    }

    /// So many calls, as fast as they are answered.
    void calls(Target target, int askers, long number) throws InterruptedException {
        var left = new AtomicLong(number);
        var done = new CountDownLatch(askers);
        for (int i = 0; i < askers; i++) {
            loop.runOnContext(
                    _ -> again(target, () -> left.getAndDecrement() > 0, new AtomicLong(), done));
        }
        finish(target, done);
    }

    private void again(Target target, BooleanSupplier more, AtomicLong calls, CountDownLatch done) {
        if (!more.getAsBoolean()) {
            done.countDown();
            return;
        }
        ask(target, /* stream= */ false)
                .compose(HttpClientResponse::body)
                .onComplete(answered -> {
                    if (answered.failed()) {
                        failed(target, answered.cause());
                    } else {
                        calls.incrementAndGet();
                    }
                    again(target, more, calls, done);
                });
    }

    /// Microseconds from when a call was due to its last byte, or of a stream to its first one.
    Histogram steady(Target target, int perSecond, Duration time, boolean stream)
            throws InterruptedException {
        var micros = new ConcurrentHistogram(MOST_MICROS, 3);
        int number = Math.toIntExact(perSecond * time.toSeconds());
        var done = new CountDownLatch(number);
        long began = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        for (int i = 0; i < number; i++) {
            long due = began + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            loop.runOnContext(_ -> one(target, stream, due, micros, done));
        }
        finish(target, done);
        return micros;
    }

    private void one(
            Target target, boolean stream, long due, Histogram micros, CountDownLatch done) {
        ask(target, stream)
                .compose(answer -> seen(answer, stream, due, micros))
                .onComplete(answered -> {
                    if (answered.failed()) {
                        failed(target, answered.cause());
                    }
                    done.countDown();
                });
    }

    private static Future<Void> seen(
            HttpClientResponse answer, boolean stream, long due, Histogram micros) {
        if (!stream) {
            return answer.body().onSuccess(_ -> record(micros, due)).mapEmpty();
        }
        var first = new AtomicBoolean();
        answer.handler(_ -> {
            if (first.compareAndSet(false, true)) {
                record(micros, due);
            }
        });
        return answer.end();
    }

    private static void record(Histogram micros, long due) {
        long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due);
        micros.recordValue(Math.clamp(took, 0, MOST_MICROS));
    }

    /// What became of streams that were all open at once.
    ///
    /// @param open how many had sent something before the first one ended
    /// @param whole how many came to their last event
    record Held(long open, long whole) {}

    /// Opens so many streams and reads them to their ends.
    Held hold(Target target, int streams) throws InterruptedException {
        var open = new AtomicLong();
        var most = new AtomicLong();
        var whole = new AtomicLong();
        var done = new CountDownLatch(streams);
        for (int i = 0; i < streams; i++) {
            // Opened over about four seconds: a burst would measure the listener's queue.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            loop.runOnContext(_ ->
                    ask(target, /* stream= */ true)
                            .compose(answer -> readWhole(answer, open, most))
                            .onComplete(read -> {
                                if (read.succeeded() && read.result()) {
                                    whole.incrementAndGet();
                                }
                                done.countDown();
                            }));
        }
        finish(target, done);
        return new Held(most.get(), whole.get());
    }

    private static Future<Boolean> readWhole(
            HttpClientResponse answer, AtomicLong open, AtomicLong most) {
        var end = new AtomicReference<>("");
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        answer.handler(part -> {
            var text = end.get() + part;
            end.set(text.substring(Math.max(0, text.length() - LAST.length())));
        });
        return answer.end()
                .onComplete(_ -> open.decrementAndGet())
                .map(_ -> end.get().equals(LAST));
    }

    private Future<HttpClientResponse> ask(Target target, boolean stream) {
        return client.request(HttpMethod.POST, target.port(), "127.0.0.1", CHAT)
                .compose(request -> {
                    request.putHeader("content-type", "application/json");
                    return request.send(target.question(stream));
                })
                .compose(answer ->
                        answer.statusCode() == 200
                                ? Future.succeededFuture(answer)
                                : answer.body()
                                        .compose(body ->
                                                Future.failedFuture(
                                                        "%s answered %d: %s"
                                                                .formatted(
                                                                        target.name(),
                                                                        answer.statusCode(),
                                                                        body))));
    }

    private static void finish(Target target, CountDownLatch done) throws InterruptedException {
        if (!done.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException(
                    "%d calls to %s never ended".formatted(done.getCount(), target.name()));
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
