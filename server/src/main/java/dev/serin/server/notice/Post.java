package dev.serin.server.notice;

import dev.serin.server.SerinConfig;
import dev.serin.server.outward.BadAddress;
import dev.serin.server.outward.Guard;
import dev.serin.server.outward.WebAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Sends one letter over the wire, within bounds of time and size, to a checked address.
@ApplicationScoped
class Post {

    private static final int MOST_BYTES = 16_384;
    private static final int GONE = 410;

    /// How long the rest of an answer is waited for, once its status is known.
    private static final Duration REST = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final HttpClient client;
    private final Guard guard;
    private final Duration limit;

    @Inject
    Post(Vertx vertx, SerinConfig config) {
        this(
                vertx,
                new Guard(InetAddress::getAllByName, config.notices().allowPrivate()),
                config.notices().timeout());
    }

    Post(Vertx vertx, Guard guard, Duration limit) {
        this.vertx = vertx;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setKeepAlive(false)
                                .setConnectTimeout((int) limit.toMillis())
                                .setMaxHeaderSize(MOST_BYTES));
        this.guard = guard;
        this.limit = limit;
    }

    /// @param now the time that is signed
    Outcome send(Letter letter, Instant now) {
        try {
            var to = WebAddress.parse(letter.address());
            return send(letter, to, guard.check(to), now);
        } catch (BadAddress e) {
            return new Outcome.Hopeless(String.valueOf(e.getMessage()));
        } catch (UnknownHostException _) {
            return new Outcome.Failed("its name leads to no address");
        }
    }

    private Outcome send(Letter letter, WebAddress to, InetAddress machine, Instant now) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setServer(
                                SocketAddress.inetSocketAddress(
                                        to.port(), machine.getHostAddress()))
                        .setHost(to.host())
                        .setPort(to.port())
                        .setSsl(to.secure())
                        .setURI(to.path())
                        .setFollowRedirects(false)
                        .putHeader("content-type", "application/json")
                        .putHeader("user-agent", "Serin")
                        .putHeader("webhook-id", letter.notice().toString())
                        .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        if (!letter.secrets().isEmpty() && letter.kind().isSigned()) {
            options.putHeader(
                    "webhook-signature",
                    Signature.of(letter.secrets(), letter.notice(), now, letter.body()));
        }
        return await(options, letter.body());
    }

    private Outcome await(RequestOptions options, String body) {
        var open = new AtomicReference<HttpClientRequest>();
        var isLate = new AtomicBoolean();
        Future<Integer> status =
                client.request(options)
                        .compose(request -> {
                            open.set(request);
                            if (isLate.get()) {
                                // It waited for a connection until it was noted as failed.
                                request.exceptionHandler(_ -> {}).reset();
                                return Future.failedFuture("too late");
                            }
                            // Listening begins here, on the event loop: a thread that came
                            // later could find the answer over, and lost.
                            return request.send(body).map(this::drained);
                        });
        try {
            return said(
                    status.toCompletionStage()
                            .toCompletableFuture()
                            .get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            isLate.set(true);
            var request = open.get();
            if (request != null) {
                request.reset();
            }
            return new Outcome.Failed("no answer within %d s".formatted(limit.toSeconds()));
        } catch (ExecutionException e) {
            return new Outcome.Failed("no answer: " + reason(e.getCause()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("Serin stopped meanwhile");
        }
    }

    // The status is all that is asked for; an answer without end is cut off, or it would keep its
    // connection from the letters that come after.
    private int drained(HttpClientResponse response) {
        long cut = vertx.setTimer(REST.toMillis(), _ -> response.request().reset());
        response.exceptionHandler(_ -> vertx.cancelTimer(cut));
        response.endHandler(_ -> vertx.cancelTimer(cut));
        var left = new int[] {MOST_BYTES};
        response.handler(part -> {
            left[0] -= part.length();
            if (left[0] < 0) {
                response.request().reset();
            }
        });
        return response.statusCode();
    }

    private static Outcome said(int status) {
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered("it answered " + status);
        }
        if (status == GONE) {
            return new Outcome.Hopeless("it answered 410: it wants no more");
        }
        return new Outcome.Failed(
                status >= 300 && status < 400
                        ? "it answered %d; redirects are not followed".formatted(status)
                        : "it answered " + status);
    }

    // A class name says enough of an error of the wire, and no address of the inner network.
    private static String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> "the connection broke";
            case java.net.ConnectException _ -> "nobody listens there";
            case javax.net.ssl.SSLException _ -> "its certificate or its TLS is not accepted";
            default -> "the connection broke";
        };
    }
}
