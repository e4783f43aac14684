package dev.serin.server.access;

import static dev.serin.server.problem.ProblemException.badField;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Accounts of people, for admins in `everybody` or `*`. One in `everybody` sees and changes nobody who has a
/// role in `*`.
@Path("/api/v1/people")
@Tag(name = "Access")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PeopleApi {

    private static final String EXAMPLE =
            """
            {"name": "mira", "roles": [{"team": "everybody", "role": "approver"}]}
            """;
    private static final String ROLE = "{\"team\": \"everybody\", \"role\": \"viewer\"}";

    private final People people;
    private final Visitors visitors;
    private final Entrance entrance;
    private final AccessConfig config;

    PeopleApi(People people, Visitors visitors, Entrance entrance, AccessConfig config) {
        this.people = people;
        this.visitors = visitors;
        this.entrance = entrance;
        this.config = config;
    }

    @GET
    @Operation(summary = "List people by name")
    public List<PersonJson> list() {
        return people.all(visitors.current()).stream()
                .map(person -> PersonJson.of(person, null))
                .toList();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Invite somebody",
            description =
                    "The answer holds an address at which they choose their password, once, within"
                            + " three days; it cannot be read again.")
    @APIResponse(responseCode = "201", description = "Invited; `invitation` is the address")
    @APIResponse(responseCode = "400", description = "A field is wrong; nobody was invited")
    @APIResponse(responseCode = "403", description = "Whoever asks is no admin of this team")
    @APIResponse(responseCode = "409", description = "There is somebody of this name")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    public RestResponse<PersonJson> invite(byte[] body) {
        var asked = Bodies.object(body, Set.of("name", "roles"));
        var name = asked.path("name");
        if (!name.isTextual()) {
            throw badField("name", name.isMissingNode() ? "is missing" : "is to be a text");
        }
        return made(people.invite(admin(), name.textValue(), roles(asked)));
    }

    @GET
    @Path("{name}")
    @Operation(summary = "Show somebody")
    @APIResponse(responseCode = "404", description = "There is nobody of this name")
    public PersonJson show(@PathParam("name") String name) {
        return people.one(visitors.current(), name)
                .map(person -> PersonJson.of(person, null))
                .orElseThrow(PeopleApi::nobody);
    }

    @PATCH
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change somebody's roles, or whether they may sign in",
            description =
                    "`roles` are all that they have from then on; `disabled` is true or false. Either"
                            + " may be left out; where one of two is refused, neither is changed. Both"
                            + " end their sessions at once.")
    @APIResponse(responseCode = "404", description = "There is nobody of this name")
    @APIResponse(responseCode = "409", description = "It is the last admin, or the settings'")
    public PersonJson change(@PathParam("name") String name, byte[] body) {
        var asked = Bodies.object(body, Set.of("roles", "disabled"));
        var disabled = asked.path("disabled");
        if (!disabled.isMissingNode() && !disabled.isBoolean()) {
            throw badField("disabled", "is true or false");
        }
        if (asked.isEmpty()) {
            throw badField("roles", "name roles, or disabled, or both");
        }
        var wish =
                new People.Wish(
                        asked.has("roles") ? roles(asked) : null,
                        disabled.isMissingNode() ? null : disabled.booleanValue());
        return done(people.change(admin(), name, wish));
    }

    @DELETE
    @Path("{name}")
    @Operation(summary = "Remove somebody; journal and audit keep what they did")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is nobody of this name")
    @APIResponse(responseCode = "409", description = "It is the last admin, or the settings'")
    public void remove(@PathParam("name") String name) {
        done(people.remove(admin(), name));
    }

    @POST
    @Path("{name}/invitation")
    @Operation(
            summary = "Reset somebody's password",
            description =
                    "Ends their sessions and their password. The answer holds the address at which"
                            + " they choose another.")
    @APIResponse(responseCode = "201", description = "Reset; `invitation` is the address")
    @APIResponse(responseCode = "404", description = "There is nobody of this name")
    @APIResponse(responseCode = "409", description = "It is the last admin, or the settings'")
    public RestResponse<PersonJson> reset(@PathParam("name") String name) {
        return made(people.reset(admin(), name));
    }

    @DELETE
    @Path("{name}/sessions")
    @Operation(summary = "Sign somebody out everywhere")
    @APIResponse(responseCode = "204", description = "Signed out")
    @APIResponse(responseCode = "404", description = "There is nobody of this name")
    public void endSessions(@PathParam("name") String name) {
        done(people.endSessions(admin(), name));
    }

    private People.Admin admin() {
        if (!config.mode().asksToSignIn()) {
            throw new ProblemException(
                    Problem.of(
                            "nobody-signs-in",
                            Status.CONFLICT,
                            "nobody signs in here, so accounts are not changed; start the server"
                                    + " without --open"));
        }
        return new People.Admin(visitors.current(), entrance.address());
    }

    private RestResponse<PersonJson> made(People.Outcome outcome) {
        return RestResponse.ResponseBuilder.create(Status.CREATED, done(outcome))
                .header("Cache-Control", "no-store")
                .build();
    }

    private PersonJson done(People.Outcome outcome) {
        return switch (outcome) {
            case People.Outcome.Done(var person, var token) ->
                    PersonJson.of(person, token == null ? null : entrance.link(token));
            case People.Outcome.Nobody() -> throw nobody();
            case People.Outcome.Refused refused -> throw refusal(refused);
        };
    }

    private static ProblemException refusal(People.Outcome.Refused refused) {
        var problem = Problem.of(refused.kind(), refused.status(), refused.why());
        return new ProblemException(
                refused.field() == null ? problem : problem.with("field", refused.field()));
    }

    private static ProblemException nobody() {
        return ProblemException.notFound("no-such-person", "there is nobody of this name");
    }

    private static Set<Grant> roles(ObjectNode asked) {
        var roles = asked.path("roles");
        if (!roles.isArray()) {
            throw badField(
                    "roles",
                    roles.isMissingNode() ? "is missing" : "is a list like [%s]".formatted(ROLE));
        }
        var grants = new LinkedHashSet<Grant>();
        for (var role : roles) {
            grants.add(grant(role));
        }
        return grants;
    }

    private static Grant grant(JsonNode role) {
        var team = role.path("team");
        var word = role.path("role");
        // A team that was misspelt must not become every team.
        if (role.size() != 2 || !team.isTextual() || !word.isTextual()) {
            throw badField(
                    "roles", "each is like %s, with nothing left out or added".formatted(ROLE));
        }
        return new Grant(
                Grant.teamNamed(team.textValue())
                        .orElseThrow(() -> badField("roles", Grant.TEAM_RULE)),
                Role.of(word.textValue())
                        .orElseThrow(() ->
                                badField(
                                        "roles", "a role is viewer, operator, approver or admin")));
    }
}
