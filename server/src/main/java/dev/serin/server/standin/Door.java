package dev.serin.server.standin;

import dev.serin.simulator.profile.Failures;
import dev.serin.simulator.provider.ChatReply;
import dev.serin.simulator.provider.EmbeddingReply;
import dev.serin.simulator.provider.ErrorReply;
import dev.serin.simulator.provider.MessageReply;
import dev.serin.simulator.provider.ResponseReply;
import dev.serin.simulator.provider.StandInModel;
import dev.serin.simulator.provider.Turn;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.stream.Collectors;

/// One event loop of a stand-in: takes questions in and has them answered.
final class Door extends AbstractVerticle {

    /// Verdicts on an answer, for who wants to post them later.
    static final String LABELS = "serin-labels";

    private static final int MOST_BYTES = 10 << 20;
    private static final String MODELS = "/v1/models";
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String MESSAGES = "/v1/messages";
    private static final String COUNT = "/v1/messages/count_tokens";

    private final Shared shared;
    private final String host;
    private final int port;

    Door(Shared shared, String host, int port) {
        this.shared = shared;
        this.host = host;
        this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
        var options = new HttpServerOptions().setHost(host).setPort(port);
        vertx.createHttpServer(options.setHandle100ContinueAutomatically(true))
                .requestHandler(this::take)
                .listen()
                .onSuccess(server -> {
                    shared.listensOn(server.actualPort());
                    started.complete();
                })
                .onFailure(started::fail);
    }

    private void take(HttpServerRequest request) {
        var path = request.path();
        switch (path) {
            case CHAT, RESPONSES, EMBEDDINGS, MESSAGES, COUNT -> {
                if (request.method().equals(HttpMethod.POST)) {
                    read(request, path);
                } else {
                    refuse(request, ErrorReply.noSuchAddress(405, method(request), path));
                }
            }
            case null -> refuse(request, ErrorReply.noSuchAddress(404, method(request), ""));
            default -> models(request, path);
        }
    }

    private void models(HttpServerRequest request, String path) {
        if (!request.method().equals(HttpMethod.GET) || !path.startsWith(MODELS)) {
            refuse(request, ErrorReply.noSuchAddress(404, method(request), path));
        } else if (path.equals(MODELS)) {
            json(request, shared.list().json());
        } else {
            var name = path.substring(Math.min(path.length(), MODELS.length() + 1));
            if (shared.model(name) == null) {
                refuse(request, noSuchModel(name));
            } else {
                json(request, shared.list().one(name));
            }
        }
    }

    private void read(HttpServerRequest request, String path) {
        var body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() + part.length() > MOST_BYTES) {
                request.handler(_ -> {}).endHandler(_ -> {});
                request.response().putHeader("connection", "close");
                refuse(request, ErrorReply.tooLarge(MOST_BYTES));
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(_ -> answer(request, path, body));
    }

    private void answer(HttpServerRequest request, String path, Buffer body) {
        try {
            var question = Question.read(body);
            var model = model(question);
            switch (path) {
                case CHAT -> chat(request.response(), question, model);
                case RESPONSES -> response(request.response(), question, model);
                case MESSAGES -> message(request.response(), question, model);
                case COUNT -> count(request, question);
                default -> embed(request.response(), question, model);
            }
        } catch (Objection e) {
            refuse(request, e.reply());
        }
    }

    private StandInModel model(Question question) {
        var name = question.model();
        var model = shared.model(name);
        if (model == null) {
            throw new Objection(noSuchModel(name));
        }
        return model;
    }

    private ErrorReply noSuchModel(String name) {
        return ErrorReply.noSuchModel(name, String.join(", ", shared.list().names()));
    }

    private void chat(HttpServerResponse to, Question question, StandInModel model) {
        question.requireMessages();
        var most = question.mostTokens("max_completion_tokens", "max_tokens");
        var tool = Tools.wanted(question.body());
        boolean stream = question.stream();
        boolean withUsage = question.wantsUsage();
        var ready = most.isEmpty() && tool == null ? shared.ready(model.name()) : null;
        if (ready != null) {
            atOnce(to, ready, stream, withUsage);
            return;
        }
        var begun = shared.begin(model);
        var turn = read(question, "messages", model, begun.turn());
        var sending = new Sending(vertx, shared, to);
        if (failed(sending, turn, model)) {
            return;
        }
        var said = turn.upTo(most.orElse(Integer.MAX_VALUE));
        var reply = new ChatReply(begun.ask(), said, said.tokensOut() < turn.tokensOut(), tool);
        label(to, turn);
        if (stream) {
            sending.pieces(reply.stream(withUsage));
        } else {
            sending.whole(said.latencyMs(), reply.json());
        }
    }

