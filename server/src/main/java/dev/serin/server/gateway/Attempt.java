package dev.serin.server.gateway;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.dialect.Unreadable;
import dev.serin.server.provider.Provider;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One question to one provider, from its first byte to the last of the answer. All of it runs on one
/// event loop.
final class Attempt implements Vigil.Kept {

    /// How much of an answer is held back until it is whole, in bytes.
    private static final int MOST_HELD = 64 << 10;

    /// How long an answer may be that is translated, in bytes: all of it must be there first.
    private static final int MOST_TRANSLATED = 8 << 20;

    /// How long comments wait for the first event of a stream, in milliseconds from its question.
    /// Then they go on, for they keep the client's connection alive as well.
    private static final double COMMENTS_WAIT_MS = 15_000;

    /// How much of an error is passed on, in bytes.
    private static final int MOST_TOLD = 256 << 10;

    private final Arm arm;
    private final Provider.Model model;
    private final boolean isLast;
    private final Put put;
    private final Asker asker;
    private final Vertx vertx;
    private final Vigil vigil;
    private final AnswerFacts facts;

    private Buffer held = Buffer.buffer();
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse answer;
    private @Nullable StreamReader stream;
    private @Nullable PlainReader plain;
    private long firstWord = -1;
    private boolean begun;
    private boolean waiting;
    private boolean cut;

    /// @param isLast whether there is no other arm to ask
    /// @param put what it is asked, and how the answer goes back
    /// @param limits latency limits in milliseconds, rising; it is told when one passes
    Attempt(
            Vertx vertx,
            Arm arm,
            Provider.Model model,
            boolean isLast,
            Put put,
            List<Double> limits,
            Asker asker) {
        this.arm = arm;
        this.model = model;
        this.isLast = isLast;
        this.put = put;
        this.asker = asker;
        this.facts = AnswerFacts.of(model.provider().kind());
        this.vertx = vertx;
        this.vigil = new Vigil(vertx, model.provider().patience(), limits, this);
    }

    /// @param more headers for the provider, instead of the client's of the same name
    void ask(HttpClient client, MultiMap headers, Map<String, String> more) {
        var provider = model.provider();
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(provider.base().getHost())
                        .setPort(provider.port())
                        .setSsl(provider.isEncrypted())
                        .setURI(provider.base().getRawPath() + put.endpoint().path())
                        .setConnectTimeout(provider.patience().connect().toMillis());
        var own = HttpHeaders.headers();
        Heads.ask(headers, own, provider);
        more.forEach(own::set);
        options.setHeaders(own);
        vigil.begin();
        client.request(options).onComplete(this::send);
    }

    /// The arm that it asks.
    Arm arm() {
        return arm;
    }

    Provider.Model model() {
        return model;
    }

    AnswerFacts facts() {
        return facts;
    }

    /// Whether any of the answer has gone to the client.
    boolean hasBegun() {
        return begun;
    }

    /// Whether what the client has is made of whole events.
    boolean isBetweenEvents() {
        return stream != null && stream.isBetweenEvents();
    }

    /// From the question to the end of the answer, or till now.
    double latencyMs() {
        return vigil.latencyMs();
    }

    /// From the question to the first word of a streamed answer; null if none came.
    @Nullable Double firstWordMs() {
        return firstWord < 0 ? null : (Double) vigil.millis(firstWord);
    }

    /// When it was asked, in monotonic nanoseconds.
    long began() {
        return vigil.began();
    }

    void pause() {
        var from = answer;
        if (from != null && !vigil.isOver()) {
            vigil.pause();
            from.pause();
        }
    }

    void resume() {
        var from = answer;
        if (from != null && vigil.resume()) {
            from.resume();
        }
    }

    /// Lets go of the provider, for whom nobody waits any more.
    void cancel() {
        vigil.end();
        var asking = request;
        if (asking != null) {
            asking.reset();
        }
    }

