package dev.serin.server.gateway;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Connections to providers, those of each event loop apart.
///
/// One pool for all would hand a call the connection of another loop, and every byte of it would wait
/// for two threads instead of one.
final class Clients implements AutoCloseable {

    /// Connections of one loop to one provider. Each open stream holds one.
    private static final int MOST_CONNECTIONS = 10_000;

    /// Shorter than servers keep theirs, so that no question is sent to a connection that is being
    /// closed.
    private static final int KEPT_SECONDS = 15;

    private static final int MOST_HEADER_BYTES = 32 << 10;

    private final Vertx vertx;
    private final List<HttpClient> made = new CopyOnWriteArrayList<>();
    private final FastThreadLocal<HttpClient> mine =
            new FastThreadLocal<>() {
                @Override
                protected HttpClient initialValue() {
                    return make();
                }
            };

    Clients(Vertx vertx) {
        this.vertx = vertx;
    }

    /// The connections of the event loop that asks.
    HttpClient mine() {
        return mine.get();
    }

    private HttpClient make() {
        var client =
                vertx.httpClientBuilder()
                        .with(
                                new HttpClientOptions()
                                        .setKeepAliveTimeout(KEPT_SECONDS)
                                        .setMaxHeaderSize(MOST_HEADER_BYTES)
                                        .setTcpNoDelay(true)
                                        // For those who pack what they are asked to leave as it is:
                                        // nobody could read tokens and errors of that.
                                        .setDecompressionSupported(true))
                        .with(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS))
                        .withConnectHandler(LateFlush::of)
                        .build();
        made.add(client);
        return client;
    }

    @Override
    public void close() {
        for (var client : made) {
            var _ = client.close();
        }
    }
}
