package dev.serin.server.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.SerinConfig;
import dev.serin.server.lab.LabReader.Asked;
import dev.serin.server.lab.LabReader.Objection;
import dev.serin.server.lab.LabReader.Reading;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import dev.serin.simulator.lab.LabReport;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Tries a plan on simulated candidates and answers with the report. It starts nothing.
@Path("/api/v1/lab")
@Tag(name = "Lab")
@Produces(MediaType.APPLICATION_JSON)
public class LabApi {

    private static final Set<String> FIELDS =
            Set.of("plan", "runs", "seed", "callsPerSecond", "candidates");

    private static final String EXAMPLE =
            """
            {"plan": "route: support-chat\\nbaseline: openai/gpt-3.5-turbo\\n…",
             "runs": 1000, "seed": 1, "callsPerSecond": 20, "candidates": ["gpt-4-good", "gpt-4-bad"]}
            """;

    private final LabRuns runs;
    private final SerinConfig config;

    LabApi(LabRuns runs, SerinConfig config) {
        this.runs = runs;
        this.config = config;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml"})
    @RunOnVirtualThread
    @Operation(
            summary = "Play a plan many times against simulated candidates",
            description =
                    "The body is the plan itself, as for a start, with the rest in the query; or one"
                            + " JSON object with the plan, as text or as an object, in `plan`."
                            + " The answer comes when all is played; who goes away stops it.")
    @APIResponse(responseCode = "200", description = "What became of each candidate")
    @APIResponse(responseCode = "400", description = "Something is wrong; nothing was played")
    @APIResponse(responseCode = "413", description = "The plan is larger than 1 MB")
    @APIResponse(responseCode = "503", description = "Too many runs wait already")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    public LabJson play(
            @QueryParam("runs") @DefaultValue("") String runsAsked,
            @QueryParam("seed") @DefaultValue("") String seed,
            @QueryParam("callsPerSecond") @DefaultValue("") String rate,
            @QueryParam("candidate") List<String> candidates,
            @HeaderParam("Content-Type") @Nullable String type,
            @HeaderParam("Content-Encoding") @Nullable String encoding,
            @Context RoutingContext context,
            byte[] body) {
        var document = Bodies.unpacked(body, encoding);
        var inQuery = new Asked(null, candidates, List.of(), runsAsked, seed, rate);
        var object = envelope(type, document);
        var reading =
                object == null
                        ? read(PlanReader.readAlone(document), inQuery)
                        : read(planOf(object), asked(object, inQuery));
        return switch (reading) {
            case Reading.Wanted(var wish) -> LabJson.of(await(begin(wish), context));
            case Reading.Refused(var objections) -> throw refused(objections);
            case Reading.TooLarge(var message) ->
                    throw new ProblemException(
                            Problem.of("too-large", Status.REQUEST_ENTITY_TOO_LARGE, message));
        };
    }

    private Reading read(PlanReading plan, Asked asked) {
        return LabReader.read(plan, asked, config.lab().mostRuns());
    }

    private LabRun begin(LabWish wish) {
        return runs.begin(wish)
                .orElseThrow(() ->
                        new ProblemException(
                                Problem.of(
                                        "lab-busy",
                                        Status.SERVICE_UNAVAILABLE,
                                        "the lab has as many runs as it can take; try again soon")));
    }

    private static LabReport await(LabRun run, RoutingContext context) {
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                run.stop();
            }
        });
        try {
            while (true) {
                run.look();
                try {
                    return run.report().get(1, TimeUnit.SECONDS);
                } catch (TimeoutException _) {
                    if (context.response().closed()) {
                        run.stop();
                    }
                }
            }
        } catch (InterruptedException e) {
            run.stop();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the lab played", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the lab failed", e.getCause());
        }
    }

    /// The object that holds the plan and the rest; null where the body is the plan itself.
    private static @Nullable ObjectNode envelope(@Nullable String type, byte[] document) {
        return type != null
                        && type.contains("json")
                        && Bodies.json(document) instanceof ObjectNode object
                        && object.has("plan")
                ? object
                : null;
    }

    private static PlanReading planOf(ObjectNode object) {
        var plan = object.path("plan");
        return PlanReader.readAlone(plan.isTextual() ? plan.asText() : plan.toString());
    }

    private static Asked asked(ObjectNode object, Asked inQuery) {
        for (var name : (Iterable<String>) object::fieldNames) {
            if (!FIELDS.contains(name)) {
                throw ProblemException.badField(
                        name,
                        "no such field here; known are "
                                + String.join(", ", FIELDS.stream().sorted().toList()));
            }
        }
        return new Asked(
                null,
                names(object.get("candidates"), inQuery.candidates()),
                List.of(),
                text(object.get("runs"), inQuery.runs()),
                text(object.get("seed"), inQuery.seed()),
                text(object.get("callsPerSecond"), inQuery.rate()));
    }

    private static List<String> names(@Nullable JsonNode node, List<String> otherwise) {
        if (node == null || node.isNull()) {
            return otherwise;
        }
        if (!node.isArray()) {
            throw ProblemException.badField("candidates", "is a list of names");
        }
        var names = new ArrayList<String>();
        node.forEach(name -> names.add(name.asText()));
        return names;
    }

    private static String text(@Nullable JsonNode node, String otherwise) {
        return node == null || node.isNull() ? otherwise : node.asText();
    }

    private static ProblemException refused(List<Objection> objections) {
        var first = objections.getFirst().text();
        var detail =
                objections.size() == 1
                        ? first
                        : "%s (and %d more)".formatted(first, objections.size() - 1);
        return new ProblemException(
                Problem.of("lab-refused", Status.BAD_REQUEST, detail).with("errors", objections));
    }
}
