package dev.serin.server.rollout;

import dev.serin.engine.rollout.Signal;
import dev.serin.server.access.Access;
import dev.serin.server.access.Frames;
import dev.serin.server.access.Visitors;
import dev.serin.server.evidence.Ids;
import dev.serin.server.live.Together;
import dev.serin.web.rollout.Note;
import dev.serin.web.rollout.RolloutPage;
import dev.serin.web.words.Tone;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// One rollout as a page: what it is doing, why, and what to do about it.
@Path("/")
@Produces(MediaType.TEXT_HTML)
class RolloutPages {

    private static final int LONGEST_COMMENT = 500;
    private static final String OLD_PAGE = "Nothing was changed, because the page was old: %s.";

    /// A page that asks for its living part.
    private record Open(UUID rollout, boolean isNameless, Decider decider) {}

    private final Together<Open, String> open = Together.ofPages();
    private final RolloutViews views;
    private final BadCallViews calls;
    private final Rollouts rollouts;
    private final Visitors visitors;
    private final Access access;
    private final Frames frames;
    private final Notes notes;

    RolloutPages(
            RolloutViews views,
            BadCallViews calls,
            Rollouts rollouts,
            Visitors visitors,
            Access access,
            Frames frames,
            Notes notes) {
        this.views = views;
        this.calls = calls;
        this.rollouts = rollouts;
        this.visitors = visitors;
        this.access = access;
        this.frames = frames;
        this.notes = notes;
    }

    @GET
    @Path("rollouts/{id}")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response show(
            @RestPath UUID id,
            @RestQuery @Nullable Integer before,
            @HeaderParam("HX-Target") @Nullable String target,
            @CookieParam(Notes.COOKIE) @Nullable String note) {
        var said = Notes.from(note);
        var visitor = visitors.current();
        if ("live".equals(target) && before == null && said == null) {
            return html(open.get(
                            new Open(id, visitor.isNameless(), Decider.of(visitor)),
                            () ->
                                    RolloutPage.rollout$live(
                                                    frames.ofAll(),
                                                    views.of(id, visitor, null, null))
                                            .render()))
                    .build();
        }
        var view = views.of(id, visitor, before, said);
        var page =
                "live".equals(target)
                        ? RolloutPage.rollout$live(frames.current(), view)
                        : RolloutPage.rollout(frames.current(), view);
        var answer = html(page);
        return said == null ? answer.build() : answer.cookie(notes.read()).build();
    }

    @GET
    @Path("rollouts/{id}/calls")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public TemplateInstance calls(
            @RestPath UUID id,
            @RestQuery @DefaultValue("candidate") String arm,
            @RestQuery @Nullable Integer condition,
            @RestQuery @Nullable String before) {
        return RolloutPage.calls(frames.current(), calls.of(id, arm, condition, before));
    }

    private static Response.ResponseBuilder html(Object page) {
        return Response.ok(page)
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .header(HttpHeaders.VARY, "HX-Target");
    }

    @POST
    @Path("rollouts/{id}/{verb}")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response decide(
            @RestPath UUID id,
            @RestPath String verb,
            @RestForm @DefaultValue("-1") long version,
            @RestForm @DefaultValue("") String comment,
            @RestForm @DefaultValue("") String reason,
            @RestForm @DefaultValue("") String evidence,
            @RestForm List<String> waive,
            @RestForm @Nullable String name) {
        var page = URI.create("%s/rollouts/%s".formatted(frames.root(), id));
        var visitor = access.named(visitors.current(), name);
        if (visitor.isNameless()) {
            var askName =
                    Response.seeOther(
                            URI.create("%s/name?next=/rollouts/%s".formatted(frames.root(), id)));
            return comment.isBlank()
                    ? askName.build()
                    : askName.cookie(
                                    notes.of(
                                            new Note(
                                                    Tone.UNSURE,
                                                    "Nothing was changed yet: decide again, now"
                                                            + " that your name is known.",
                                                    comment)))
                            .build();
        }
        var why = why(comment, reason);
        var signal = signal(verb, visitor.by(), why, evidence, waive);
        var answer = Response.seeOther(page);
        var note = note(rollouts.handle(Command.of(id, version, signal)), comment);
        if (note != null) {
            answer = answer.cookie(notes.of(note));
        }
        return access.remember(answer, visitor, name).build();
    }

