package dev.serin.server.gateway;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.SerinConfig;
import dev.serin.server.access.Role;
import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitor;
import dev.serin.server.access.Visitors;
import dev.serin.server.evidence.Assigned;
import dev.serin.server.evidence.Observations;
import dev.serin.server.problem.OpenAiError;
import dev.serin.server.provider.Kind;
import dev.serin.server.rollout.Serving;
import dev.serin.server.route.RouteTable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Stands at `/v1` and speaks as OpenAI and Anthropic do. What comes here has passed the door already.
@ApplicationScoped
class Gateway {

    private static final Logger LOG = Logger.getLogger(Gateway.class);

    /// After the door, and before what Quarkus says of bodies: clients are to read errors of their API.
    private static final int AFTER_THE_DOOR = -900;

    /// Addresses of others under `/v1`.
    private static final Pattern OF_OTHERS = Pattern.compile(".*/v1/(traces|logs|metrics)/?");

    private static final Pattern MODELS = Pattern.compile(".*/v1/models(/[^/]+)?/?");

    private static final Pattern TRACE =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private final Desk desk;
    private final RouteTable routes;
    private final Observations observations;
    private final Sightings sightings;
    private final Copying copying;
    private final int mostBytes;

    Gateway(
            Desk desk,
            RouteTable routes,
            Observations observations,
            Sightings sightings,
            Copying copying,
            SerinConfig config) {
        this.desk = desk;
        this.routes = routes;
        this.observations = observations;
        this.sightings = sightings;
        this.copying = copying;
        this.mostBytes = config.gateway().mostBytes();
    }

    void register(@Observes Router router) {
        for (var endpoint : Endpoint.values()) {
            router.post("/v1" + endpoint.path())
                    .order(AFTER_THE_DOOR)
                    .handler(context -> read(context, endpoint));
        }
        router.route("/v1/models")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(AFTER_THE_DOOR)
                .handler(this::models);
        router.route("/v1/models/:model")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(AFTER_THE_DOOR)
                .handler(this::model);
        router.route("/v1/*").order(AFTER_THE_DOOR + 1).handler(this::nothingHere);
    }

    private void models(RoutingContext context) {
        json(
                context,
                ModelList.all(
                        ModelList.kind(context.request()),
                        routes.names(Visitors.of(context).sight())));
    }

    private void model(RoutingContext context) {
        var name = Objects.requireNonNullElse(context.pathParam("model"), "");
        var kind = ModelList.kind(context.request());
        if (routes.of(name, Visitors.of(context).sight()).isPresent()) {
            json(context, ModelList.one(kind, name));
        } else {
            Errors.answer(context.response(), kind, 404, unknown(name));
        }
    }

    private void nothingHere(RoutingContext context) {
        var path = context.normalizedPath();
        if (OF_OTHERS.matcher(path).matches()) {
            context.next();
            return;
        }
        for (var endpoint : Endpoint.values()) {
            if (path.endsWith("/v1" + endpoint.path())) {
                takes("POST", context, endpoint.kind());
                return;
            }
        }
        var method = context.request().method();
        boolean isRead = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        if (!isRead && MODELS.matcher(path).matches()) {
            takes("GET, HEAD", context, ModelList.kind(context.request()));
            return;
        }
        Errors.answer(
                context.response(),
                path.contains("/v1/messages/") ? Kind.ANTHROPIC : ModelList.kind(context.request()),
                404,
                OpenAiError.invalid(
                        "there is nothing at this address; known are /v1/chat/completions, /v1/embeddings, /v1/responses, /v1/messages, /v1/messages/count_tokens and /v1/models",
                        null,
                        "unknown_url"));
    }

    private static void takes(String methods, RoutingContext context, Kind kind) {
        context.response().putHeader(HttpHeaders.ALLOW, methods);
        Errors.answer(
                context.response(),
                kind,
                405,
                OpenAiError.invalid("this address takes " + methods, null, "method_not_allowed"));
    }

