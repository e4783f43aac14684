package dev.serin.server.lab;

import dev.serin.server.SerinConfig;
import dev.serin.server.access.Frames;
import dev.serin.server.access.Visitors;
import dev.serin.server.lab.LabReader.Asked;
import dev.serin.server.lab.LabReader.Objection;
import dev.serin.server.lab.LabReader.Reading;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.rollout.PlanSources;
import dev.serin.web.lab.LabPage;
import dev.serin.web.lab.LabView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Trying a plan: the form, a run that goes on, and what it found.
@Path("/lab")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class LabPages {

    private final LabRuns runs;
    private final LabViews views;
    private final PlanSources plans;
    private final SerinConfig.Lab config;
    private final Frames frames;
    private final Visitors visitors;

    LabPages(
            LabRuns runs,
            LabViews views,
            PlanSources plans,
            SerinConfig config,
            Frames frames,
            Visitors visitors) {
        this.visitors = visitors;
        this.runs = runs;
        this.views = views;
        this.plans = plans;
        this.config = config.lab();
        this.frames = frames;
    }

    /// The form; with `from`, the plan of an earlier run stands in it.
    @GET
    @Operation(hidden = true)
    public Response ask(@RestQuery @Nullable UUID from) {
        return page(
                200,
                views.asked(from == null ? plans.example() : plans.of(from, visitors.sight())));
    }

    @POST
    @Operation(hidden = true)
    public Response begin(
            @RestForm @DefaultValue("") String plan,
            @RestForm("profile") List<String> candidates,
            @RestForm("runs") @DefaultValue("") String many,
            @RestForm @DefaultValue("") String seed,
            @RestForm @DefaultValue("") String rate) {
        var asked = new Asked(null, candidates, List.of(), many, seed, rate);
        PlanReading read = PlanReader.readAlone(plan);
        return switch (LabReader.read(read, asked, config.mostRuns())) {
            case Reading.Wanted(var wish) ->
                    runs.begin(wish)
                            .map(run -> Response.seeOther(addressOf(run.id())).build())
                            .orElseGet(() -> page(503, views.busy(plan, asked)));
            case Reading.Refused(var objections) ->
                    page(400, views.refused(plan, asked, objections));
            case Reading.TooLarge(var message) ->
                    page(
                            413,
                            views.refused(
                                    "", asked, List.of(new Objection(0, 0, "plan", "", message))));
        };
    }

    @GET
    @Path("{id}")
    @Operation(hidden = true)
    public Response look(@RestPath String id, @HeaderParam("HX-Target") @Nullable String target) {
        var view = views.of(find(id));
        return "live".equals(target)
                ? html(200, LabPage.lab$live(frames.current(), view))
                : page(200, view);
    }

    @POST
    @Path("{id}/stop")
    @Operation(hidden = true)
    public Response stop(@RestPath String id) {
        find(id).stop();
        return Response.seeOther(addressOf(id)).build();
    }

    private LabRun find(String id) {
        var sight = visitors.sight();
        return runs.find(id)
                .filter(run -> sight.covers(run.wish().plan().file().team()))
                .flatMap(run -> runs.look(run.id()))
                .orElseThrow(NotFoundException::new);
    }

    private URI addressOf(String id) {
        return URI.create("%s/lab/%s".formatted(frames.root(), id));
    }

    private Response page(int status, LabView view) {
        return html(status, LabPage.lab(frames.current(), view));
    }

    private static Response html(int status, Object page) {
        return Response.status(status)
                .entity(page)
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .header(HttpHeaders.VARY, "HX-Target")
                .build();
    }
}
