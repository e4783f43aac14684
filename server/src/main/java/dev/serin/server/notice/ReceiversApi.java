package dev.serin.server.notice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.access.Role;
import dev.serin.server.access.Visitors;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Who wants to be told, for programs.
@Path("/api/v1/receivers")
@Tag(name = "Notices")
@Produces(MediaType.APPLICATION_JSON)
public class ReceiversApi {

    private final Receivers receivers;
    private final Visitors visitors;

    ReceiversApi(Receivers receivers, Visitors visitors) {
        this.receivers = receivers;
        this.visitors = visitors;
    }

    /// A receiver.
    ///
    /// @param secret signs what a webhook is sent; told once, when the receiver is made, and null later
    @RegisterForReflection
    public record ReceiverJson(
            UUID id,
            String address,
            String kind,
            @Nullable String route,
            @Nullable String team,
            String madeBy,
            Instant madeAt,
            @Nullable String secret) {

        static ReceiverJson of(Receivers.Receiver receiver, @Nullable String secret) {
            var wanted = receiver.wanted();
            return new ReceiverJson(
                    receiver.id(),
                    wanted.address(),
                    wanted.kind().key(),
                    wanted.route(),
                    wanted.team(),
                    receiver.madeBy(),
                    receiver.madeAt(),
                    secret);
        }
    }

    @GET
    @RunOnVirtualThread
    @Operation(summary = "All receivers, without their secrets")
    public List<ReceiverJson> all() {
        return receivers.all(visitors.current().scope(Role.ADMIN)).stream()
                .map(one -> ReceiverJson.of(one, null))
                .toList();
    }

    @POST
    @RunOnVirtualThread
    @Operation(
            summary = "Add a receiver",
            description =
                    "address: https://… or mailto:…; kind: webhook, slack or email, known from the"
                            + " address if left out; route and team: what to be told of, all if"
                            + " left out. The answer of a webhook holds the secret that signs its"
                            + " messages; it is not told again.")
    public Response add(byte[] body) {
        var json = Bodies.object(body, Set.of("address", "kind", "route", "team"));
        var wanted =
                Wanted.of(
                        text(json, "address"),
                        text(json, "kind"),
                        text(json, "route"),
                        text(json, "team"));
        Receivers.check(wanted, visitors.current());
        var secret = Signature.secret();
        var receiver = receivers.add(wanted, secret, visitors.current().by());
        return Response.created(URI.create("/api/v1/receivers/" + receiver.id()))
                .header("Cache-Control", "no-store")
                .entity(ReceiverJson.of(receiver, wanted.kind().isSigned() ? secret : null))
                .build();
    }

    @DELETE
    @Path("{id}")
    @RunOnVirtualThread
    @Operation(
            summary = "Remove a receiver",
            description = "What is under way to it is not sent any more.")
    public void remove(@PathParam("id") String id) {
        receivers.remove(parse(id), visitors.current().by());
    }

    private static @Nullable String text(ObjectNode json, String field) {
        var value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        var text = value.isTextual() ? value.textValue().strip() : "";
        if (text.isEmpty()) {
            throw ProblemException.badField(field, "is a text; write one, or leave it out");
        }
        return text;
    }

    static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw Receivers.noneOf();
        }
    }
}
