package dev.serin.server.ofrep;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitors;
import dev.serin.server.evidence.Assigned;
import dev.serin.server.evidence.Observations;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.ProblemException;
import dev.serin.server.rollout.Serving;
import dev.serin.server.route.RouteTable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// OFREP: which model answers this user's calls?
@Path("/ofrep/v1/evaluate/flags")
@Tag(name = "OFREP")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OfrepApi {

    private static final String INVALID_CONTEXT = "INVALID_CONTEXT";

    private final RouteTable routes;
    private final Observations observations;
    private final Visitors visitors;

    OfrepApi(RouteTable routes, Observations observations, Visitors visitors) {
        this.visitors = visitors;
        this.routes = routes;
        this.observations = observations;
    }

    /// One flag's value.
    ///
    /// @param value the model that is to answer
    /// @param reason SPLIT while a rollout splits the route's calls, TARGETING_MATCH where its plan
    ///     forces the caller to an arm, else STATIC
    /// @param variant baseline or candidate
    @RegisterForReflection
    public record Evaluated(
            String key,
            String value,
            String reason,
            String variant,
            Map<String, Object> metadata) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failed(@Nullable String key, String errorCode, String errorDetails) {}

    @RegisterForReflection
    public record All(List<Object> flags, Map<String, Object> metadata) {}

    @POST
    @Path("{route}")
    @NonBlocking
    @Operation(summary = "Which model answers this key's calls on a route (OFREP 0.3)")
    public Uni<Response> one(@PathParam("route") String route, byte[] body) {
        var sight = visitors.sight();
        return routes.of(route).isPresent()
                ? Uni.createFrom().item(one(route, sight, body))
                : Uni.createFrom()
                        .item(() -> {
                            routes.lookFor(route);
                            return one(route, sight, body);
                        })
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Response one(String route, Scope sight, byte[] body) {
        if (routes.of(route, sight).isEmpty()) {
            return failed(404, new Failed(route, "FLAG_NOT_FOUND", "there is no route " + route));
        }
        Asking asking;
        try {
            asking = Asking.of(body);
        } catch (ProblemException e) {
            return failed(400, new Failed(route, "PARSE_ERROR", e.problem().detail()));
        }
        var objection = asking.objection();
        if (objection != null) {
            return failed(400, new Failed(route, INVALID_CONTEXT, objection));
        }
        return switch (evaluate(route, asking)) {
            case Evaluated evaluated -> Response.ok(evaluated).build();
            case Failed failed -> failed(400, failed);
            case Object other -> throw new IllegalStateException(other.toString());
        };
    }

    @POST
    @NonBlocking
    @Operation(summary = "Which model answers this key's calls, on every route (OFREP 0.3)")
    public Response all(@HeaderParam("If-None-Match") @Nullable String known, byte[] body) {
        Asking asking;
        try {
            asking = Asking.of(body);
        } catch (ProblemException e) {
            return failed(400, new Failed(null, "PARSE_ERROR", e.problem().detail()));
        }
        var objection = asking.objection();
        if (objection != null) {
            return failed(400, new Failed(null, INVALID_CONTEXT, objection));
        }
        var all =
                new All(
                        routes.names(visitors.sight()).stream()
                                .map(route -> evaluate(route, asking))
                                .toList(),
                        Map.of());
        var tag = "\"%08x\"".formatted(all.hashCode());
        if (known != null && isAmong(known, tag)) {
            return Response.notModified().header("ETag", tag).build();
        }
        return Response.ok(all).header("ETag", tag).build();
    }

    /// Whether one of the tags that a client knows is this one; whoever packs an answer on its way
    /// marks its tag as weak.
    private static boolean isAmong(String known, String tag) {
        for (var each : known.split(",", -1)) {
            var name = each.strip();
            if ((name.startsWith("W/") ? name.substring(2) : name).equals(tag)) {
                return true;
            }
        }
        return false;
    }

    private Object evaluate(String route, Asking asking) {
        var key = asking.key();
        var told =
                routes.of(
                        route, key == null ? UUID.randomUUID().toString() : key, asking::attribute);
        var split = told.map(RouteTable.Directions::serving).map(Serving::split).orElse(null);
        boolean forced = told.map(RouteTable.Directions::isForced).orElse(false);
        if (key == null && split != null && split.key() != Plan.Key.REQUEST && !forced) {
            return new Failed(
                    route,
                    "TARGETING_KEY_MISSING",
                    "put what keeps its model (the plan says: %s) into context.targetingKey"
                            .formatted(split.key().name().toLowerCase(java.util.Locale.ROOT)));
        }
        return told.<Object>map(directions -> evaluated(directions, key))
                .orElseGet(() -> new Failed(route, "FLAG_NOT_FOUND", "there is no route " + route));
    }

    private Evaluated evaluated(RouteTable.Directions told, @Nullable String key) {
        var metadata = new LinkedHashMap<String, Object>();
        var split = told.serving().split();
        if (split != null) {
            metadata.put("rollout", split.rollout().toString());
            metadata.put("step", split.step());
            metadata.put("stepName", split.stepName());
            metadata.put("share", split.share().fraction());
            if (told.isForced()) {
                metadata.put("forced", true);
            } else if (key != null && told.isCertain()) {
                observations.assigned(new Assigned(split.rollout(), split.step(), told.arm(), key));
            }
        }
        return new Evaluated(
                told.serving().route(),
                told.model(),
                reason(told),
                told.arm() == Arm.CANDIDATE ? "candidate" : "baseline",
                metadata);
    }

    private static String reason(RouteTable.Directions told) {
        if (told.isForced()) {
            return "TARGETING_MATCH";
        }
        return told.serving().split() != null && told.isCertain() ? "SPLIT" : "STATIC";
    }

    /// Who asks.
    ///
    /// @param context what is known of the caller
    private record Asking(JsonNode context) {

        private static final int MOST_SHOWN = 40;

        static Asking of(byte[] body) {
            JsonNode json = Bodies.json(body);
            if (!json.isObject()) {
                throw ProblemException.badRequest("the body is to be one JSON object");
            }
            return new Asking(json.path("context"));
        }

        /// What is wrong with the context, and how to mend it; null if nothing is.
        @Nullable String objection() {
            if (!context.isMissingNode() && !context.isNull() && !context.isObject()) {
                return "context is an object, such as {\"targetingKey\": \"user-42\"}, got "
                        + cut(context);
            }
            var key = context.path("targetingKey");
            return key.isMissingNode() || key.isNull() || key.isTextual()
                    ? null
                    : "context.targetingKey is a text, got %s; write it in quotes"
                            .formatted(cut(key));
        }

        private static String cut(JsonNode value) {
            var text = value.toString();
            return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
        }

        @Nullable String key() {
            var key = context.path("targetingKey");
            return key.isTextual() && !key.textValue().isEmpty() ? key.textValue() : null;
        }

        /// An attribute stands for the header of its name, in whatever case.
        @Nullable String attribute(String name) {
            for (Iterator<String> names = context.fieldNames(); names.hasNext(); ) {
                var each = names.next();
                if (each.equalsIgnoreCase(name) && context.path(each).isValueNode()) {
                    return context.path(each).isNull() ? null : context.path(each).asText();
                }
            }
            return null;
        }
    }

    private static Response failed(int status, Failed failed) {
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(failed).build();
    }
}
