package dev.serin.server.standin;

import dev.serin.server.problem.WrongUse;
import dev.serin.simulator.provider.Fault;
import dev.serin.simulator.provider.StandInModel;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A running stand-in for a provider, until it is closed.
public final class StandIn implements AutoCloseable {

    /// The only address that it listens on.
    public static final String HOST = "127.0.0.1";

    private static final int LIMIT_SECONDS = 20;

    /// Vert.x gives all servers with the same number below 0 the same free port.
    private static final AtomicInteger ANY_PORT = new AtomicInteger(-1000);

    private final Vertx vertx;
    private final Shared shared;
    private final String deployment;

    private StandIn(Vertx vertx, Shared shared, String deployment) {
        this.vertx = vertx;
        this.shared = shared;
        this.deployment = deployment;
    }

    /// Starts one on as many event loops as there are processors.
    ///
    /// @param port 1 to 65535, or 0 for any that is free
    /// @param models that it answers for, each name once
    /// @throws WrongUse if it cannot listen there
    public static StandIn start(Vertx vertx, int port, List<StandInModel> models) {
        var shared = new Shared(models);
        int listening = port == 0 ? ANY_PORT.getAndDecrement() : port;
        var options =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        try {
            var deployed = vertx.deployVerticle(() -> new Door(shared, HOST, listening), options);
            return new StandIn(vertx, shared, await(deployed));
        } catch (ExecutionException e) {
            throw new WrongUse("--port %d: cannot listen there: %s".formatted(port, e.getCause()));
        }
    }

    public int port() {
        return shared.port();
    }

    /// What a client calls its base URL.
    public String baseUrl() {
        return "http://%s:%d/v1".formatted(HOST, port());
    }

    /// Lets a fault befall it from the next call on; null ends the one that does.
    public void befall(@Nullable Fault fault) {
        shared.befall(fault);
    }

    /// How many calls it was asked for.
    public long calls() {
        return shared.calls();
    }

    /// How many answers wait for their time.
    public long waiting() {
        return shared.waiting();
    }

    @Override
    public void close() {
        try {
            var _ = await(vertx.undeploy(deployment));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static <T> T await(Future<T> future) throws ExecutionException {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new ExecutionException(e);
        }
    }
}