    private void read(RoutingContext context, Endpoint endpoint) {
        var request = context.request();
        LateFlush.of(request.connection());
        if (isPacked(request)) {
            Errors.answer(
                    context.response(),
                    endpoint.kind(),
                    415,
                    OpenAiError.invalid("send the body as it is, not packed", null, "packed"));
            return;
        }
        if (length(request) > mostBytes) {
            tooLarge(context, endpoint);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        var body = Buffer.buffer();
        request.handler(bytes -> {
            if (body.length() + bytes.length() > mostBytes) {
                request.handler(_ -> {});
                request.endHandler(_ -> {});
                tooLarge(context, endpoint);
            } else {
                body.appendBuffer(bytes);
            }
        });
        request.exceptionHandler(_ -> context.response().reset());
        request.endHandler(_ -> take(context, endpoint, body));
        request.resume();
    }

    private void take(RoutingContext context, Endpoint endpoint, Buffer body) {
        answering(
                context,
                endpoint,
                () -> {
                    var asked = QuestionReader.read(body);
                    if (routes.of(asked.route()).isPresent()) {
                        send(context, endpoint, asked);
                    } else {
                        context.vertx()
                                .executeBlocking(() -> routes.lookFor(asked.route()), false)
                                .onComplete(_ ->
                                        answering(
                                                context,
                                                endpoint,
                                                () -> send(context, endpoint, asked)));
                    }
                });
    }

    private interface Carrying {
        void begin() throws BadQuestion;
    }

    /// Whatever is wrong, the client must not wait for ever.
    private static void answering(RoutingContext context, Endpoint endpoint, Carrying carrying) {
        try {
            carrying.begin();
        } catch (BadQuestion e) {
            Errors.answer(context.response(), endpoint.kind(), e.status(), e.error());
        } catch (RuntimeException e) {
            LOG.errorf(e, "a call was not carried");
            Errors.answer(
                    context.response(),
                    endpoint.kind(),
                    500,
                    OpenAiError.server(
                            "something is wrong inside Serin; its log knows more", "internal"));
        }
    }

    private void send(RoutingContext context, Endpoint endpoint, Question asked)
            throws BadQuestion {
        var serving = admitted(Visitors.of(context), asked.route());
        var split = serving.split();
        var kind = split == null ? Plan.Key.REQUEST : split.key();
        var header = context.request().getHeader(StickyKey.HEADER);
        var key = StickyKey.of(kind, header, asked);
        var told =
                routes.of(asked.route(), key.text(), context.request()::getHeader)
                        .orElseThrow(() -> new BadQuestion(404, unknown(asked.route())));
        var gave = gave(asked, told);
        var stays = gave.map(arm -> to(arm, told)).orElse(told);
        // Who stays on the other arm than the key's own is there because of what happened, by no
        // split; and not every question is one that the arms are compared by.
        boolean isSplit = stays.arm() == told.arm() && endpoint.isEvidence();
        var sighting = sighting(context, stays, key, isSplit);
        if (asked.previous() != null && gave.isEmpty()) {
            sighting.isAstray();
        }
        var exchange = new Exchange(desk, context, endpoint, asked, stays, sighting);
        exchange.begin();
        if (isSplit) {
            exchange.isCopied(copy(context, endpoint, asked, stays, key));
        }
    }

    /// The route, for somebody who may call it; to who may not even see it, it is not there. Asks no
    /// database: whose a route is stands in memory beside who serves it.
    private Serving admitted(Visitor visitor, String route) throws BadQuestion {
        var serving =
                routes.of(route, visitor.sight())
                        .orElseThrow(() -> new BadQuestion(404, unknown(route)));
        if (!visitor.may(Role.OPERATOR, serving.team())) {
            throw new BadQuestion(
                    403,
                    OpenAiError.invalid(
                            "calling %s needs the role operator in %s; ask an admin for it"
                                    .formatted(route, Scope.words(serving.team())),
                            null,
                            "not_allowed"));
        }
        return serving;
    }

    /// Whatever is wrong with a copy is no concern of the call.
    private @Nullable Copy copy(
            RoutingContext context,
            Endpoint endpoint,
            Question asked,
            RouteTable.Directions told,
            StickyKey key) {
        try {
            var request = context.request();
            return copying.begin(
                    told,
                    new Copying.Original(
                            context.vertx(),
                            endpoint,
                            asked,
                            request.headers(),
                            key.lasts() ? key.text() : null,
                            trace(request.getHeader("traceparent"))));
        } catch (RuntimeException e) {
            LOG.errorf(e, "a call was not copied; it goes on without");
            return null;
        }
    }

    /// The arm that gave the answer on which a question builds, and which has to go on with it; empty if
    /// it builds on none, or on one of which this server does not know.
    private Optional<Arm> gave(Question asked, RouteTable.Directions told) {
        var split = told.serving().split();
        var previous = asked.previous();
        if (previous == null || split == null || !told.isCertain() || told.isForced()) {
            return Optional.empty();
        }
        return desk.answered()
                .arm(previous, asked.route(), split)
                .filter(arm -> arm == Arm.BASELINE || split.share().fraction() > 0);
    }

    private static RouteTable.Directions to(Arm arm, RouteTable.Directions told) {
        var split = told.serving().split();
        if (split == null) {
            return told;
        }
        var model = arm == Arm.CANDIDATE ? split.candidate() : split.baseline();
        return new RouteTable.Directions(told.serving(), arm, model, true, false);
    }

    private Sighting sighting(
            RoutingContext context, RouteTable.Directions told, StickyKey key, boolean isSplit) {
        // Without word of the route all calls go to the baseline: that is no split.
        var split = told.isCertain() && isSplit ? told.serving().split() : null;
        if (split != null && key.lasts() && !told.isForced()) {
            observations.assigned(
                    new Assigned(split.rollout(), split.step(), told.arm(), key.text()));
        }
        return sightings.of(
                split,
                told.arm(),
                key.lasts() ? key.text() : null,
                told.isForced(),
                trace(context.request().getHeader("traceparent")));
    }

    private void tooLarge(RoutingContext context, Endpoint endpoint) {
        // What the client still sends is not read, so the connection is of no more use.
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        Errors.answer(
                context.response(),
                endpoint.kind(),
                413,
                OpenAiError.invalid(
                        "the body has more than %,d bytes, the most that is read here"
                                .formatted(mostBytes),
                        null,
                        "body_too_large"));
    }

    private static OpenAiError unknown(String route) {
        return OpenAiError.invalid(
                "there is no route %s; GET /v1/models lists those there are".formatted(route),
                "model",
                "model_not_found");
    }

    private static void json(RoutingContext context, JsonObject body) {
        var _ =
                context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(body.encode());
    }

    private static boolean isPacked(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_ENCODING)
                && !request.headers().getAll(HttpHeaders.CONTENT_ENCODING).stream()
                        .allMatch(each -> each.isBlank() || each.equalsIgnoreCase("identity"));
    }

    private static long length(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static @Nullable String trace(@Nullable String parent) {
        if (parent == null) {
            return null;
        }
        var matcher = TRACE.matcher(parent);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
