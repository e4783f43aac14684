package dev.serin.server.notice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.access.Visitors;
import dev.serin.server.outward.BadAddress;
import dev.serin.server.outward.WebAddress;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.Problem;
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
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
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

    private static final int MOST_NAME = 200;

    private final Receivers receivers;
    private final Visitors visitors;
    private final InstantSource clock;

    ReceiversApi(Receivers receivers, Visitors visitors, InstantSource clock) {
        this.receivers = receivers;
        this.visitors = visitors;
        this.clock = clock;
    }

    /// A receiver.
    ///
    /// @param secret signs what is sent; told once, when the receiver is made, and null later
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
        return receivers.all().stream().map(one -> ReceiverJson.of(one, null)).toList();
    }

    @POST
    @RunOnVirtualThread
    @Operation(
            summary = "Add a receiver",
            description =
                    "address; kind: webhook or slack, known from the address if left out; route and team:"
                            + " what to be told of, all if left out. The answer holds the secret that"
                            + " signs the messages; it is not told again.")
    public Response add(byte[] body) {
        var wanted = wanted(Bodies.object(body, Set.of("address", "kind", "route", "team")));
        var receiver =
                new Receivers.Receiver(
                        UUID.randomUUID(), wanted, visitors.current().by(), clock.instant());
        var secret = Signature.secret();
        if (!receivers.add(receiver, secret)) {
            return Problem.of(
                            "too-many-receivers",
                            Status.CONFLICT,
                            "there are %d receivers, and no more are kept; remove one"
                                    .formatted(Receivers.MOST))
                    .response();
        }
        return Response.created(URI.create("/api/v1/receivers/" + receiver.id()))
                .entity(ReceiverJson.of(receiver, secret))
                .build();
    }

    @DELETE
    @Path("{id}")
    @RunOnVirtualThread
    @Operation(
            summary = "Remove a receiver",
            description = "What is under way to it is not sent any more.")
    public void remove(@PathParam("id") String id) {
        if (!receivers.remove(parse(id))) {
            throw noneOf();
        }
    }

    private static Receivers.Wanted wanted(ObjectNode json) {
        var text = text(json, "address");
        if (text == null) {
            throw ProblemException.badField("address", "is missing; write https://…");
        }
        try {
            var address = WebAddress.parse(text);
            return new Receivers.Wanted(
                    address.text(),
                    kind(text(json, "kind"), address),
                    text(json, "route"),
                    text(json, "team"));
        } catch (BadAddress e) {
            throw ProblemException.badField("address", String.valueOf(e.getMessage()));
        }
    }

    private static Kind kind(@Nullable String key, WebAddress address) {
        return key == null
                ? Kind.of(address)
                : Kind.of(key)
                        .orElseThrow(() ->
                                ProblemException.badField(
                                        "kind", "is webhook or slack, got " + key));
    }

    private static @Nullable String text(ObjectNode json, String field) {
        var value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        var text = value.isTextual() ? value.textValue().replace("\0", "").strip() : "";
        if (text.isEmpty()) {
            throw ProblemException.badField(field, "is a text; write one, or leave it out");
        }
        if (!field.equals("address") && text.length() > MOST_NAME) {
            throw ProblemException.badField(
                    field, "has at most %d characters".formatted(MOST_NAME));
        }
        return text;
    }

    private static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw noneOf();
        }
    }

    private static ProblemException noneOf() {
        return ProblemException.notFound("no-such-receiver", "there is no receiver with this id");
    }
}
