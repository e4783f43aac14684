package dev.serin.server.standin;

import dev.serin.simulator.provider.ErrorReply;
import dev.serin.simulator.provider.Piece;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/// Sends an answer at its times; if the asker goes away before, the rest is not sent. It belongs to
/// one event loop.
final class Sending {

    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream; charset=utf-8";

    private static final long NONE = -1;

    private final Vertx vertx;
    private final Shared shared;
    private final HttpServerResponse response;
    private final long began = System.nanoTime();
    private long timer = NONE;

    Sending(Vertx vertx, Shared shared, HttpServerResponse response) {
        this.vertx = vertx;
        this.shared = shared;
        this.response = response;
        response.exceptionHandler(_ -> stop());
        response.closeHandler(_ -> stop());
    }

    void whole(double afterMs, String json) {
        at(
                afterMs,
                () -> {
                    response.putHeader("content-type", JSON);
                    response.end(json);
                });
    }

    void error(double afterMs, ErrorReply error) {
        at(afterMs, () -> send(response, error));
    }

    /// At once, and without a timer.
    static void send(HttpServerResponse response, ErrorReply error) {
        response.setStatusCode(error.status()).putHeader("content-type", JSON);
        error.headers().forEach(response::putHeader);
        response.end(error.json());
    }

    /// The first piece comes with the head of the answer, the last one ends it.
    void pieces(List<Piece> pieces) {
        at(
                pieces.getFirst().afterMs(),
                () -> {
                    response.setChunked(true)
                            .putHeader("content-type", EVENTS)
                            .putHeader("cache-control", "no-cache");
                    from(pieces, 0);
                });
    }

    /// Sends what is due, and waits for the rest.
    private void from(List<Piece> pieces, int next) {
        int i = next;
        double now = elapsedMs();
        var due = new StringBuilder();
        while (i < pieces.size() && pieces.get(i).afterMs() <= now) {
            due.append(pieces.get(i).text());
            i++;
        }
        var text = Buffer.buffer(due.toString());
        if (i == pieces.size()) {
            response.end(text);
            return;
        }
        if (text.length() > 0) {
            response.write(text);
        }
        int later = i;
        at(pieces.get(later).afterMs(), () -> from(pieces, later));
    }

    private void at(double afterMs, Runnable act) {
        double left = afterMs - elapsedMs();
        if (left <= 0) {
            act.run();
            return;
        }
        shared.waits(1);
        timer =
                vertx.setTimer(
                        Math.max(1, (long) Math.ceil(left)),
                        _ -> {
                            timer = NONE;
                            shared.waits(-1);
                            if (!response.closed()) {
                                act.run();
                            }
                        });
    }

    private double elapsedMs() {
        return (System.nanoTime() - began) / 1e6;
    }

    private void stop() {
        if (timer != NONE && vertx.cancelTimer(timer)) {
            timer = NONE;
            shared.waits(-1);
        }
    }
}
