package dev.serin.server.notice;

import dev.serin.server.access.Access;
import dev.serin.server.access.Frames;
import dev.serin.server.access.Visitor;
import dev.serin.server.access.Visitors;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import dev.serin.web.notice.NewReceiverView;
import dev.serin.web.notice.NoticesPage;
import dev.serin.web.notice.NoticesView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What was sent to whom as a page, and who is told.
@Path("/")
@Produces(MediaType.TEXT_HTML)
class NoticesPages {

    private final NoticesViews views;
    private final Resending resending;
    private final Receivers receivers;
    private final Visitors visitors;
    private final Access access;
    private final Frames frames;

    NoticesPages(
            NoticesViews views,
            Resending resending,
            Receivers receivers,
            Visitors visitors,
            Access access,
            Frames frames) {
        this.views = views;
        this.resending = resending;
        this.receivers = receivers;
        this.visitors = visitors;
        this.access = access;
        this.frames = frames;
    }

    @GET
    @Path("notices")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response show(
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String route,
            @RestQuery @Nullable String before,
            @HeaderParam("HX-Target") @Nullable String target) {
        var view = views.of(filter(state, route, before), visitors.current());
        return html("live".equals(target)
                        ? NoticesPage.notices$live(frames.current(), view)
                        : NoticesPage.notices(frames.current(), view))
                .header(HttpHeaders.VARY, "HX-Target")
                .build();
    }

    @POST
    @Path("notices/{id}/resend")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response resend(
            @RestPath String id,
            @RestForm @Nullable String state,
            @RestForm @Nullable String route,
            @RestForm @Nullable String before) {
        var visitor = visitors.current();
        if (visitor.isNameless()) {
            return askName();
        }
        resending.again(NoticesApi.parse(id), visitor.by());
        return to("/notices" + filter(state, route, before).address());
    }

    @POST
    @Path("receivers")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response add(
            @RestForm @DefaultValue("") String address,
            @RestForm @DefaultValue("") String kind,
            @RestForm @DefaultValue("") String route,
            @RestForm @DefaultValue("") String team,
            @RestForm @Nullable String name) {
        var visitor = access.named(visitors.current(), name);
        if (visitor.isNameless()) {
            return askName();
        }
        var typed = new NoticesView.Typed(address, kind, route, team);
        Wanted wanted;
        try {
            wanted = Wanted.of(address, kind, route, team);
            Receivers.check(wanted, visitor);
        } catch (ProblemException e) {
            return access.remember(wrong(visitor, typed, e.problem()), visitor, name).build();
        }
        return access.remember(added(wanted, visitor), visitor, name).build();
    }

    private Response.ResponseBuilder added(Wanted wanted, Visitor visitor) {
        var secret = Signature.secret();
        receivers.add(wanted, secret, visitor.by());
        // The one form that is not answered by the way to a page: its secret is kept nowhere else.
        return html(NoticesPage.receiver(
                        frames.of(visitor),
                        new NewReceiverView(
                                wanted.receiver(), wanted.kind().isSigned() ? secret : null)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /// The page again, with what was typed and why it was not done.
    private Response.ResponseBuilder wrong(
            Visitor visitor, NoticesView.Typed typed, Problem problem) {
        var view = views.of(filter(null, null, null), visitor, typed, problem);
        return html(NoticesPage.notices(frames.of(visitor), view)).status(problem.status());
    }

    @POST
    @Path("receivers/{id}/remove")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response remove(@RestPath String id) {
        var visitor = visitors.current();
        if (visitor.isNameless()) {
            return askName();
        }
        receivers.remove(ReceiversApi.parse(id), visitor.by());
        return to("/notices#receivers");
    }

    /// What cannot be read is left out: an address that somebody cut short still shows something.
    private static LogFilter filter(
            @Nullable String state, @Nullable String route, @Nullable String before) {
        var place = before != null && before.matches("[0-9]{1,18}") ? Long.valueOf(before) : null;
        return LogFilter.of(state == null ? null : State.of(state).orElse(null), route, place);
    }

    private Response askName() {
        return to("/name?next=/notices");
    }

    private Response to(String path) {
        return Response.seeOther(URI.create(frames.root() + path)).build();
    }

    private static Response.ResponseBuilder html(Object page) {
        return Response.ok(page).header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8");
    }
}
