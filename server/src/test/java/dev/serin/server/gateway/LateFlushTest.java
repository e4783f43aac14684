package dev.serin.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is written to a connection of the gateway")
class LateFlushTest {

    /// What comes to the socket, which sends at each flush.
    private final List<String> socket = new ArrayList<>();

    private final EmbeddedChannel connection = new EmbeddedChannel(new Socket(), new LateFlush());

    @Test
    @DisplayName("goes out at the end of the loop's turn, all of it at once and in its order")
    void atTheEnd() {
        turn(pipeline -> {
            pipeline.writeAndFlush("one");
            pipeline.writeAndFlush("two");
            assertThat(socket).containsExactly("one", "two");
        });
        assertThat(socket).containsExactly("one", "two", "flush");
    }

    @Test
    @DisplayName("goes out in each turn")
    void eachTurn() {
        turn(pipeline -> pipeline.writeAndFlush("one"));
        turn(pipeline -> pipeline.writeAndFlush("two"));
        assertThat(socket).containsExactly("one", "flush", "two", "flush");
    }

    @Test
    @DisplayName("goes out before the connection is closed in the same turn")
    void beforeItsEnd() {
        turn(pipeline -> {
            pipeline.writeAndFlush("last");
            pipeline.close();
        });
        assertThat(socket).containsExactly("last", "flush", "close");
    }

    @Test
    @DisplayName("stays where nobody said that it is to go")
    void unflushed() {
        turn(pipeline -> pipeline.write("one"));
        assertThat(socket).containsExactly("one");
    }

    @Test
    @DisplayName("is held in the servers and the clients of Vert.x, and once")
    void inVertx() throws Exception {
        var vertx = Vertx.vertx();
        var held = new LinkedBlockingQueue<List<String>>();
        try {
            var server =
                    vertx.createHttpServer()
                            .requestHandler(asked -> {
                                LateFlush.of(asked.connection());
                                held.add(handlers(asked.connection()));
                                asked.response().end("heard");
                            })
                            .listen(0, "localhost")
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get();
            var client =
                    vertx.httpClientBuilder()
                            .with(new PoolOptions().setHttp1MaxSize(1))
                            .withConnectHandler(made -> {
                                LateFlush.of(made);
                                held.add(handlers(made));
                            })
                            .build();
            for (int i = 0; i < 2; i++) {
                var heard =
                        client.request(HttpMethod.GET, server.actualPort(), "localhost", "/")
                                .compose(HttpClientRequest::send)
                                .compose(HttpClientResponse::body);
                assertThat(heard.toCompletionStage().toCompletableFuture().get())
                        .hasToString("heard");
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
        // The client's one connection, and the server's at both calls.
        assertThat(held).hasSize(3);
        assertThat(held)
                .allSatisfy(handlers ->
                        assertThat(handlers).containsOnlyOnce("LateFlush").startsWith("LateFlush"));
    }

    private static List<String> handlers(HttpConnection connection) {
        var handlers = new ArrayList<String>();
        ((ConnectionBase) connection)
                .channel()
                .pipeline()
                .forEach(each -> handlers.add(each.getValue().getClass().getSimpleName()));
        return handlers;
    }

    private void turn(Consumer<ChannelPipeline> writing) {
        connection.eventLoop().execute(() -> writing.accept(connection.pipeline()));
        connection.runPendingTasks();
    }

    private final class Socket extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            socket.add(message.toString());
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            socket.add("flush");
        }

        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            socket.add("close");
        }
    }
}
