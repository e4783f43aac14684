package dev.serin.server;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.context.ApplicationScoped;

/// As many event loops as there are processors: nothing that runs on one waits, and a second one on
/// the same processor would only divide its work into smaller pieces.
@ApplicationScoped
public class Loops implements VertxOptionsCustomizer {

    private static final int LEAST = 2;

    @Override
    public void accept(VertxOptions options) {
        options.setEventLoopPoolSize(Math.max(LEAST, Runtime.getRuntime().availableProcessors()));
    }
}
