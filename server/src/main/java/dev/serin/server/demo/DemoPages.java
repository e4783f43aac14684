package dev.serin.server.demo;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// The demo's buttons.
@Path("/demo/play")
public class DemoPages {

    private final Demo demo;
    private final Stage stage;

    private final Chaos chaos;

    DemoPages(Demo demo, Stage stage, Chaos chaos) {
        this.demo = demo;
        this.stage = stage;
        this.chaos = chaos;
    }

    @POST
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response playBoth() {
        requireDemo();
        if (chaos.isOn()) {
            chaos.begin();
        } else if (stage.canPlayBoth()) {
            stage.playBoth();
        }
        return toTheList();
    }

    @POST
    @Path("{scenario}")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response play(@PathParam("scenario") String scenario) {
        requireDemo();
        // A second click finds it playing, and the page shows that.
        var _ = stage.play(scenario);
        return toTheList();
    }

    private void requireDemo() {
        if (!demo.isOn()) {
            throw new NotFoundException();
        }
    }

    private static Response toTheList() {
        return Response.seeOther(URI.create("/")).build();
    }
}
