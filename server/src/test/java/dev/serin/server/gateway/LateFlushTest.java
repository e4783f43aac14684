package dev.serin.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is written to a connection of the gateway")
class LateFlushTest {

    /// What comes to the socket, which sends at each flush.
    private final List<String> socket = new ArrayList<>();

    private final EmbeddedChannel connection = connection("");
    private final EmbeddedChannel other = connection("other ");

    /// What turns heard is remembered in those after them, whichever test they are of.
    @BeforeEach
    void quietly() {
        for (int i = 0; i < 8; i++) {
            turn(() -> connection.pipeline().fireChannelRead("asked"));
        }
    }

    @Test
    @DisplayName(
            "goes out at once where it is the first of its turn, and the rest at the turn's end")
    void firstAtOnce() {
        turn(() -> {
            connection.pipeline().writeAndFlush("one");
            assertThat(socket).containsExactly("one", "flush");
            connection.pipeline().writeAndFlush("two");
            connection.pipeline().writeAndFlush("three");
            assertThat(socket).containsExactly("one", "flush", "two", "three");
        });
        assertThat(socket).containsExactly("one", "flush", "two", "three", "flush");
    }

    @Test
    @DisplayName("goes out at once in each turn that hears one connection")
    void eachTurn() {
        for (var word : List.of("one", "two")) {
            turn(() -> {
                connection.pipeline().fireChannelRead("asked");
                connection.pipeline().writeAndFlush(word);
                assertThat(socket).endsWith(word, "flush");
            });
        }
        assertThat(socket).containsExactly("one", "flush", "two", "flush");
    }

    @Test
    @DisplayName("waits for the end of a turn that heard another connection before")
    void severalHeard() {
        turn(() -> {
            connection.pipeline().fireChannelRead("asked");
            other.pipeline().fireChannelRead("asked");
            other.pipeline().writeAndFlush("two");
            assertThat(socket).containsExactly("other two");
        });
        assertThat(socket).containsExactly("other two", "other flush");
    }

    @Test
    @DisplayName(
            "waits where a turn before heard several connections, and not after eight quiet ones")
    void afterSeveral() {
        turn(() -> {
            connection.pipeline().fireChannelRead("asked");
            other.pipeline().fireChannelRead("asked");
        });
        turn(() -> {
            connection.pipeline().writeAndFlush("one");
            assertThat(socket).containsExactly("one");
            other.pipeline().writeAndFlush("two");
            connection.pipeline().writeAndFlush("three");
        });
        assertThat(socket).containsExactly("one", "other two", "three", "flush", "other flush");
        socket.clear();
        for (int i = 1; i < 8; i++) {
            turn(() -> connection.pipeline().writeAndFlush("on"));
            assertThat(socket).hasSize(2 * i).endsWith("on", "flush");
        }
        socket.clear();
        turn(() -> {
            connection.pipeline().writeAndFlush("four");
            assertThat(socket).containsExactly("four", "flush");
        });
    }

    @Test
    @DisplayName("goes out when whoever hears that it has gone writes again at the end of the turn")
    void writtenAtTheEnd() {
        turn(() -> {
            connection.pipeline().writeAndFlush("one");
            connection
                    .pipeline()
                    .writeAndFlush("two")
                    .addListener(_ -> other.pipeline().writeAndFlush("three"));
        });
        assertThat(socket)
                .containsExactly("one", "flush", "two", "flush", "other three", "other flush");
    }

    @Test
    @DisplayName("goes out before the connection is closed in the same turn")
    void beforeItsEnd() {
        turn(() -> {
            connection.pipeline().writeAndFlush("one");
            connection.pipeline().writeAndFlush("last");
            connection.pipeline().close();
        });
        assertThat(socket).containsExactly("one", "flush", "last", "flush", "close");
    }

    @Test
    @DisplayName("stays where nobody said that it is to go")
    void unflushed() {
        turn(() -> connection.pipeline().write("one"));
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

    private EmbeddedChannel connection(String name) {
        return new EmbeddedChannel(new Socket(name), new LateFlush());
    }

    /// One turn of a loop that both connections are on.
    private void turn(Runnable work) {
        work.run();
        connection.runPendingTasks();
        other.runPendingTasks();
    }

    private final class Socket extends ChannelOutboundHandlerAdapter {

        private final String name;
        private final List<ChannelPromise> sending = new ArrayList<>();

        private Socket(String name) {
            this.name = name;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            socket.add(name + message);
            sending.add(promise);
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            socket.add(name + "flush");
            var sent = List.copyOf(sending);
            sending.clear();
            sent.forEach(ChannelPromise::setSuccess);
        }

        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            socket.add(name + "close");
        }
    }
}
