package dev.serin.server.backtest;

import dev.serin.server.access.Frames;
import dev.serin.server.access.Scope;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.rollout.PlanSources;
import dev.serin.server.rollout.RolloutReads;
import dev.serin.web.backtest.BacktestPage;
import dev.serin.web.backtest.BacktestView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/// A run under another plan, as a page.
@Path("/rollouts/{id}/backtest")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class BacktestPages {

    private final Backtests backtests;
    private final RolloutReads reads;
    private final PlanSources plans;
    private final Frames frames;

    BacktestPages(Backtests backtests, RolloutReads reads, PlanSources plans, Frames frames) {
        this.backtests = backtests;
        this.reads = reads;
        this.plans = plans;
        this.frames = frames;
    }

    // Whether this run may be seen was asked at the door, by its id in the address.
    @GET
    @Operation(hidden = true)
    public Response ask(@RestPath UUID id) {
        return page(200, BacktestViews.asked(reads.one(id), plans.of(id, Scope.EVERYWHERE)));
    }

    @POST
    @Operation(hidden = true)
    public Response judge(@RestPath UUID id, @RestForm @DefaultValue("") String plan) {
        return switch (PlanReader.readAlone(plan)) {
            case PlanReading.Read read ->
                    page(200, BacktestViews.of(backtests.of(id, read.plan()), read));
            case PlanReading.Refused(var errors) ->
                    page(400, BacktestViews.refused(reads.one(id), plan, errors));
            case PlanReading.TooLarge large ->
                    page(413, BacktestViews.tooLarge(reads.one(id), large.message()));
        };
    }

    private Response page(int status, BacktestView view) {
        return Response.status(status)
                .entity(BacktestPage.backtest(frames.current(), view))
                .type("text/html;charset=UTF-8")
                .build();
    }
}
