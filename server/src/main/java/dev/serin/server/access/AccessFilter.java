package dev.serin.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Stands before every route: pages, API, static files and what Quarkus adds.
@ApplicationScoped
class AccessFilter {

    private static final Logger LOG = Logger.getLogger(AccessFilter.class);
    private static final int BEFORE_ALL_ROUTES = 1_000;

    private final AccessConfig config;
    private final Accounts accounts;
    private final Tokens tokens;
    private final Sessions sessions;
    private final SignIn signIn;
    private final Proofs proofs;
    private final Frames frames;
    private final Answers answers;
    private final Permits permits;
    private final ModelErrors errors;

    /// Whom is being asked. The calls that a client begins with come together: they are one try, and hold one
    /// thread.
    private final Map<Asked, Future<Optional<Visitor>>> underWay = new ConcurrentHashMap<>();

    /// A name and password, and the address that sent them.
    private record Asked(Basic basic, String address) {}

    AccessFilter(
            AccessConfig config,
            Accounts accounts,
            Tokens tokens,
            Sessions sessions,
            SignIn signIn,
            Proofs proofs,
            Frames frames,
            Answers answers,
            Permits permits,
            ModelErrors errors) {
        this.config = config;
        this.accounts = accounts;
        this.tokens = tokens;
        this.sessions = sessions;
        this.signIn = signIn;
        this.proofs = proofs;
        this.frames = frames;
        this.answers = answers;
        this.permits = permits;
        this.errors = errors;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_ALL_ROUTES);
    }

    private void admit(RoutingContext context) {
        context.addHeadersEndHandler(_ -> beforeHead(context, path(context)));
        var request = context.request();
        var host = request.getHeader(HttpHeaders.HOST);
        var named =
                host == null && request.authority() != null ? request.authority().toString() : host;
        if (!config.mode().asksToSignIn() && !Addresses.isThisMachine(named)) {
            answers.tell(
                    context,
                    421,
                    "misdirected",
                    "nobody signs in here, so only localhost, 127.0.0.1 and [::1] are answered");
        } else if (SameOriginFilter.isForeignWrite(
                request.method(),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader(HttpHeaders.ORIGIN),
                named)) {
            answers.tell(
                    context,
                    403,
                    "foreign-origin",
                    "this write came from a page of another site; nothing was changed");
        } else if (config.mode().asksToSignIn()) {
            askWho(context);
        } else {
            permit(context, Parts.said(config.mode(), saidName(context)));
        }
    }

    /// The head of an answer is about to be sent.
    private void beforeHead(RoutingContext context, String path) {
        Protection.of(context, path);
        if (Addresses.speaksOpenAi(path)) {
            errors.count(context.response().getStatusCode());
        }
    }

    private void askWho(RoutingContext context) {
        var session = Cookies.session(context);
        var basic = basic(context);
        if (session.isEmpty() && basic.isEmpty()) {
            goOn(context, Optional.empty());
            return;
        }
        if (session.isEmpty() && Addresses.isForModels(path(context))) {
            var proof = proofs.of(basic.get().name(), basic.get().password());
            if (proof.isPresent()) {
                if (proof.get().toAsk()) {
                    askAgain(context, basic.get());
                }
                goOn(context, proof.map(Proofs.Proof::visitor));
                return;
            }
        }
        if (session.isEmpty()) {
            var here = context.vertx().getOrCreateContext();
            visitor(context.vertx(), new Asked(basic.get(), address(context)))
                    .onComplete(answer -> here.runOnContext(_ -> goOn(context, answer)));
            return;
        }
        context.vertx()
                .executeBlocking(() -> visitor(context, session, basic), false)
                .onComplete(answer -> goOn(context, answer));
    }

    private Future<Optional<Visitor>> visitor(Vertx vertx, Asked asked) {
        var mine = Promise.<Optional<Visitor>>promise();
        var others = underWay.putIfAbsent(asked, mine.future());
        if (others != null) {
            return others;
        }
        mine.future().onComplete(_ -> underWay.remove(asked));
        vertx.executeBlocking(() -> ofBasic(asked.address(), asked.basic()), false)
                .onSuccess(mine::complete)
                .onFailure(mine::fail);
        return mine.future();
    }

    private void goOn(RoutingContext context, AsyncResult<Optional<Visitor>> answer) {
        if (answer.succeeded()) {
            goOn(context, answer.result());
        } else if (answer.cause() instanceof Slowly slowly) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, slowly.seconds);
            answers.tell(context, 429, "too-many-tries", slowly.detail());
        } else if (isOpen(context)) {
            goOn(context, Optional.empty());
        } else {
            LOG.warnf(answer.cause(), "nobody can be asked who they are");
            answers.databaseAway(context);
        }
    }

    /// Asks whether a proof still holds, while its call goes on.
    private void askAgain(RoutingContext context, Basic basic) {
        context.vertx()
                .executeBlocking(() -> proven(basic), false)
                .onSuccess(visitor ->
                        visitor.ifPresentOrElse(
                                known -> proofs.right(basic.name(), basic.password(), known),
                                () -> proofs.wrong(basic.name(), basic.password())))
                .onFailure(e -> LOG.debugf("a proof was not asked for anew: %s", e));
    }

    private Optional<Visitor> visitor(
            RoutingContext context, Optional<String> session, Optional<Basic> basic) throws Slowly {
        var visitor = session.flatMap(sessions::of);
        return visitor.isEmpty() && basic.isPresent()
                ? ofBasic(address(context), basic.get())
                : visitor;
    }

    private Optional<Visitor> proven(Basic basic) {
        return basic.isToken()
                ? tokens.of(basic.password())
                : accounts.named(basic.name(), basic.password());
    }

    private Optional<Visitor> ofBasic(String address, Basic basic) throws Slowly {
        if (basic.isToken()) {
            // Nobody guesses a token, and a pipeline with an old one must not keep its people out.
            var machine = proven(basic);
            machine.ifPresent(found -> proofs.right(basic.name(), basic.password(), found));
            return machine;
        }
        return switch (signIn.by(basic.name(), basic.password(), address)) {
            case SignIn.Answer.Known(var visitor) -> {
                proofs.right(basic.name(), basic.password(), visitor);
                yield Optional.of(visitor);
            }
            case SignIn.Answer.Wrong() -> Optional.empty();
            case SignIn.Answer.Wait(var left) -> throw new Slowly("too many wrong passwords", left);
            case SignIn.Answer.Busy() ->
                    throw new Slowly("too many are signing in at once", Duration.ZERO);
        };
    }

    private void goOn(RoutingContext context, Optional<Visitor> visitor) {
        if (visitor.isPresent()) {
            permit(context, visitor.get());
        } else if (isOpen(context)) {
            context.next();
        } else {
            turnAway(context);
        }
    }

    /// Lets somebody who is known do what their roles are for.
    private void permit(RoutingContext context, Visitor visitor) {
        Visitors.put(context, visitor);
        var path = path(context);
        if (isOpen(context, path)) {
            context.next();
        } else {
            permits.ask(context, visitor, path);
        }
    }

    private void turnAway(RoutingContext context) {
        if (answers.isForPrograms(context) || context.request().getHeader("HX-Request") != null) {
            context.response().putHeader("WWW-Authenticate", challenge(context));
            answers.tell(context, 401, "sign-in", howToComeIn(context));
            return;
        }
        var next = URLEncoder.encode(whereTo(context), UTF_8);
        context.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, frames.root() + "/login?next=" + next)
                .end();
    }

    /// Asked for Basic, a browser opens a window of its own over a page whose session has ended,
    /// again at each of its requests, and keeps the password that is typed there.
    private static String challenge(RoutingContext context) {
        var mode = context.request().getHeader("Sec-Fetch-Mode");
        boolean isOfPage =
                context.request().getHeader("HX-Request") != null
                        // Over plain HTTP browsers do not tell of a page's stream what it is for.
                        || "text/event-stream"
                                .equals(context.request().getHeader(HttpHeaders.ACCEPT))
                        || (mode != null && !mode.equals("navigate"));
        return isOfPage ? "Bearer realm=\"Serin\"" : "Basic realm=\"Serin\", charset=\"UTF-8\"";
    }

    private String howToComeIn(RoutingContext context) {
        if (basic(context).filter(Basic::isToken).isPresent()) {
            return "this token is unknown, has expired or was ended; ask an admin for another";
        }
        return Addresses.isForModels(path(context))
                ? "send a token, or the key name:password of an account, as Bearer or HTTP Basic"
                : "sign in at "
                        + frames.root()
                        + "/login, or send name and password as HTTP Basic, or a token as Bearer";
    }

    /// The page that was asked for, or that a form was sent from; under the root.
    private String whereTo(RoutingContext context) {
        if (context.request().method().equals(HttpMethod.GET)) {
            return Addresses.onThisServer(frames.underRoot(context.request().uri()));
        }
        var from = context.request().getHeader(HttpHeaders.REFERER);
        try {
            var page = from == null ? null : URI.create(from).getRawPath();
            return page == null ? "/" : Addresses.onThisServer(frames.underRoot(page));
        } catch (IllegalArgumentException _) {
            return "/";
        }
    }

    private String path(RoutingContext context) {
        return frames.underRoot(context.normalizedPath());
    }

    private boolean isOpen(RoutingContext context) {
        return isOpen(context, path(context));
    }

    private static boolean isOpen(RoutingContext context, String path) {
        var raw = context.request().path();
        return raw != null && Addresses.isOpen(path, raw);
    }

    private String saidName(RoutingContext context) {
        return Cookies.name(context).orElseGet(() -> basic(context).map(Basic::name).orElse(""));
    }

    static String address(RoutingContext context) {
        var from = context.request().remoteAddress();
        return from == null || from.hostAddress() == null ? "unknown" : from.hostAddress();
    }

    private Optional<Basic> basic(RoutingContext context) {
        var path = path(context);
        var header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        var named = context.request().getHeader("x-api-key");
        // Anthropic's clients say their key so.
        return Basic.of(
                header == null && named != null && Addresses.isForModels(path)
                        ? "Bearer " + named
                        : header,
                path);
    }

    /// Whoever guesses, or comes with too many others, is told to wait.
    private static final class Slowly extends Exception {

        private static final long serialVersionUID = 1;

        private final String why;
        private final String seconds;

        Slowly(String why, Duration wait) {
            this.why = why;
            this.seconds = Waits.seconds(wait);
        }

        String detail() {
            return "%s; try again in %s s".formatted(why, seconds);
        }
    }
}
