package dev.serin.server.gateway;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.dialect.Crossing;
import dev.serin.server.dialect.Untranslatable;
import dev.serin.server.problem.OpenAiError;
import dev.serin.server.provider.Kind;
import dev.serin.server.route.RouteTable;
import dev.serin.server.tracing.CallTrace;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client's call: asks the arm that it was given, and where the candidate fails before anything
/// was sent, once the baseline.
final class Exchange implements Asker {

    /// The client did not wait for the answer.
    private static final String LEFT = "client_left";

    private final Desk desk;
    private final RoutingContext context;
    private final HttpServerResponse response;
    private final Endpoint endpoint;
    private final Question asked;
    private final RouteTable.Directions told;
    private final Sighting sighting;
    private final CallTrace trace;

    private @Nullable Attempt attempt;
    private @Nullable Fault instead;
    private @Nullable Untranslatable untranslatable;
    private @Nullable Copy copy;
    private @Nullable Hearing hearing;
    private boolean events;
    private boolean over;

    Exchange(
            Desk desk,
            RoutingContext context,
            Endpoint endpoint,
            Question asked,
            RouteTable.Directions told,
            Sighting sighting) {
        this.desk = desk;
        this.context = context;
        this.response = context.response();
        this.endpoint = endpoint;
        this.asked = asked;
        this.told = told;
        this.sighting = sighting;
        this.trace =
                desk.tracing()
                        .begin(endpoint.operation(), asked.route(), context.request()::getHeader);
    }

    void begin() {
        response.closeHandler(_ -> leave());
        response.exceptionHandler(_ -> leave());
        var split = told.serving().split();
        if (split != null) {
            trace.isOf(split.rollout(), split.step(), told.arm());
        }
        boolean candidate = told.arm() == Arm.CANDIDATE && split != null;
        ask(told.arm(), told.model(), !candidate);
    }

    /// The same question is asked of the candidate too, in the background.
    void isCopied(@Nullable Copy to) {
        copy = to;
    }