    private static void atOnce(
            HttpServerResponse to, Ready ready, boolean stream, boolean withUsage) {
        if (!stream) {
            to.putHeader("content-type", Sending.JSON);
            to.end(ready.whole());
            return;
        }
        to.setChunked(true)
                .putHeader("content-type", Sending.EVENTS)
                .putHeader("cache-control", "no-cache");
        (withUsage ? ready.eventsWithUsage() : ready.events()).forEach(to::write);
        to.end();
    }

    private void response(HttpServerResponse to, Question question, StandInModel model) {
        question.requireInput();
        var most = question.mostTokens("max_output_tokens");
        boolean stream = question.stream();
        var previous = question.previous();
        if (previous != null && !shared.remembers(previous)) {
            throw new Objection(ErrorReply.noSuchResponse(previous));
        }
        var begun = shared.begin(model);
        var turn = read(question, "input", model, begun.turn());
        var sending = new Sending(vertx, shared, to);
        if (failed(sending, turn, model)) {
            return;
        }
        var said = turn.upTo(most.orElse(Integer.MAX_VALUE));
        boolean cut = said.tokensOut() < turn.tokensOut();
        var reply = new ResponseReply(begun.ask(), said, cut, previous);
        shared.remember(reply.id());
        label(to, turn);
        if (stream) {
            sending.pieces(reply.stream());
        } else {
            sending.whole(said.latencyMs(), reply.json());
        }
    }

    private void message(HttpServerResponse to, Question question, StandInModel model) {
        question.requireMessages();
        var most = question.mostTokens("max_tokens");
        if (most.isEmpty()) {
            throw new Objection(ErrorReply.badRequest("Field required", "max_tokens"));
        }
        var tool = Tools.wantedByMessages(question.body());
        boolean stream = question.stream();
        var begun = shared.begin(model);
        var turn = read(question, "messages", model, begun.turn());
        var sending = new Sending(vertx, shared, to);
        if (turn.errorClass() != null) {
            var error = ErrorReply.of(turn.errorClass(), model.name());
            sending.error(turn.latencyMs(), error.asAnthropics());
            return;
        }
        var said = turn.upTo(most.getAsInt());
        var reply = new MessageReply(begun.ask(), said, said.tokensOut() < turn.tokensOut(), tool);
        label(to, turn);
        if (stream) {
            sending.pieces(reply.stream());
        } else {
            sending.whole(said.latencyMs(), reply.json());
        }
    }

    /// No turn of the model's: it takes no time, and no fault befalls it.
    private static void count(HttpServerRequest request, Question question) {
        question.requireMessages();
        json(request, "{\"input_tokens\":%d}".formatted(question.promptTokens("messages")));
    }

    /// A vector takes as long as the first token: nothing is written after it.
    private void embed(HttpServerResponse to, Question question, StandInModel model) {
        long tokens = question.promptTokens("input");
        var reply =
                new EmbeddingReply(
                        model.name(),
                        question.inputs(),
                        question.dimensions(),
                        question.base64(),
                        tokens);
        var turn = read(question, "input", model, shared.begin(model).turn());
        var sending = new Sending(vertx, shared, to);
        if (!failed(sending, turn, model)) {
            sending.whole(turn.ttftMs(), reply.json());
        }
    }

    /// What becomes of the call once its prompt was looked at.
    private static Turn read(Question question, String field, StandInModel model, Turn turn) {
        long tokens = question.promptTokens(field);
        var most = model.contextTokens();
        return most.isPresent() && tokens > most.getAsDouble()
                ? turn.asked(tokens).refused(Failures.CONTEXT_OVERFLOW)
                : turn.asked(tokens);
    }

    private static boolean failed(Sending sending, Turn turn, StandInModel model) {
        if (turn.errorClass() == null) {
            return false;
        }
        sending.error(turn.latencyMs(), ErrorReply.of(turn.errorClass(), model.name()));
        return true;
    }

    private static void label(HttpServerResponse to, Turn turn) {
        if (!turn.labels().isEmpty()) {
            to.putHeader(
                    LABELS,
                    turn.labels().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(it -> it.getKey() + (it.getValue() ? "=bad" : "=good"))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static void json(HttpServerRequest request, String json) {
        request.response().putHeader("content-type", Sending.JSON);
        request.response().end(json);
    }

    private static void refuse(HttpServerRequest request, ErrorReply error) {
        var path = String.valueOf(request.path());
        Sending.send(request.response(), path.startsWith(MESSAGES) ? error.asAnthropics() : error);
    }

    private static String method(HttpServerRequest request) {
        return request.method().name();
    }
}
