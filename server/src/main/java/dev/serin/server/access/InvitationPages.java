package dev.serin.server.access;

import dev.serin.web.access.AccessPage;
import dev.serin.web.access.AccessView;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Where somebody who was invited chooses a password. It shows on GET and acts on POST only, once.
@Path("/login/invitation")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class InvitationPages {

    private final OwnAccount own;
    private final Entrance entrance;
    private final Tries tries;
    private final Frames frames;

    InvitationPages(OwnAccount own, Entrance entrance, Tries tries, Frames frames) {
        this.own = own;
        this.entrance = entrance;
        this.tries = tries;
        this.frames = frames;
    }

    @GET
    @Operation(hidden = true)
    public Response show(@RestQuery @DefaultValue("") String token) {
        var account = own.invited(token);
        return account.isPresent() ? form(200, token, account.get(), null) : ended();
    }

    @POST
    @Operation(hidden = true)
    public Response accept(
            @RestForm @DefaultValue("") String token,
            @RestForm @DefaultValue("") String password,
            @RestForm @DefaultValue("") String again) {
        var from = entrance.address();
        var wait = tries.waitOf(from);
        var account = own.invited(token);
        if (account.isEmpty()) {
            if (wait.isZero()) {
                tries.wrong(from);
            }
            return ended();
        }
        if (wait.isPositive()) {
            return Waits.answer(form(200, token, account.get(), Waits.words(wait)), wait);
        }
        var wrong = Passwords.wrong(account.get(), password, again);
        if (wrong.isPresent()) {
            return form(400, token, account.get(), wrong.get());
        }
        return own.accept(token, password, from)
                .map(name -> entrance.into(name, "/"))
                .orElseGet(this::ended);
    }

    private Response form(int status, String token, String account, @Nullable String error) {
        return page(
                status,
                AccessPage.invitation(
                        frames.current(), new AccessView("/", account, error, token)));
    }

    private Response ended() {
        return page(
                404, AccessPage.invitation(frames.current(), new AccessView("/", "", null, "")));
    }

    private static Response page(int status, TemplateInstance page) {
        return Response.status(status)
                .entity(page)
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