    @POST
    @Path("routes/{route}/restore")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response restore(
            @RestPath String route,
            @RestForm @DefaultValue("") String rollout,
            @RestForm @DefaultValue("") String undo,
            @RestForm @DefaultValue("") String comment,
            @RestForm @Nullable String name) {
        var visitor = access.named(visitors.current(), name);
        if (visitor.isNameless()) {
            return Response.seeOther(
                            URI.create(
                                    "%s/name?next=%s"
                                            .formatted(
                                                    frames.root(),
                                                    RolloutViews.encoded(page(route)))))
                    .build();
        }
        var by = visitor.by();
        var why = comment.strip();
        var wish =
                undo.isEmpty()
                        ? Undo.any(route, by, why)
                        : Undo.of(route, Ids.parse(undo), by, why);
        var answer =
                switch (rollouts.restore(wish)) {
                    case Way.Back(UUID id) -> to("/rollouts/" + id, null);
                    case Way.Stopped(UUID id) ->
                            to(
                                    "/rollouts/" + id,
                                    new Note(
                                            Tone.QUIET,
                                            "A rollout was under way on this route; it was rolled"
                                                    + " back."));
                    case Way.NoSuchRoute _ -> throw new NoSuchRoute(route);
                    case Way.NoModelBefore _ ->
                            notBack(route, rollout, "The route never had another model.");
                    case Way.Outdated(_, String what) ->
                            notBack(route, rollout, OLD_PAGE.formatted(what));
                    case Way.Frozen(String reason) ->
                            notBack(route, rollout, "Nothing was changed: %s.".formatted(reason));
                };
        return access.remember(answer, visitor, name).build();
    }

    /// Back to the page that was looked at.
    private Response.ResponseBuilder notBack(String route, String rollout, String why) {
        return to(
                rollout.isEmpty() ? page(route) : "/rollouts/" + Ids.parse(rollout),
                new Note(Tone.UNSURE, why));
    }

    private static String page(String route) {
        return "/routes/" + RolloutViews.encoded(route);
    }

    private Response.ResponseBuilder to(String path, @Nullable Note note) {
        var answer = Response.seeOther(URI.create(frames.root() + path));
        return note == null ? answer : answer.cookie(notes.of(note));
    }

    /// What was not done, with the comment that was typed, so that nobody types it twice.
    private static @Nullable Note note(Reply reply, String comment) {
        return switch (reply) {
            case Reply.Accepted _ -> null;
            case Reply.Outdated(_, String what) ->
                    new Note(Tone.UNSURE, OLD_PAGE.formatted(what), comment);
            case Reply.Refused(String refused) ->
                    new Note(Tone.UNSURE, "Nothing was changed: %s.".formatted(refused), comment);
        };
    }

    private static Signal signal(
            String verb, String by, String why, String evidence, List<String> waive) {
        var waived = Set.copyOf(waive);
        return switch (verb) {
            case "approve" -> new Signal.Approve(by, why, evidence, waived);
            case "reject" -> new Signal.Reject(by, why);
            case "pause" -> new Signal.Pause(by, why);
            case "resume" -> new Signal.Resume(by, why);
            case "promote" -> new Signal.Promote(by, why, waived);
            case "rollback" -> new Signal.RollBack(by, why);
            default -> throw new NotFoundException();
        };
    }

    private static String why(String comment, String reason) {
        var both =
                comment.isBlank() || reason.isBlank()
                        ? comment.strip() + reason.strip()
                        : reason.strip() + ": " + comment.strip();
        return both.length() > LONGEST_COMMENT ? both.substring(0, LONGEST_COMMENT) : both;
    }
}
