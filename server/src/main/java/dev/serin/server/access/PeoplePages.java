package dev.serin.server.access;

import dev.serin.server.access.People.Outcome;
import dev.serin.server.access.RolesForms.Posted;
import dev.serin.server.access.SettingsViews.Note;
import dev.serin.web.settings.SettingsPage;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Accounts of people, for admins. A link is in the answer to the form that made it, and nowhere else.
@Path("/settings/people")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class PeoplePages {

    private final People people;
    private final SettingsViews views;
    private final Visitors visitors;
    private final Entrance entrance;
    private final AccessConfig config;
    private final Frames frames;
    private final Answers answers;

    PeoplePages(
            People people,
            SettingsViews views,
            Visitors visitors,
            Entrance entrance,
            AccessConfig config,
            Frames frames,
            Answers answers) {
        this.people = people;
        this.views = views;
        this.visitors = visitors;
        this.entrance = entrance;
        this.config = config;
        this.frames = frames;
        this.answers = answers;
    }

    @GET
    @Operation(hidden = true)
    public Response all(@RestQuery @Nullable String gone) {
        if (isOpen()) {
            return toOneself();
        }
        var words = gone == null ? null : Visitor.clean(gone) + " can sign in no more.";
        return all(200, "", SettingsViews.nothingPosted(), new Note(words, null, false), null);
    }

    @POST
    @Operation(hidden = true)
    public Response invite(
            @RestForm @DefaultValue("") String name,
            @RestForm @Nullable List<String> grants,
            @RestForm @DefaultValue("") String team,
            @RestForm @DefaultValue("viewer") String role) {
        if (isOpen()) {
            return toOneself();
        }
        var posted = Posted.of(grants, team, role);
        var wrong = posted.wrong();
        if (wrong.isPresent()) {
            return all(400, name, posted, new Note(wrong.get(), "roles", true), null);
        }
        var outcome = people.invite(admin(), name, posted.all());
        return outcome instanceof Outcome.Refused(_, var status, var field, var why)
                ? all(status.getStatusCode(), name, posted, new Note(why, field, true), null)
                : all(201, "", SettingsViews.nothingPosted(), Note.NONE, outcome);
    }

    @GET
    @Path("{name}")
    @Operation(hidden = true)
    public Response one(@PathParam("name") String name, @RestQuery @DefaultValue("") String done) {
        if (isOpen()) {
            return toOneself();
        }
        return one(200, name, null, new Note(words(done), null, false), null);
    }

    @POST
    @Path("{name}/{act}")
    @Operation(hidden = true)
    public Response act(
            @PathParam("name") String name,
            @PathParam("act") String act,
            @RestForm @Nullable List<String> grants,
            @RestForm @DefaultValue("") String team,
            @RestForm @DefaultValue("viewer") String role,
            @RestForm @Nullable String session) {
        if (isOpen()) {
            return toOneself();
        }
        var posted = act.equals("roles") ? Posted.of(grants, team, role) : null;
        if (posted != null && posted.wrong().isPresent()) {
            return one(400, name, posted, new Note(posted.wrong().get(), "roles", true), null);
        }
        return switch (outcome(name, act, posted, session)) {
            case Outcome.Nobody() -> nobody();
            case Outcome.Refused(_, var status, var field, var why) ->
                    one(status.getStatusCode(), name, posted, new Note(why, field, true), null);
            case Outcome.Done(_, var token) when token != null ->
                    one(201, name, null, Note.NONE, token);
            case Outcome.Done _ ->
                    act.equals("remove")
                            ? to("?gone=" + SettingsViews.address(name))
                            : to("/" + SettingsViews.address(name) + "?done=" + act);
        };
    }

    private Outcome outcome(
            String name, String act, @Nullable Posted posted, @Nullable String session) {
        return switch (act) {
            case "roles" ->
                    posted == null
                            ? new Outcome.Nobody()
                            : people.giveRoles(admin(), name, posted.all());
            case "invitation" -> people.reset(admin(), name);
            case "disable" -> people.disable(admin(), name);
            case "enable" -> people.enable(admin(), name);
            case "remove" -> people.remove(admin(), name);
            case "unlock" -> people.unlock(admin(), name);
            case "sessions" ->
                    session != null && session.matches("[0-9a-f-]{36}")
                            ? people.endSession(admin(), name, UUID.fromString(session))
                            : people.endSessions(admin(), name);
            default -> new Outcome.Nobody();
        };
    }

    private Response all(
            int status, String typed, Posted posted, Note note, @Nullable Outcome outcome) {
        return page(
                status,
                SettingsPage.people(frames.current(), views.people(typed, posted, note, outcome)));
    }

    private Response one(
            int status, String name, @Nullable Posted posted, Note note, @Nullable String token) {
        return people.one(visitors.current(), name)
                .map(person ->
                        page(
                                status,
                                SettingsPage.person(
                                        frames.current(),
                                        views.person(person, posted, note, token))))
                .orElseGet(this::nobody);
    }

    private Response nobody() {
        return page(404, answers.missing("person"));
    }

    private People.Admin admin() {
        return new People.Admin(visitors.current(), entrance.address());
    }

    private boolean isOpen() {
        return !config.mode().asksToSignIn();
    }

    private Response toOneself() {
        return Response.seeOther(URI.create(frames.root() + "/settings/me")).build();
    }

    private Response to(String place) {
        return Response.seeOther(URI.create(frames.root() + "/settings/people" + place)).build();
    }

    private static @Nullable String words(String done) {
        return switch (done) {
            case "roles" -> "The roles are changed.";
            case "disable" -> "Shut out: no sign-in, and every browser is signed out.";
            case "enable" -> "May sign in again.";
            case "sessions" -> "Signed out.";
            case "unlock" -> "May try again now.";
            default -> null;
        };
    }

    private static Response page(int status, TemplateInstance page) {
        return Response.status(status)
                .entity(page)
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
