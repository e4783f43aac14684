package dev.serin.server.access;

import static dev.serin.server.problem.ProblemException.badField;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Tokens for machines. An admin of one team makes, sees and ends those of that team only.
@Path("/api/v1/tokens")
@Tag(name = "Access")
@Produces(MediaType.APPLICATION_JSON)
public class TokenApi {

    private static final int MOST_DAYS = 366;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final String EXAMPLE =
            """
            {"name": "pipeline", "role": "operator", "team": "everybody", "days": 90}
            """;

    private final Tokens tokens;
    private final Visitors visitors;
    private final Entrance entrance;

    TokenApi(Tokens tokens, Visitors visitors, Entrance entrance) {
        this.tokens = tokens;
        this.visitors = visitors;
        this.entrance = entrance;
    }

    @GET
    @RunOnVirtualThread
    @Operation(summary = "List tokens by name, without their texts; the expired too")
    public List<TokenJson> list() {
        return seen().stream().map(row -> TokenJson.of(row, null)).toList();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Make a token",
            description =
                    "The answer holds its text, which is kept nowhere and cannot be read again."
                            + " `team` is `everybody` if none is named.")
    @APIResponse(responseCode = "201", description = "Made; `token` is its text")
    @APIResponse(responseCode = "400", description = "A field is wrong; none was made")
    @APIResponse(responseCode = "403", description = "Whoever asks is no admin of this team")
    @APIResponse(responseCode = "409", description = "There is a token of this name")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    public RestResponse<TokenJson> make(byte[] body) {
        var asked = Bodies.object(body, Set.of("name", "role", "team", "days"));
        var name = text(asked, "name", null);
        if (!NAME.matcher(name).matches()) {
            throw badField("name", "has 1 to 40 of a-z, 0-9 and '-', like ci-deploy");
        }
        var grant = new Grant(team(asked), role(asked));
        var days = asked.path("days");
        if (!days.isIntegralNumber() || !days.canConvertToInt() || !isLifetime(days.asInt())) {
            throw badField("days", "is a whole number from 1 to " + MOST_DAYS);
        }
        var visitor = visitors.current();
        if (!visitor.mayGive(grant)) {
            throw problem(Status.FORBIDDEN, "not-allowed", "you are no admin of " + grant.team());
        }
        var text =
                tokens.make(
                                name,
                                grant,
                                Duration.ofDays(days.asInt()),
                                visitor.by(),
                                entrance.address())
                        .orElseThrow(() ->
                                problem(
                                        Status.CONFLICT,
                                        "token-exists",
                                        "there is a token %s; end it or choose another name"
                                                .formatted(name)));
        return RestResponse.ResponseBuilder.create(Status.CREATED, TokenJson.of(row(name), text))
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @Path("{name}")
    @RunOnVirtualThread
    @Operation(
            summary = "End a token",
            description = "It opens nothing at once on this server, within 10 s on others.")
    @APIResponse(responseCode = "204", description = "Ended")
    @APIResponse(responseCode = "404", description = "There is none of this name")
    public void end(@PathParam("name") String name) {
        tokens.end(row(name).name, visitors.current().by(), entrance.address());
    }

    private List<TokenRow> seen() {
        var visitor = visitors.current();
        return tokens.all().stream()
                .filter(row -> visitor.mayGive(new Grant(row.team, row.role)))
                .toList();
    }

    private TokenRow row(String name) {
        return seen().stream()
                .filter(row -> row.name.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.notFound("no-such-token", "there is no token " + name));
    }

    private static boolean isLifetime(int days) {
        return days >= 1 && days <= MOST_DAYS;
    }

    private static String team(ObjectNode asked) {
        var team = text(asked, "team", Grant.COMMON_TEAM);
        if (!team.equals(Grant.EVERY_TEAM) && !NAME.matcher(team).matches()) {
            throw badField("team", "is a team's name, or '*' for every team");
        }
        return team;
    }

    private static Role role(ObjectNode asked) {
        var word = text(asked, "role", null);
        return Arrays.stream(Role.values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> badField("role", "is viewer, operator, approver or admin"));
    }

    private static String text(ObjectNode asked, String field, @Nullable String otherwise) {
        var node = asked.path(field);
        if (node.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        if (!node.isTextual()) {
            throw badField(field, node.isMissingNode() ? "is missing" : "is to be a text");
        }
        return node.textValue();
    }

    private static ProblemException problem(Status status, String kind, String detail) {
        return new ProblemException(Problem.of(kind, status, detail));
    }
}
