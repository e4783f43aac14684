package dev.serin.server.route;

import dev.serin.server.access.Frames;
import dev.serin.server.access.Grant;
import dev.serin.server.access.Members;
import dev.serin.server.access.Role;
import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitors;
import dev.serin.server.problem.ProblemException;
import dev.serin.server.rollout.RouteTeams;
import dev.serin.web.team.TeamPage;
import io.quarkus.qute.TemplateInstance;
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
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// The page of a team, and the form that gives a route to one. Whether a team may be seen was asked at
/// the door, by its name in the address.
@Path("/")
@Produces(MediaType.TEXT_HTML)
class TeamPages {

    private final RouteReads reads;
    private final RouteTeams teams;
    private final Members members;
    private final Visitors visitors;
    private final Frames frames;

    TeamPages(
            RouteReads reads, RouteTeams teams, Members members, Visitors visitors, Frames frames) {
        this.reads = reads;
        this.teams = teams;
        this.members = members;
        this.visitors = visitors;
        this.frames = frames;
    }

    @GET
    @Path("teams/{team}")
    @RunOnVirtualThread
    @ResponseHeader(name = HttpHeaders.VARY, value = "HX-Target")
    @Operation(hidden = true)
    public TemplateInstance show(
            @RestPath String team, @HeaderParam("HX-Target") @Nullable String target) {
        var stored = Scope.stored(team);
        var found = reads.of(stored);
        if (stored != null && found.found().routes().isEmpty() && !members.anyIn(stored)) {
            throw ProblemException.notFound("no-such-team", "there is no team " + stored);
        }
        var view =
                TeamViews.of(
                        Scope.words(stored),
                        found,
                        reads.underWay(stored),
                        visitors.current().may(Role.ADMIN, stored)
                                ? members.of(Scope.words(stored))
                                : null);
        return "live".equals(target)
                ? TeamPage.team$live(frames.current(), view)
                : TeamPage.team(frames.current(), view);
    }

    @POST
    @Path("routes/{route}/team")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response give(@RestPath String route, @RestForm @DefaultValue("") String team) {
        var visitor = visitors.current();
        var page = "/routes/" + RoutesViews.encoded(route);
        if (visitor.isNameless()) {
            return to("/name?next=" + RoutesViews.encoded(page));
        }
        teams.give(route, Grant.ofRoute(team), visitor.by());
        return to(page);
    }

    private Response to(String path) {
        return Response.seeOther(URI.create(frames.root() + path)).build();
    }
}
