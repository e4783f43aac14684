package dev.serin.server.audit;

import dev.serin.server.access.Frames;
import dev.serin.server.access.Role;
import dev.serin.server.access.Visitors;
import dev.serin.web.audit.AuditPage;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The audit as a page.
@Path("/audit")
@Produces(MediaType.TEXT_HTML)
class AuditPages {

    private final AuditViews views;
    private final Frames frames;
    private final Visitors visitors;

    AuditPages(AuditViews views, Frames frames, Visitors visitors) {
        this.visitors = visitors;
        this.views = views;
        this.frames = frames;
    }

    @GET
    @RunOnVirtualThread
    @ResponseHeader(name = HttpHeaders.VARY, value = "HX-Target")
    @Operation(hidden = true)
    public TemplateInstance show(
            @RestQuery @Nullable String who,
            @RestQuery @Nullable String what,
            @RestQuery @Nullable String route,
            @RestQuery @Nullable String before,
            @HeaderParam("HX-Target") @Nullable String target) {
        var view =
                views.of(
                        AuditFilter.of(who, what, route, place(before)),
                        visitors.current().scope(Role.ADMIN));
        return "live".equals(target)
                ? AuditPage.audit$live(frames.current(), view)
                : AuditPage.audit(frames.current(), view);
    }

    /// What cannot be read is the newest page: an address that somebody cut short still shows something.
    private static @Nullable Long place(@Nullable String before) {
        return before != null && before.matches("[0-9]{1,18}") ? Long.valueOf(before) : null;
    }
}