    private void send(AsyncResult<HttpClientRequest> made) {
        if (made.failed()) {
            fail(Fault.UNREACHABLE);
            return;
        }
        var asking = made.result();
        request = asking;
        if (vigil.isOver()) {
            asking.reset();
            return;
        }
        asking.exceptionHandler(_ -> fail(Fault.UNREACHABLE));
        asking.send(put.body())
                .onComplete(sent -> {
                    if (sent.failed()) {
                        fail(Fault.UNREACHABLE);
                    } else if (!vigil.isOver()) {
                        take(sent.result());
                    }
                });
    }

    private void take(HttpClientResponse from) {
        answer = from;
        from.exceptionHandler(_ -> fail(Fault.TRUNCATED));
        if (isGood(from)) {
            var type = header(from, HttpHeaders.CONTENT_TYPE);
            boolean packed =
                    !header(from, HttpHeaders.CONTENT_ENCODING).replace("identity", "").isEmpty();
            if (type.startsWith("text/event-stream") && !packed) {
                stream = new StreamReader(facts, put.leavesOutUsage(), put.back());
            } else if (type.contains("json") && !packed) {
                plain = new PlainReader(facts);
            } else if (!packed || put.back() != null) {
                fail(Fault.UNEXPECTED);
                return;
            }
        }
        from.handler(this::take);
        from.endHandler(_ -> end(from));
    }

    private void take(Buffer bytes) {
        if (vigil.isOver()) {
            return;
        }
        vigil.heard();
        var from = answer;
        if (from == null) {
            return;
        }
        if (!isGood(from)) {
            int room = MOST_TOLD - held.length();
            cut |= bytes.length() > room;
            held.appendBuffer(bytes, 0, Math.min(room, bytes.length()));
        } else if (stream != null) {
            takeEvents(from, stream, bytes);
        } else if (plain != null) {
            takePlain(from, plain, bytes);
        } else {
            goOn(from, bytes);
        }
    }

    private void takeEvents(HttpClientResponse from, StreamReader events, Buffer bytes) {
        var on = events.take(bytes.getBytes());
        if (firstWord < 0 && facts.spoke()) {
            firstWord = vigil.lastByte();
        }
        if (!begun && !isLast && (facts.failed() || events.isBroken())) {
            fail(facts.failed() ? Fault.told(facts.errorCode()) : Fault.BROKEN);
        } else if (on.length() > 0 && !isOnlyItsEnd()) {
            if (begun) {
                goOn(from, on);
                return;
            }
            held.appendBuffer(on);
            if (isLast || events.hasData() || !mayWait()) {
                goOn(from, held);
            } else if (!waiting) {
                waiting = true;
                double left = COMMENTS_WAIT_MS - vigil.millis(vigil.lastByte());
                vertx.setTimer(Math.max(1, (long) left), _ -> stopWaiting(from));
            }
        }
    }

    private void stopWaiting(HttpClientResponse from) {
        if (!begun && !vigil.isOver()) {
            goOn(from, held);
        }
    }

    /// Whether comments may wait on: an error may follow them, and the other arm can still be asked.
    private boolean mayWait() {
        return held.length() <= MOST_HELD && vigil.millis(vigil.lastByte()) < COMMENTS_WAIT_MS;
    }

    /// Whether its end is all that has come of it, and the other arm can still be asked.
    private boolean isOnlyItsEnd() {
        return !begun && !isLast && facts.finished() && isWithoutAnswer();
    }

    private void takePlain(HttpClientResponse from, PlainReader reader, Buffer bytes) {
        boolean isAll = reader.isEmpty() && bytes.length() == length(from);
        if (isAll) {
            reader.takeAll(bytes.getBytes());
        } else {
            reader.take(bytes.getBytes());
        }
        if (begun) {
            goOn(from, bytes);
        } else if (reader.isBroken()) {
            fail(Fault.BROKEN);
        } else {
            held = isAll ? bytes : held.appendBuffer(bytes);
            if (held.length() > MOST_TRANSLATED) {
                fail(Fault.BROKEN);
            } else if (held.length() > MOST_HELD && put.back() == null) {
                goOn(from, held);
            }
        }
    }

