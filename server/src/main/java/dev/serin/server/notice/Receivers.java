package dev.serin.server.notice;

import dev.serin.server.DatabaseFailed;
import dev.serin.server.access.Role;
import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitor;
import dev.serin.server.audit.Audit;
import dev.serin.server.audit.Deed;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response.Status;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who wants to be told beside those that plans name.
@ApplicationScoped
class Receivers {

    /// A decision writes a message for each of them, so there is a bound.
    static final int MOST = 200;

    private static final String ADD =
            """
            insert into receiver (id, address, kind, route, team, secret, made_by, made_at)
            select ?, ?, ?, ?, ?, ?, ?, ?::timestamptz where (select count(*) from receiver) < ?\
            """;

    private static final String ALL =
            """
            select id, address, kind, route, team, made_by, made_at from receiver
            order by made_at, id\
            """;

    // What is under way to an address that nobody wants told any more ends here.
    private static final String STOP =
            """
            update delivery d set state = 'dead', answer = 'its receiver was removed'
            where d.address = ? and d.state = 'waits' and not d.of_plan
              and not exists (select from receiver r where r.address = d.address)\
            """;

    private static final String REMOVE =
            """
            delete from receiver where id = ?
            returning id, address, kind, route, team, made_by, made_at\
            """;

    private final AgroalDataSource database;
    private final Audit audit;
    private final InstantSource clock;

    Receivers(AgroalDataSource database, Audit audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    record Receiver(UUID id, Wanted wanted, String madeBy, Instant madeAt) {}

    /// Adds one, where there are not too many.
    ///
    /// @param by as the journal writes a name
    /// @throws ProblemException if there is no room
    @Transactional
    public Receiver add(Wanted wanted, String secret, String by) {
        var receiver = new Receiver(UUID.randomUUID(), wanted, by, clock.instant());
        if (!added(receiver, secret)) {
            throw new ProblemException(
                    Problem.of(
                            "too-many-receivers",
                            Status.CONFLICT,
                            "there are %d receivers, and no more are kept; remove one"
                                    .formatted(MOST)));
        }
        write(by, "receiverAdded", wanted, null, words(wanted));
        return receiver;
    }

    private boolean added(Receiver receiver, String secret) {
        var wanted = receiver.wanted();
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(ADD)) {
            insert.setObject(1, receiver.id());
            insert.setString(2, wanted.address());
            insert.setString(3, wanted.kind().key());
            insert.setString(4, wanted.route());
            insert.setString(5, wanted.team());
            insert.setString(6, secret);
            insert.setString(7, receiver.madeBy());
            insert.setTimestamp(8, Timestamp.from(receiver.madeAt()));
            insert.setInt(9, MOST);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new DatabaseFailed("a receiver could not be stored", e);
        }
    }

    /// Whether somebody may have this told: who is admin of some teams only says of which.
    ///
    /// @throws ProblemException that names the team
    static void check(Wanted wanted, Visitor visitor) {
        var admits = visitor.scope(Role.ADMIN);
        if (!admits.covers(wanted.team())) {
            throw new ProblemException(
                    Problem.of(
                                    "not-allowed",
                                    Status.FORBIDDEN,
                                    "team: a receiver of %s needs the role admin in %s; name a team of yours: %s"
                                            .formatted(
                                                    wanted.hears(),
                                                    Scope.words(wanted.team()),
                                                    String.join(", ", admits.names())))
                            .with("field", "team"));
        }
    }

    /// All of them, the oldest first, without their secrets.
    List<Receiver> all() {
        return all(Scope.EVERYWHERE);
    }

    /// Those of the teams that somebody is admin of, the oldest first, without their secrets.
    @Transactional
    public List<Receiver> all(Scope admits) {
        try (var connection = database.getConnection();
                var ask = connection.prepareStatement(ALL);
                var rows = ask.executeQuery()) {
            var all = new ArrayList<Receiver>();
            while (rows.next()) {
                var receiver = receiver(rows);
                if (admits.covers(receiver.wanted().team())) {
                    all.add(receiver);
                }
            }
            return all;
        } catch (SQLException e) {
            throw new DatabaseFailed("the receivers could not be read", e);
        }
    }

    /// Removes one, and ends what is under way to it alone.
    ///
    /// @param by as the journal writes a name
    /// @throws ProblemException if there is none
    @Transactional
    public void remove(UUID id, String by) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement(REMOVE)) {
            delete.setObject(1, id);
            try (var rows = delete.executeQuery()) {
                if (!rows.next()) {
                    throw noneOf();
                }
                var wanted = receiver(rows).wanted();
                stop(connection, wanted.address());
                write(by, "receiverRemoved", wanted, words(wanted), null);
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("a receiver could not be removed", e);
        }
    }

    static ProblemException noneOf() {
        return ProblemException.notFound("no-such-receiver", "there is no receiver with this id");
    }

    // Never its secret, nor what of its address may be one.
    private static String words(Wanted wanted) {
        return "%s %s hears of %s"
                .formatted(wanted.kind().words(), wanted.receiver(), wanted.hears());
    }

    private void write(
            String by,
            String what,
            Wanted wanted,
            @Nullable String before,
            @Nullable String after) {
        audit.write(
                new Deed(
                        clock.instant(),
                        by,
                        what,
                        new Deed.About(wanted.route(), null, wanted.team()),
                        "",
                        null,
                        before,
                        after));
    }

    private static Receiver receiver(ResultSet row) throws SQLException {
        return new Receiver(
                row.getObject(1, UUID.class),
                new Wanted(
                        row.getString(2),
                        Kind.of(row.getString(3)).orElse(Kind.WEBHOOK),
                        row.getString(4),
                        row.getString(5)),
                row.getString(6),
                row.getTimestamp(7).toInstant());
    }

    private static void stop(Connection connection, String address) throws SQLException {
        try (var update = connection.prepareStatement(STOP)) {
            update.setString(1, address);
            update.executeUpdate();
        }
    }
}
