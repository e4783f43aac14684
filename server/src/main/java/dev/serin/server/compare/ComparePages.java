package dev.serin.server.compare;

import dev.serin.server.access.Frames;
import dev.serin.web.compare.ComparePage;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/// Two to eight runs side by side; the address is the comparison and can be sent.
@Path("/compare")
@Produces(MediaType.TEXT_HTML)
class ComparePages {

    private static final int MOST_READ = 50;

    private final CompareViews views;
    private final Frames frames;

    ComparePages(CompareViews views, Frames frames) {
        this.views = views;
        this.frames = frames;
    }

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public TemplateInstance show(@RestQuery("run") List<String> run) {
        var ids = new LinkedHashSet<UUID>();
        var unreadable = new ArrayList<String>();
        for (var text : run.stream().filter(one -> !one.isBlank()).limit(MOST_READ).toList()) {
            try {
                ids.add(UUID.fromString(text));
            } catch (IllegalArgumentException _) {
                unreadable.add(text.length() > 80 ? text.substring(0, 80) : text);
            }
        }
        boolean twice = run.size() > 1 && ids.size() == 1 && unreadable.isEmpty();
        return ComparePage.compare(
                frames.current(), views.of(List.copyOf(ids), List.copyOf(unreadable), twice));
    }
}
