package dev.serin.server.freeze;

import dev.serin.engine.rollout.Freeze;
import dev.serin.server.OneColumn;
import dev.serin.server.access.Grant;
import dev.serin.server.access.Role;
import dev.serin.server.access.Visitor;
import dev.serin.server.audit.Audit;
import dev.serin.server.audit.Deed;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/// The door to freezes: who set which, and what holds now.
@ApplicationScoped
public class Freezes {

    /// A decision reads all that hold, so there is a bound.
    static final int MOST = 200;

    static final long LOCK = 7_349_012_027L;

    private final Session database;
    private final Audit audit;
    private final InstantSource clock;
    private final Event<FreezeChanged> changed;

    Freezes(Session database, Audit audit, InstantSource clock, Event<FreezeChanged> changed) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.changed = changed;
    }

    /// A freeze that holds or will.
    ///
    /// @param holds whether it holds already
    /// @param mine whether whoever asks may end it
    record Shown(
            UUID id,
            String team,
            Instant from,
            Instant until,
            String by,
            String why,
            boolean holds,
            boolean mine) {}

    /// Keeps every freeze as it is until the transaction ends. To be asked for before any row is locked.
    public void keep() {
        lock("pg_advisory_xact_lock_shared");
    }

    /// What holds for a team at `now`, within the running transaction.
    public Frozen of(String team, Instant now) {
        return Span.at(now, FreezeRow.open(team, now).stream().map(FreezeRow::span).toList());
    }

    /// Those that hold or will and that this visitor may know of, the one that ends first before others.
    @Transactional
    List<Shown> open(Visitor visitor) {
        var now = clock.instant();
        return FreezeRow.open(now).stream()
                .filter(row ->
                        row.team.equals(Grant.EVERY_TEAM) || visitor.may(Role.VIEWER, row.team))
                .map(row -> shown(row, visitor, now))
                .toList();
    }

    /// Sets a freeze. When this returns, no share rises that it forbids, on any replica.
    ///
    /// @throws ProblemException if the visitor is no admin of the team, or there are too many
    @Transactional
    Shown set(Wanted wanted, Visitor admin) {
        mustRule(admin, wanted.team());
        lock("pg_advisory_xact_lock");
        var now = clock.instant();
        if (FreezeRow.open(now).size() >= MOST) {
            throw new ProblemException(
                    Problem.of(
                            "too-many-freezes",
                            Status.CONFLICT,
                            "there are %d freezes, and no more are kept; end one".formatted(MOST)));
        }
        var row = new FreezeRow();
        row.id = UUID.randomUUID();
        row.team = wanted.team();
        row.from = wanted.from();
        row.until = wanted.until();
        row.by = admin.by();
        row.why = wanted.why();
        row.madeAt = now;
        row.persist();
        audit.write(
                new Deed(
                        now,
                        admin.by(),
                        "freezeSet",
                        about(row.team),
                        row.why,
                        null,
                        null,
                        words(row)));
        changed.fire(new FreezeChanged(row.team, now));
        return shown(row, admin, now);
    }

    /// Ends a freeze before its time.
    ///
    /// @throws ProblemException if none of this id holds or will, or the visitor is no admin of its team
    @Transactional
    void end(UUID id, Visitor admin) {
        lock("pg_advisory_xact_lock");
        var now = clock.instant();
        var row =
                FreezeRow.<FreezeRow>findByIdOptional(id)
                        .filter(one -> one.endedAt == null && one.until.isAfter(now))
                        .filter(one ->
                                one.team.equals(Grant.EVERY_TEAM)
                                        || admin.may(Role.VIEWER, one.team))
                        .orElseThrow(Freezes::noneOf);
        mustRule(admin, row.team);
        var before = words(row);
        row.endedAt = now;
        row.endedBy = admin.by();
        audit.write(
                new Deed(
                        now,
                        admin.by(),
                        "freezeEnded",
                        about(row.team),
                        "",
                        null,
                        before,
                        "ended; shares of %s rise again".formatted(team(row.team))));
        changed.fire(new FreezeChanged(row.team, now));
    }

    static ProblemException noneOf() {
        return ProblemException.notFound(
                "no-such-freeze", "no freeze of this id holds or will; it may have ended already");
    }

    /// A team in words.
    static String team(String team) {
        return team.equals(Grant.EVERY_TEAM) ? "every team" : "team " + team;
    }

    private static void mustRule(Visitor admin, String team) {
        if (!admin.may(Role.ADMIN, team)) {
            throw new ProblemException(
                    Problem.of(
                            "not-allowed",
                            Status.FORBIDDEN,
                            "freezing %s needs the role admin of it; ask one of its admins"
                                    .formatted(team(team))));
        }
    }

    private static Deed.About about(String team) {
        return new Deed.About(null, null, team.equals(Grant.EVERY_TEAM) ? null : team);
    }

    private static Shown shown(FreezeRow row, Visitor visitor, Instant now) {
        return new Shown(
                row.id,
                row.team,
                row.from,
                row.until,
                row.by,
                row.why,
                !row.from.isAfter(now),
                visitor.may(Role.ADMIN, row.team));
    }

    private static String words(FreezeRow row) {
        return "no share of %s rises from %s until %s"
                .formatted(
                        team(row.team),
                        new Freeze(row.from, "", "").end(),
                        new Freeze(row.until, "", "").end());
    }

    private void lock(String how) {
        OneColumn.of(
                        database,
                        "select cast(" + how + "(?1) as text) as locked",
                        "locked",
                        String.class)
                .setParameter(1, LOCK)
                .getSingleResult();
    }
}
