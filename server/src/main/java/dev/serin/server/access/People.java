package dev.serin.server.access;

import dev.serin.server.access.Happened.What;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What admins do with accounts. Each deed and what the audit says of it are one transaction.
///
/// An admin in `everybody` sees and changes those people only who have no role in `*`, so that nobody grows by
/// taking over a greater account. Admins of some teams only are not let in: the password that one of them
/// resets would still open the account when it is given more.
@ApplicationScoped
class People {

    /// How long a link opens.
    static final Duration INVITATION = Duration.ofDays(3);

    private final AccessConfig config;
    private final Proofs proofs;
    private final Locks locks;
    private final InstantSource clock;
    private final Event<Happened> happened;

    People(
            AccessConfig config,
            Proofs proofs,
            Locks locks,
            InstantSource clock,
            Event<Happened> happened) {
        this.config = config;
        this.proofs = proofs;
        this.locks = locks;
        this.clock = clock;
        this.happened = happened;
    }

    /// Who acts, and from where.
    record Admin(Visitor visitor, String address) {

        boolean mayGive(Set<Grant> grants) {
            return grants.stream().allMatch(visitor::mayGive);
        }
    }

    /// What came of it.
    sealed interface Outcome {

        /// It was done.
        ///
        /// @param link token of the link, where one was made
        record Done(Person person, @Nullable String link) implements Outcome {}

        /// Nothing was changed.
        ///
        /// @param kind of the problem, as `last-admin`
        /// @param status of the answer that tells it
        /// @param field that is wrong, null if it is none
        /// @param why in a sentence that says what to do
        record Refused(String kind, Status status, @Nullable String field, String why)
                implements Outcome {

            private static Refused bad(String field, String why) {
                return new Refused("bad-request", Status.BAD_REQUEST, field, why);
            }

            private static Refused conflict(String kind, @Nullable String field, String why) {
                return new Refused(kind, Status.CONFLICT, field, why);
            }
        }

        /// There is nobody of this name whom this admin may see.
        record Nobody() implements Outcome {}
    }

