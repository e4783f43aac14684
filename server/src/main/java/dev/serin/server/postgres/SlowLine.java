package dev.serin.server.postgres;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One line for a person who waits, told only if the work inside takes longer than they expect.
final class SlowLine implements AutoCloseable {

    private final CompletableFuture<Void> telling;

    private SlowLine(CompletableFuture<Void> telling) {
        this.telling = telling;
    }

    static SlowLine after(Duration patience, Consumer<String> tell, String line) {
        var later = CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS);
        return new SlowLine(CompletableFuture.runAsync(() -> tell.accept(line), later));
    }

    @Override
    public void close() {
        telling.cancel(false);
    }
}
