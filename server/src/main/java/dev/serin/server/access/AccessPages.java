package dev.serin.server.access;

import dev.serin.server.oidc.Provider;
import dev.serin.web.access.AccessPage;
import dev.serin.web.access.AccessView;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/// Signing in and out, the first set-up, and saying a name where nobody signs in.
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class AccessPages {

    private final AccessConfig config;
    private final Accounts accounts;
    private final Sessions sessions;
    private final SignIn signIn;
    private final Provider provider;
    private final Entrance entrance;
    private final Tries tries;
    private final Frames frames;
    private final CurrentVertxRequest request;

    AccessPages(
            AccessConfig config,
            Accounts accounts,
            Sessions sessions,
            SignIn signIn,
            Provider provider,
            Entrance entrance,
            Tries tries,
            Frames frames,
            CurrentVertxRequest request) {
        this.config = config;
        this.accounts = accounts;
        this.sessions = sessions;
        this.signIn = signIn;
        this.provider = provider;
        this.entrance = entrance;
        this.tries = tries;
        this.frames = frames;
        this.request = request;
    }

    @GET
    @Path("login")
    @Operation(hidden = true)
    public Response login(
            @RestQuery @DefaultValue("/") String next, @RestQuery @DefaultValue("") String token) {
        if (!config.mode().asksToSignIn()) {
            return to(next);
        }
        var to = Addresses.onThisServer(next);
        // Where a provider knows who is an admin, the first of them need not be made by hand.
        if (accounts.isUnclaimed() && (provider.name().isEmpty() || !token.isEmpty())) {
            return page(
                    200,
                    AccessPage.setup(
                            frames.current(),
                            new AccessView(to, config.admin().name(), null, token)));
        }
        return login(200, new AccessView(to, "", null, ""));
    }

    @POST
    @Path("login")
    @Operation(hidden = true)
    public Response signIn(
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String password,
            @RestForm @DefaultValue("/") String next) {
        var from = AccessFilter.address(request.getCurrent());
        var to = Addresses.onThisServer(next);
        return switch (signIn.by(name, password, from)) {
            case SignIn.Answer.Known(var visitor) ->
                    entrance.into(Happened.now(visitor.by(), from, Happened.What.SIGNED_IN), to);
            case SignIn.Answer.Wrong() ->
                    login(
                            401,
                            new AccessView(
                                    to,
                                    name,
                                    "Name and password do not belong together. Try again.",
                                    ""));
            case SignIn.Answer.Wait(var left) ->
                    Waits.answer(login(200, new AccessView(to, name, Waits.words(left), "")), left);
            case SignIn.Answer.Busy() ->
                    Waits.answer(
                            login(200, new AccessView(to, name, SignIn.TOO_MANY, "")),
                            Duration.ZERO);
        };
    }

    @POST
    @Path("login/setup")
    @Operation(hidden = true)
    public Response setUp(
            @RestForm @DefaultValue("") String token,
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String password,
            @RestForm @DefaultValue("") String again,
            @RestForm @DefaultValue("/") String next) {
        var from = AccessFilter.address(request.getCurrent());
        var clean = Names.clean(name);
        var wait = tries.waitOf(from);
        var to = Addresses.onThisServer(next);
        if (wait.isPositive()) {
            var view = new AccessView(to, clean, Waits.words(wait), token);
            return Waits.answer(page(200, AccessPage.setup(frames.current(), view)), wait);
        }
        var error = wrong(clean, password, again);
        if (error.isEmpty() && !accounts.claim(token.strip(), clean, password, from)) {
            tries.wrong(from);
            error =
                    accounts.isUnclaimed()
                            ? "This token is not the one that the start printed. Look for the newest one."
                            : "Somebody has set the password already. Sign in with it.";
        }
        if (!error.isEmpty()) {
            var view = new AccessView(to, clean, error, token);
            return page(400, AccessPage.setup(frames.current(), view));
        }
        tries.right(from);
        return entrance.into(clean, to);
    }

    @POST
    @Path("logout")
    @Operation(hidden = true)
    public Response signOut() {
        var context = request.getCurrent();
        var signedOut =
                Happened.now(
                        Visitors.of(context).by(),
                        AccessFilter.address(context),
                        Happened.What.SIGNED_OUT);
        Cookies.session(context).ifPresent(token -> sessions.end(token, signedOut));
        return Response.seeOther(URI.create(frames.root() + "/login"))
                .cookie(Cookies.session("", Duration.ZERO, frames.root(), entrance.isSecure()))
                .build();
    }

    @GET
    @Path("name")
    @Operation(hidden = true)
    public Response askName(@RestQuery @DefaultValue("/") String next) {
        if (config.mode().asksToSignIn()) {
            return to(next);
        }
        var known = Visitors.of(request.getCurrent()).name();
        var view =
                new AccessView(
                        Addresses.onThisServer(next),
                        known == null ? "" : known,
                        null,
                        "",
                        Parts.of(config.mode()));
        return page(200, AccessPage.name(frames.current(), view));
    }

    @POST
    @Path("name")
    @Operation(hidden = true)
    public Response sayName(
            @RestForm @DefaultValue("") String name, @RestForm @DefaultValue("/") String next) {
        if (config.mode().asksToSignIn()) {
            return to(next);
        }
        var clean = Visitor.clean(name);
        if (clean.isEmpty()) {
            var view =
                    new AccessView(
                            Addresses.onThisServer(next),
                            "",
                            "A name has at least one letter. Say who you are.",
                            "",
                            Parts.of(config.mode()));
            return page(400, AccessPage.name(frames.current(), view));
        }
        return Response.fromResponse(to(next))
                .cookie(Cookies.name(clean, frames.root(), entrance.isSecure()))
                .build();
    }

    private Response login(int status, AccessView view) {
        return page(
                status,
                AccessPage.login(
                        frames.current(), provider.name().map(view::offering).orElse(view)));
    }

    private Response to(String next) {
        return Response.seeOther(URI.create(frames.root() + Addresses.onThisServer(next))).build();
    }

    private static String wrong(String name, String password, String again) {
        return Names.wrong(name).or(() -> Passwords.wrong(name, password, again)).orElse("");
    }

    private static Response page(int status, TemplateInstance page) {
        return Response.status(status)
                .entity(page)
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .build();
    }
}
