package dev.serin.server.styleguide;

import dev.serin.server.access.Frames;
import dev.serin.web.styleguide.StyleguidePage;
import dev.serin.web.styleguide.StyleguideView;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/// Every part of the pages in every state.
@IfBuildProfile("dev")
@Path("/styleguide")
class StyleguidePages {

    private final Frames frames;

    StyleguidePages(Frames frames) {
        this.frames = frames;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public TemplateInstance show(@RestQuery @DefaultValue("") String scheme) {
        return StyleguidePage.styleguide(frames.current(), StyleguideView.of(scheme));
    }
}
