package dev.serin.bench.gateway;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The least that a proxy on Vert.x does: hands bytes on, both ways.
public final class BareProxy extends AbstractVerticle {

    private static final int MOST_CONNECTIONS = 256;

    private final int port;
    private final int upstream;
    private @Nullable HttpClient client;

    private BareProxy(int port, int upstream) {
        this.port = port;
        this.upstream = upstream;
    }

    /// @param arguments the port to listen on, and that of the provider
    static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        int upstream = Integer.parseInt(arguments[1]);
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops))
                .deployVerticle(
                        () -> new BareProxy(port, upstream),
                        new DeploymentOptions().setInstances(loops))
                .onSuccess(_ -> System.out.println("listening"))
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }

    @Override
    public void start() {
        client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setDefaultHost("127.0.0.1")
                                .setDefaultPort(upstream),
                        new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        vertx.createHttpServer().requestHandler(this::pass).listen(port, "127.0.0.1");
    }

    private void pass(HttpServerRequest in) {
        in.pause();
        Objects.requireNonNull(client)
                .request(in.method(), in.uri())
                .onFailure(_ -> in.response().setStatusCode(502).end())
                .onSuccess(out -> {
                    in.headers()
                            .forEach(header -> {
                                if (!header.getKey().equalsIgnoreCase("host")) {
                                    out.putHeader(header.getKey(), header.getValue());
                                }
                            });
                    out.send(in)
                            .onSuccess(answer -> pass(answer, in))
                            .onFailure(_ -> in.response().setStatusCode(502).end());
                });
    }

    private static void pass(HttpClientResponse answer, HttpServerRequest in) {
        var back = in.response().setStatusCode(answer.statusCode());
        answer.headers().forEach(header -> back.putHeader(header.getKey(), header.getValue()));
        var _ = answer.pipeTo(back);
    }
}