    /// All that is sent from now on is final.
    @Override
    public void begins(Attempt from, HttpClientResponse head, long length) {
        if (over) {
            return;
        }
        response.setStatusCode(head.statusCode());
        Heads.answer(head.headers(), response.headers());
        name(from);
        events =
                String.valueOf(head.getHeader(HttpHeaders.CONTENT_TYPE))
                        .startsWith("text/event-stream");
        if (events && !response.headers().contains("X-Accel-Buffering")) {
            response.putHeader("X-Accel-Buffering", "no");
        }
        if (from.arm() == told.arm() && !told.isForced()) {
            // What the baseline says in the candidate's place is no evidence.
            hearing = desk.hearing(told.serving().split(), endpoint, asked);
        }
        if (length >= 0) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        } else {
            response.setChunked(true);
        }
    }

    @Override
    public void goesOn(Attempt from, Buffer bytes) {
        if (over) {
            return;
        }
        var _ = response.write(bytes);
        if (hearing != null) {
            hearing.goesOn(bytes);
        }
        if (response.writeQueueFull()) {
            from.pause();
            response.drainHandler(_ -> from.resume());
        }
    }

    /// In one piece: its head, its body and its end are one write.
    @Override
    public void answers(
            Attempt from, HttpClientResponse head, Buffer bytes, @Nullable Fault fault) {
        if (over) {
            return;
        }
        begins(from, head, bytes.length());
        if (hearing != null) {
            hearing.goesOn(bytes);
        }
        settle(from, fault);
        var _ = response.end(bytes);
    }

    @Override
    public void isLate(Attempt from, double limitMs) {
        if (!over) {
            sighting.late(from, limitMs);
        }
    }

    @Override
    public void ends(Attempt from, @Nullable Fault fault) {
        if (over) {
            return;
        }
        settle(from, fault);
        var _ = response.end();
    }

    /// All of the answer is known.
    private void settle(Attempt from, @Nullable Fault fault) {
        over = true;
        end(from, fault, null);
        trace.ends(fault == null ? null : fault.errorClass());
        if (hearing != null && fault == null) {
            hearing.ends(sighting.name(), events);
        }
        remember(from);
    }

    private void remember(Attempt from) {
        var id = from.facts().id();
        if (endpoint == Endpoint.RESPONSES && id != null) {
            desk.answered().keep(id, asked.route(), from.model().full());
        }
    }

    @Override
    public void fails(Attempt from, Fault fault, @Nullable Reply reply) {
        if (over) {
            return;
        }
        if (from.hasBegun()) {
            over = true;
            end(from, fault, reply);
            trace.ends(fault.errorClass());
            cut(from, fault);
            return;
        }
        end(from, fault, reply);
        giveUp(from, fault, reply);
    }

    private void ask(Arm arm, String model, boolean isLast) {
        var known = desk.providers().of(model);
        if (known.isEmpty()) {
            passOver(arm, model, Fault.NO_PROVIDER, isLast);
            return;
        }
        var provider = known.get().provider();
        Put put;
        try {
            put = Put.of(endpoint, asked, known.get());
        } catch (Untranslatable e) {
            untranslatable = e;
            passOver(arm, model, Fault.FOREIGN, isLast);
            return;
        }
        if (!isLast && !desk.breakers().of(provider.name()).lets(System.nanoTime())) {
            passOver(arm, model, Fault.RESTING, isLast);
            return;
        }
        var next = new Attempt(context.vertx(), arm, known.get(), isLast, put, limits(arm), this);
        attempt = next;
        desk.flights().begin(asked.route(), arm);
        var traced = trace.asks(known.get(), arm);
        next.ask(desk.client(), context.request().headers(), traced);
    }

    /// Only the arm that the split gave is held against them.
    private List<Double> limits(Arm arm) {
        var split = told.serving().split();
        return split == null || arm != told.arm() ? List.of() : split.latencyLimits();
    }

    private void passOver(Arm arm, String model, Fault why, boolean isLast) {
        sighting.unasked(arm, why);
        desk.meters().unasked(arm, why);
        trace.passesOver(arm, why.errorClass());
        giveUp(arm, model, why, null, isLast);
    }

    private void giveUp(Attempt from, Fault fault, @Nullable Reply reply) {
        var model = from.arm() == told.arm() ? told.model() : baseline();
        giveUp(from.arm(), model, fault, reply, from.arm() != Arm.CANDIDATE);
    }

    private void giveUp(Arm arm, String model, Fault fault, @Nullable Reply reply, boolean isLast) {
        if (!isLast) {
            instead = fault;
            desk.meters().retried(fault);
            ask(Arm.BASELINE, baseline(), true);
            return;
        }
        over = true;
        trace.ends(fault.errorClass());
        Heads.name(response.headers(), told, arm, model);
        retried();
        if (reply != null
                && reply.isJson()
                && fault.isPassedOn()
                && reply.kind() == endpoint.kind()) {
            response.setStatusCode(reply.status());
            Heads.answer(reply.headers(), response.headers());
            var _ = response.end(reply.body());
            return;
        }
        int status = status(fault, reply);
        if (reply != null && fault.isPassedOn()) {
            var wait = reply.headers().get(HttpHeaders.RETRY_AFTER);
            if (wait != null) {
                response.putHeader(HttpHeaders.RETRY_AFTER, wait);
            }
        }
        Errors.answer(response, endpoint.kind(), status, error(fault, status, reply));
    }

    /// Anthropic's own status for an overload is none that OpenAI's clients know.
    private int status(Fault fault, @Nullable Reply reply) {
        if (reply == null || !fault.isPassedOn()) {
            return fault.status();
        }
        return fault == Fault.OVERLOADED && endpoint.kind() == Kind.OPENAI
                ? fault.status()
                : reply.status();
    }

    private OpenAiError error(Fault fault, int status, @Nullable Reply reply) {
        var foreign = untranslatable;
        if (fault == Fault.FOREIGN && foreign != null) {
            return OpenAiError.invalid(
                    String.valueOf(foreign.getMessage()), foreign.field(), fault.code());
        }
        var told =
                reply == null || !fault.isPassedOn()
                        ? null
                        : Crossing.errorMessage(reply.body().getBytes());
        var sentence = told == null ? fault.sentence() : told;
        return status == 400
                ? OpenAiError.invalid(sentence, null, fault.code())
                : OpenAiError.server(sentence, fault.code());
    }

    /// Ends an answer that cannot be whole any more, so that nobody takes it for whole.
    private void cut(Attempt from, Fault fault) {
        if (events && from.isBetweenEvents()) {
            var error = OpenAiError.server(fault.sentence(), fault.code());
            response.write(Errors.event(endpoint.kind(), fault.status(), error))
                    .onComplete(_ -> response.reset());
        } else {
            response.reset();
        }
    }

    private void end(Attempt from, @Nullable Fault fault, @Nullable Reply reply) {
        desk.ended(asked.route(), from, fault, reply);
        sighting.ended(from, fault);
        isAnswered(from, fault == null ? null : fault.errorClass());
        if (copy != null && fault == null) {
            copy.isAnswered(from);
        }
    }

    private void leave() {
        var running = attempt;
        if (over || response.ended()) {
            return;
        }
        over = true;
        if (running != null) {
            running.cancel();
            desk.left(asked.route(), running);
            sighting.left(running);
            isAnswered(running, LEFT);
        }
        trace.ends(LEFT);
    }

    private void isAnswered(Attempt from, @Nullable String error) {
        trace.isAnswered(from.facts().id(), from.facts().usage(), error);
    }

    private void name(Attempt from) {
        var model = from.arm() == told.arm() ? told.model() : baseline();
        Heads.name(response.headers(), told, from.arm(), model);
        retried();
    }

    private void retried() {
        if (instead != null) {
            response.putHeader(Heads.RETRIED, instead.errorClass());
        }
    }

    private String baseline() {
        var split = told.serving().split();
        return split == null ? told.model() : split.baseline();
    }
}
