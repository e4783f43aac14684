package dev.serin.server.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.server.FreePort;
import dev.serin.server.gateway.Upstream;
import dev.serin.server.outward.Guard;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A sender of messages")
class PostTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @AfterAll
    static void end() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @DisplayName("hears an answer that was over before its own thread came to look")
    void hearsThoughItIsLate() throws Exception {
        try (var ear = new Ear(500)) {
            assertThat(post(late(Vertx.class, VERTX)).send(letter(ear.address(), "{}"), NOON))
                    .isEqualTo(new Outcome.Failed("it answered 500"));
        }
    }

    @Test
    @DisplayName("hears the answer of a receiver that does not read the message to its end")
    void hearsAnEarlyAnswer() throws Exception {
        try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var hasty = Thread.startVirtualThread(() -> refuseUnread(socket));
            var address = "http://127.0.0.1:%d/".formatted(socket.getLocalPort());
            assertThat(post(VERTX).send(letter(address, "x".repeat(16_000)), NOON))
                    .isEqualTo(new Outcome.Failed("it answered 413"));
            hasty.join();
        }
    }

    @Test
    @DisplayName("tells nothing to a receiver whose certificate nobody vouches for")
    void refusesAnyonesCertificate(@TempDir Path directory) throws Exception {
        var store = directory.resolve("anyone.p12");
        makeCertificate(store);
        var heard = new AtomicInteger();
        var https =
                VERTX.createHttpServer(
                                new HttpServerOptions()
                                        .setSsl(true)
                                        .setKeyCertOptions(
                                                new PfxOptions()
                                                        .setPath(store.toString())
                                                        .setPassword("secret")))
                        .requestHandler(request -> {
                            heard.incrementAndGet();
                            request.response().end();
                        })
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        var address = "https://localhost:%d/".formatted(https.actualPort());
        assertThat(post(VERTX).send(letter(address, "{}"), NOON))
                .isEqualTo(
                        new Outcome.Failed(
                                "no answer: its certificate or its TLS is not accepted"));
        assertThat(heard).hasValue(0);
    }

    @Test
    @DisplayName("keeps its connections though answers do not end")
    void cutsEndlessAnswers() {
        int port = FreePort.next();
        Upstream.at(port)
                .says((_, line) -> {
                    line.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
                    line.isLeftWithin(60);
                });
        var post = post(VERTX);
        for (int i = 0; i < 2 * HttpClientOptions.DEFAULT_MAX_POOL_SIZE; i++) {
            assertThat(post.send(letter("http://127.0.0.1:" + port, "{}"), NOON))
                    .isEqualTo(new Outcome.Delivered("it answered 200"));
        }
    }

    @Test
    @DisplayName("sends nothing any more that had to wait for a connection until its time was over")
    void sendsNothingLate() throws Exception {
        try (var ear = new Ear()) {
            var connected = Promise.<Void>promise();
            var post =
                    new Post(
                            slowToConnect(connected.future()),
                            new Guard(InetAddress::getAllByName, true),
                            Duration.ofMillis(200));
            for (int i = 0; i < HttpClientOptions.DEFAULT_MAX_POOL_SIZE; i++) {
                assertThat(post.send(letter(ear.address(), "late"), NOON))
                        .isInstanceOf(Outcome.Failed.class);
            }
            connected.complete();
            await().until(() ->
                    post.send(letter(ear.address(), "now"), NOON) instanceof Outcome.Delivered);
            assertThat(ear.heard()).extracting(Ear.Heard::body).containsOnly("now");
        }
    }

    /// One whose client has no connection to give before `connected`.
    private static Vertx slowToConnect(Future<Void> connected) {
        return answering(
                Vertx.class,
                VERTX,
                made ->
                        made instanceof HttpClient client
                                ? answering(
                                        HttpClient.class,
                                        client,
                                        asked ->
                                                asked instanceof Future<?> request
                                                        ? request.compose(
                                                                it -> connected.map(_ -> it))
                                                        : asked)
                                : made);
    }

    private static void makeCertificate(Path store) throws Exception {
        var keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "secret")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(keytool.waitFor()).isZero();
    }

    /// The same, but whoever asks for the next step of a request gets it when the wire has come to rest.
    private static <T> T late(Class<T> type, T real) {
        return answering(type, real, PostTest::slowed);
    }

    /// The same, with another answer to each call.
    private static <T> T answering(Class<T> type, T real, UnaryOperator<Object> instead) {
        InvocationHandler handler =
                (_, method, arguments) -> {
                    try {
                        return instead.apply(method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                };
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object slowed(Object real) {
        return switch (real) {
            case HttpClient client -> late(HttpClient.class, client);
            case Future<?> future -> {
                // Twice around: what came with the answer's first bytes has been dealt with as
                // well.
                for (int i = 0; i < 2; i++) {
                    future.transform(_ -> Future.succeededFuture())
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join();
                }
                yield late(Future.class, future);
            }
            default -> real;
        };
    }

    private static void refuseUnread(ServerSocket socket) {
        try (var connection = socket.accept()) {
            connection.getInputStream().readNBytes(20);
            connection
                    .getOutputStream()
                    .write(
                            "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Post post(Vertx vertx) {
        var guard = new Guard(InetAddress::getAllByName, true);
        return new Post(vertx, guard, Duration.ofSeconds(30));
    }

    private static Letter letter(String address, String body) {
        return new Letter(1, UUID.randomUUID(), address, Kind.WEBHOOK, 1, 0, body, List.of());
    }
}
