package dev.serin.server.access;

import dev.serin.server.access.SettingsViews.Note;
import dev.serin.web.settings.SettingsPage;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// One's own account: the password, and the browsers that are signed in.
@Path("/settings")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class MePages {

    private static final String OTHERS = "others";

    private final OwnAccount own;
    private final SignIn signIn;
    private final SettingsViews views;
    private final Visitors visitors;
    private final Entrance entrance;
    private final Frames frames;
    private final CurrentVertxRequest request;

    MePages(
            OwnAccount own,
            SignIn signIn,
            SettingsViews views,
            Visitors visitors,
            Entrance entrance,
            Frames frames,
            CurrentVertxRequest request) {
        this.own = own;
        this.signIn = signIn;
        this.views = views;
        this.visitors = visitors;
        this.entrance = entrance;
        this.frames = frames;
        this.request = request;
    }

    @GET
    @Operation(hidden = true)
    public Response settings() {
        return to("");
    }

    @GET
    @Path("me")
    @Operation(hidden = true)
    public Response me(@RestQuery @DefaultValue("") String done) {
        var words = done.equals("password") ? "The password is changed." : null;
        return page(200, new Note(words, null, false));
    }

    @POST
    @Path("me/password")
    @Operation(hidden = true)
    public Response choose(
            @RestForm @DefaultValue("") String current,
            @RestForm @DefaultValue("") String password,
            @RestForm @DefaultValue("") String again) {
        var visitor = visitors.current();
        var name = visitor.name();
        if (!visitor.proven() || name == null || own.isOfSettings(name)) {
            return to("");
        }
        var wrong = Passwords.wrong(name, password, again);
        if (wrong.isPresent()) {
            return page(400, new Note(wrong.get(), "password", true));
        }
        var from = entrance.address();
        return switch (signIn.by(name, current, from)) {
            case SignIn.Answer.Known _ ->
                    own.choose(name, password, from)
                            ? entrance.into(name, "/settings/me?done=password")
                            : to("");
            case SignIn.Answer.Wrong() ->
                    page(400, new Note("This is not the password that you have.", "current", true));
            case SignIn.Answer.Wait(var left) ->
                    Waits.answer(page(200, new Note(Waits.words(left), "current", true)), left);
            case SignIn.Answer.Busy() ->
                    Waits.answer(
                            page(200, new Note(SignIn.TOO_MANY, "current", true)), Duration.ZERO);
        };
    }

    @POST
    @Path("me/sessions")
    @Operation(hidden = true)
    public Response end(@RestForm @Nullable String session) {
        var visitor = visitors.current();
        var name = visitor.name();
        var token = Cookies.session(request.getCurrent());
        if (!visitor.proven() || name == null || session == null) {
            return to("");
        }
        if (session.equals(OTHERS)) {
            token.ifPresent(mine -> own.endOthers(name, mine, entrance.address()));
        } else if (session.matches("[0-9a-f-]{36}")) {
            own.end(name, UUID.fromString(session), entrance.address());
        }
        return to("#sessions-title");
    }

    private Response page(int status, Note note) {
        return Response.status(status)
                .entity(SettingsPage.me(frames.current(), views.me(note)))
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .build();
    }

    private Response to(String place) {
        return Response.seeOther(URI.create(frames.root() + "/settings/me" + place)).build();
    }
}
