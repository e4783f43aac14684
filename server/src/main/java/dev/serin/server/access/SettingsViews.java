package dev.serin.server.access;

import dev.serin.web.settings.Link;
import dev.serin.web.settings.MeView;
import dev.serin.web.settings.PeopleView;
import dev.serin.web.settings.PersonView;
import dev.serin.web.settings.SessionLine;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts accounts and sessions into words.
@ApplicationScoped
class SettingsViews {

    private final AccessConfig config;
    private final People people;
    private final Sessions sessions;
    private final OwnAccount own;
    private final Locks locks;
    private final Entrance entrance;
    private final Visitors visitors;
    private final CurrentVertxRequest request;
    private final InstantSource clock;

    SettingsViews(
            AccessConfig config,
            People people,
            Sessions sessions,
            OwnAccount own,
            Locks locks,
            Entrance entrance,
            Visitors visitors,
            CurrentVertxRequest request,
            InstantSource clock) {
        this.config = config;
        this.people = people;
        this.sessions = sessions;
        this.own = own;
        this.locks = locks;
        this.entrance = entrance;
        this.visitors = visitors;
        this.request = request;
        this.clock = clock;
    }

    /// What a form's answer adds to its page.
    ///
    /// @param text what was done, or why nothing was
    /// @param field that is wrong, null if it is none
    record Note(@Nullable String text, @Nullable String field, boolean refused) {

        static final Note NONE = new Note(null, null, false);

        @Nullable String at(String wanted) {
            return wanted.equals(field) ? text : null;
        }

        @Nullable String aside() {
            return field == null ? text : null;
        }
    }

    MeView me(Note note) {
        var visitor = visitors.current();
        var name = visitor.name();
        if (!config.mode().asksToSignIn() || name == null) {
            return new MeView("", "", true, null, null, null, null, List.of());
        }
        boolean machine = name.startsWith(Tokens.JOURNALED);
        return new MeView(
                name,
                Person.words(visitor.grants()),
                false,
                machine ? null : kept(name),
                note.aside(),
                note.at("current"),
                note.at("password"),
                lines(name));
    }

    /// @param typed the name that was typed
    PeopleView people(
            String typed, RolesForms.Posted posted, Note note, People.@Nullable Outcome outcome) {
        var admin = visitors.current();
        var now = clock.instant();
        var all = people.all(admin);
        var link =
                outcome instanceof People.Outcome.Done(var person, var token) && token != null
                        ? link(person, token, now)
                        : null;
        return new PeopleView(
                all.size() == 1
                        ? "One person has an account"
                        : all.size() + " people have accounts",
                all.stream().map(person -> line(person, admin, now)).toList(),
                typed,
                note.at("name"),
                RolesForms.of(admin, people.teams(), posted, note.at("roles")),
                link,
                note.aside());
    }

    PersonView person(
            Person person, RolesForms.@Nullable Posted posted, Note note, @Nullable String token) {
        var admin = visitors.current();
        var now = clock.instant();
        var locked = locks.leftOf(person.name());
        return new PersonView(
                person.name(),
                address(person.name()),
                sentence(person),
                tone(person),
                state(person),
                note.aside(),
                note.refused(),
                token == null ? null : link(person, token, now),
                kept(person.ofSettings()),
                person.name().equals(admin.name()),
                person.state() == Person.State.DISABLED,
                locked.isPositive() ? Numbers.duration(locked) : null,
                RolesForms.of(
                        admin,
                        people.teams(),
                        posted == null
                                ? new RolesForms.Posted(person.grants(), "", "viewer")
                                : posted,
                        note.at("roles")),
                lines(person.name()));
    }

    private PeopleView.Line line(Person person, Visitor admin, Instant now) {
        return new PeopleView.Line(
                person.name(),
                address(person.name()),
                Person.words(person.grants()),
                tone(person),
                state(person),
                person.state() == Person.State.INVITED ? seen(person.invitedUntil(), now) : null,
                seen(person.lastSeen(), Instant.now()),
                person.name().equals(admin.name()));
    }

    private List<SessionLine> lines(String account) {
        var token = Cookies.session(request.getCurrent()).orElse(null);
        // Sessions live by the wall's clock, as their cookies do.
        var now = Instant.now();
        return sessions.all(account).stream()
                .map(row ->
                        new SessionLine(
                                row.id.toString(),
                                Objects.requireNonNullElse(row.address, "not known"),
                                Browsers.words(row.agent),
                                Times.seen(row.madeAt, now),
                                seen(row.lastSeen, now),
                                Sessions.isOf(row, token)))
                .toList();
    }

    private Link link(Person person, String token, Instant now) {
        return new Link(
                person.name(), entrance.link(token), Times.seen(now.plus(People.INVITATION), now));
    }

    private static @Nullable When seen(@Nullable Instant at, Instant now) {
        return at == null ? null : Times.seen(at, now);
    }

    /// Why somebody cannot change their own password here, or null if they can.
    private @Nullable String kept(String name) {
        return own.isWithoutPassword(name)
                ? "You sign in by a provider, so there is no password of yours here."
                : kept(own.isOfSettings(name));
    }

    private static @Nullable String kept(boolean ofSettings) {
        return ofSettings
                ? "The name and the password of this account are in the server’s settings"
                        + " (SERIN_ADMIN_NAME, SERIN_ADMIN_PASSWORD or its file); change them there."
                        + " It is always an admin of every team."
                : null;
    }

    private static String sentence(Person person) {
        var roles = Person.words(person.grants());
        return switch (person.state()) {
            case ACTIVE -> "is " + roles;
            case INVITED -> "will be %s, once a password is chosen".formatted(roles);
            case DISABLED -> "may not sign in; was " + roles;
        };
    }

    private static String state(Person person) {
        return switch (person.state()) {
            case ACTIVE -> "may sign in";
            case INVITED -> person.invitedUntil() == null ? "no password" : "invited";
            case DISABLED -> "shut out";
        };
    }

    private static Tone tone(Person person) {
        return switch (person.state()) {
            case ACTIVE -> Tone.MET;
            case INVITED -> Tone.WAITING;
            case DISABLED -> Tone.QUIET;
        };
    }

    static String address(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static RolesForms.Posted nothingPosted() {
        return new RolesForms.Posted(Set.of(), "", "viewer");
    }
}