    private void goOn(HttpClientResponse from, Buffer bytes) {
        if (!begun) {
            begun = true;
            asker.begins(this, from, stream == null ? length(from) : -1);
        }
        asker.goesOn(this, bytes);
    }

    private void end(HttpClientResponse from) {
        if (vigil.isOver()) {
            return;
        }
        if (!isGood(from)) {
            var reply =
                    Reply.of(
                            model.provider().kind(), from.statusCode(), from.headers(), held, !cut);
            vigil.end();
            asker.fails(this, Fault.of(reply.status(), reply.code()), reply);
        } else if (stream != null) {
            endEvents(from, stream);
        } else if (plain != null) {
            endPlain(from, plain);
        } else {
            vigil.end();
            if (!begun) {
                asker.fails(this, Fault.EMPTY, null);
            } else {
                asker.ends(this, null);
            }
        }
    }

    private void endEvents(HttpClientResponse from, StreamReader events) {
        var left = events.end();
        var fault = faultOf(events);
        if (!begun && fault != null && (fault == Fault.EMPTY || !isLast || put.back() != null)) {
            fail(fault);
            return;
        }
        if (left.length() > 0) {
            goOn(from, begun ? left : held.appendBuffer(left));
        }
        vigil.end();
        asker.ends(this, fault);
    }

    private @Nullable Fault faultOf(StreamReader events) {
        if (!events.hasData()) {
            return Fault.EMPTY;
        }
        if (facts.failed()) {
            return Fault.told(facts.errorCode());
        }
        if (events.isBroken()) {
            return Fault.BROKEN;
        }
        if (!facts.finished()) {
            return events.isUnread() ? null : Fault.TRUNCATED;
        }
        return isWithoutAnswer() ? Fault.EMPTY : null;
    }

    /// Whether it tells of no failure, and yet does not answer. Responses and embeddings are not looked
    /// at.
    private boolean isWithoutAnswer() {
        return put.endpoint() == Endpoint.CHAT && !facts.hasAnswer();
    }

    private void endPlain(HttpClientResponse from, PlainReader reader) {
        boolean whole = reader.end();
        Fault fault = null;
        if (reader.isEmpty()) {
            fault = Fault.EMPTY;
        } else if (!whole) {
            fault = Fault.BROKEN;
        } else if (facts.failed()) {
            fault = Fault.told(facts.errorCode());
        } else if (isWithoutAnswer()) {
            fault = Fault.EMPTY;
        }
        if (!begun && fault != null && (!whole || !isLast || put.back() != null)) {
            fail(fault);
            return;
        }
        if (!begun) {
            var answer = inClientsWords();
            if (answer == null) {
                fail(Fault.BROKEN);
                return;
            }
            begun = true;
            vigil.end();
            asker.answers(this, from, answer, fault);
            return;
        }
        vigil.end();
        asker.ends(this, fault);
    }

    /// The whole answer as the client reads it; null if it is none of its API.
    private @Nullable Buffer inClientsWords() {
        var back = put.back();
        if (back == null) {
            return held;
        }
        try {
            return Buffer.buffer(back.whole(held.getBytes()));
        } catch (Unreadable _) {
            return null;
        }
    }

    private void fail(Fault fault) {
        if (vigil.isOver()) {
            return;
        }
        cancel();
        asker.fails(this, fault, null);
    }

    @Override
    public void isSilent(Fault fault) {
        fail(fault);
    }

    @Override
    public void isLate(double limitMs) {
        asker.isLate(this, limitMs);
    }

    private static boolean isGood(HttpClientResponse from) {
        return from.statusCode() / 100 == 2;
    }

    private static String header(HttpClientResponse from, CharSequence name) {
        var value = from.getHeader(name);
        return value == null ? "" : value.toLowerCase(Locale.ROOT).strip();
    }

    /// The length that the provider promises; -1 if it does not.
    private static long length(HttpClientResponse from) {
        var length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Math.max(-1, Long.parseLong(length));
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