    /// Those whom this admin may see, by name.
    List<Person> all(Visitor admin) {
        var who = new Admin(admin, "");
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        AccountRow.<AccountRow>list("order by lower(name)").stream()
                                .filter(row -> who.mayGive(row.grants))
                                .map(this::person)
                                .toList());
    }

    Optional<Person> one(Visitor admin, String name) {
        return all(admin).stream().filter(person -> person.name().equals(name)).findFirst();
    }

    /// Teams that anybody has a role in, also those of machines.
    List<String> teams() {
        return QuarkusTransaction.requiringNew().call(AccountRow::teams);
    }

    /// Invites somebody.
    Outcome invite(Admin admin, String typed, Set<Grant> grants) {
        var name = Names.clean(typed);
        var wrong = Names.wrong(name);
        if (wrong.isPresent()) {
            return Outcome.Refused.bad("name", wrong.get());
        }
        var refused = wrongRoles(admin, grants);
        if (refused.isPresent()) {
            return refused.get();
        }
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    AccountRow.lockAll();
                    if (AccountRow.ofAnyCase(name).isPresent()) {
                        return Outcome.Refused.conflict(
                                "person-exists",
                                "name",
                                "There is somebody of this name already; choose another.");
                    }
                    var row = AccountRow.named(name);
                    row.grants = new HashSet<>(grants);
                    row.persist();
                    var token = invitation(row, admin);
                    tell(admin, What.PERSON_INVITED, null, words(row));
                    return new Outcome.Done(person(row), token);
                });
    }

    /// Gives somebody these roles and no others, and ends their sessions.
    Outcome giveRoles(Admin admin, String name, Set<Grant> grants) {
        return change(admin, name, new Wish(grants, null));
    }

    /// Lets somebody in no more, and ends their sessions.
    Outcome disable(Admin admin, String name) {
        return change(admin, name, new Wish(null, true));
    }

    /// Lets somebody in again, with the password and the roles of before.
    Outcome enable(Admin admin, String name) {
        return change(admin, name, new Wish(null, false));
    }

    /// What is to become of an account.
    ///
    /// @param grants all roles from then on; null leaves them
    /// @param disabled whether it may not sign in; null leaves that
    record Wish(@Nullable Set<Grant> grants, @Nullable Boolean disabled) {

        Wish {
            grants = grants == null ? null : Set.copyOf(grants);
        }
    }

    /// Fulfils a wish whole, or not at all.
    Outcome change(Admin admin, String name, Wish wish) {
        var grants = wish.grants();
        var refused = grants == null ? Optional.<Outcome>empty() : wrongRoles(admin, grants);
        if (refused.isPresent()) {
            return refused.get();
        }
        return change(
                admin,
                name,
                row -> {
                    var refusal = whyNot(admin, row, wish);
                    if (refusal.isEmpty()) {
                        fulfil(admin, row, wish);
                    }
                    return refusal;
                });
    }

    private Optional<Outcome.Refused> whyNot(Admin admin, AccountRow row, Wish wish) {
        var roles =
                wish.grants() == null
                        ? Optional.<Outcome.Refused>empty()
                        : whyKeepsRoles(row, wish.grants());
        return roles.isEmpty() && Boolean.TRUE.equals(wish.disabled())
                ? whyStays(admin, row)
                : roles;
    }

    private void fulfil(Admin admin, AccountRow row, Wish wish) {
        if (wish.grants() != null) {
            var before = words(row);
            row.grants.clear();
            row.grants.addAll(wish.grants());
            SessionRow.endAll(row.name);
            tell(admin, What.ROLES_CHANGED, before, words(row));
        }
        var disabled = wish.disabled();
        if (disabled != null && disabled != (row.disabledAt != null)) {
            if (disabled) {
                shut(admin, row);
            } else {
                row.disabledAt = null;
                tell(admin, What.PERSON_ENABLED, row.name + ": may not sign in", words(row));
            }
        }
    }

    private void shut(Admin admin, AccountRow row) {
        row.disabledAt = clock.instant();
        SessionRow.endAll(row.name);
        InvitationRow.deleteById(row.name);
        tell(admin, What.PERSON_DISABLED, words(row), row.name + ": may not sign in");
    }

    /// Takes somebody's password, ends their sessions, and makes a link to choose another with.
    Outcome reset(Admin admin, String name) {
        return change(
                admin,
                name,
                true,
                row -> {
                    var refusal = whyStays(admin, row);
                    if (refusal.isEmpty()) {
                        row.sealed = null;
                        SessionRow.endAll(row.name);
                        tell(
                                admin,
                                What.PASSWORD_RESET,
                                null,
                                row.name + ": is to choose a password");
                    }
                    return refusal;
                });
    }

    /// Ends an account for good. What it did stays in journal and audit.
    Outcome remove(Admin admin, String name) {
        return change(
                admin,
                name,
                row -> {
                    var refusal = whyStays(admin, row);
                    if (refusal.isEmpty()) {
                        tell(admin, What.PERSON_REMOVED, words(row), null);
                        row.delete();
                    }
                    return refusal;
                });
    }

    /// Signs somebody out everywhere.
    Outcome endSessions(Admin admin, String name) {
        return change(
                admin,
                name,
                row -> {
                    var ended = SessionRow.endAll(row.name);
                    tell(admin, What.SESSIONS_ENDED, "%s: %d".formatted(row.name, ended), null);
                    return Optional.empty();
                });
    }

    /// Signs somebody out in one browser.
    Outcome endSession(Admin admin, String name, UUID session) {
        return change(
                admin,
                name,
                row -> {
                    if (SessionRow.delete("id = ?1 and account = ?2", session, row.name) > 0) {
                        tell(admin, What.SESSIONS_ENDED, row.name + ": 1", null);
                    }
                    return Optional.empty();
                });
    }

    /// Lets a locked name try again at once.
    Outcome unlock(Admin admin, String name) {
        return change(
                admin,
                name,
                row -> {
                    locks.right(row.name);
                    tell(admin, What.NAME_UNLOCKED, null, row.name);
                    return Optional.empty();
                });
    }

    private Outcome change(
            Admin admin, String name, Function<AccountRow, Optional<Outcome.Refused>> deed) {
        return change(admin, name, false, deed);
    }

    private Outcome change(
            Admin admin,
            String name,
            boolean invites,
            Function<AccountRow, Optional<Outcome.Refused>> deed) {
        var outcome =
                QuarkusTransaction.requiringNew()
                        .call(() -> {
                            var found =
                                    AccountRow.lockAll().stream()
                                            .filter(row -> row.name.equals(name))
                                            .filter(row -> admin.mayGive(row.grants))
                                            .findFirst();
                            if (found.isEmpty()) {
                                return new Outcome.Nobody();
                            }
                            var row = found.get();
                            var refused = deed.apply(row);
                            if (refused.isPresent()) {
                                return refused.get();
                            }
                            var token = invites ? invitation(row, admin) : null;
                            return new Outcome.Done(person(row), token);
                        });
        if (outcome instanceof Outcome.Done) {
            proofs.forget(name);
        }
        return outcome;
    }

    private Optional<Outcome.Refused> whyKeepsRoles(AccountRow row, Set<Grant> grants) {
        if (row.isOfSettings(config)) {
            return Optional.of(ofSettings());
        }
        var chief = new Grant(Grant.EVERY_TEAM, Role.ADMIN);
        return !grants.contains(chief) && isLastChief(row)
                ? Optional.of(lastAdmin("roles"))
                : Optional.empty();
    }

    private Optional<Outcome.Refused> whyStays(Admin admin, AccountRow row) {
        if (row.isOfSettings(config)) {
            return Optional.of(ofSettings());
        }
        if (row.name.equals(admin.visitor().name())) {
            return Optional.of(
                    Outcome.Refused.conflict(
                            "yourself", null, "That is your own account; ask another admin."));
        }
        return isLastChief(row) ? Optional.of(lastAdmin(null)) : Optional.empty();
    }

    /// All rows are locked, so two admins cannot take each other's role at once.
    private boolean isLastChief(AccountRow row) {
        return row.isChief()
                && AccountRow.<AccountRow>listAll().stream()
                        .noneMatch(other -> !other.name.equals(row.name) && other.isChief());
    }

    private static Optional<Outcome> wrongRoles(Admin admin, Set<Grant> grants) {
        if (grants.isEmpty()) {
            return Optional.of(Outcome.Refused.bad("roles", "Choose one role or more."));
        }
        return admin.mayGive(grants)
                ? Optional.empty()
                : Optional.of(
                        new Outcome.Refused(
                                "not-allowed",
                                Status.FORBIDDEN,
                                "roles",
                                "You can give roles in teams only whose admin you are."));
    }

    private static Outcome.Refused ofSettings() {
        return Outcome.Refused.conflict(
                "of-settings",
                null,
                "This account is in the server’s settings; change SERIN_ADMIN_NAME and its password"
                        + " there.");
    }

    private static Outcome.Refused lastAdmin(@Nullable String field) {
        return Outcome.Refused.conflict(
                "last-admin",
                field,
                "This is the last admin of every team; make another one first.");
    }

    private String invitation(AccountRow row, Admin admin) {
        var token = Secrets.token();
        var now = clock.instant();
        InvitationRow.deleteById(row.name);
        InvitationRow.flush();
        var invitation = new InvitationRow();
        invitation.account = row.name;
        invitation.tokenHash = Secrets.digest(token);
        invitation.madeBy = admin.visitor().by();
        invitation.madeAt = now;
        invitation.expiresAt = now.plus(INVITATION);
        invitation.persist();
        return token;
    }

    private Person person(AccountRow row) {
        InvitationRow invitation = InvitationRow.findById(row.name);
        return new Person(
                row.name,
                Set.copyOf(row.grants),
                row.state(),
                invitation == null ? null : invitation.expiresAt,
                SessionRow.lastSeen(row.name, Instant.now()),
                row.isOfSettings(config));
    }

    private void tell(Admin admin, What what, @Nullable String before, @Nullable String after) {
        happened.fire(
                new Happened(
                        Instant.now(), admin.visitor().by(), admin.address(), what, before, after));
    }

    private static String words(AccountRow row) {
        return row.name + ": " + Person.words(row.grants);
    }
}
