package dev.serin.server.notice;

import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
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
            update delivery d set state = 'dead', trouble = 'its receiver was removed'
            where d.address = ? and d.state = 'waits' and not d.of_plan
              and not exists (select from receiver r where r.address = d.address)\
            """;

    private final AgroalDataSource database;

    Receivers(AgroalDataSource database) {
        this.database = database;
    }

    /// @param route the one to be told of; null for all
    /// @param team whose routes to be told of; null for all
    record Wanted(String address, Kind kind, @Nullable String route, @Nullable String team) {}

    record Receiver(UUID id, Wanted wanted, String madeBy, Instant madeAt) {}

    /// Adds one, where there are not too many.
    ///
    /// @return whether there was room
    @Transactional
    public boolean add(Receiver receiver, String secret) {
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

    /// All of them, the oldest first, without their secrets.
    @Transactional
    public List<Receiver> all() {
        try (var connection = database.getConnection();
                var ask = connection.prepareStatement(ALL);
                var rows = ask.executeQuery()) {
            var all = new ArrayList<Receiver>();
            while (rows.next()) {
                all.add(
                        new Receiver(
                                rows.getObject(1, UUID.class),
                                new Wanted(
                                        rows.getString(2),
                                        Kind.of(rows.getString(3)).orElse(Kind.WEBHOOK),
                                        rows.getString(4),
                                        rows.getString(5)),
                                rows.getString(6),
                                rows.getTimestamp(7).toInstant()));
            }
            return all;
        } catch (SQLException e) {
            throw new DatabaseFailed("the receivers could not be read", e);
        }
    }

    /// Removes one, and ends what is under way to it alone.
    ///
    /// @return whether there was one
    @Transactional
    public boolean remove(UUID id) {
        try (var connection = database.getConnection();
                var delete =
                        connection.prepareStatement(
                                "delete from receiver where id = ? returning address")) {
            delete.setObject(1, id);
            try (var rows = delete.executeQuery()) {
                if (!rows.next()) {
                    return false;
                }
                stop(connection, rows.getString(1));
                return true;
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("a receiver could not be removed", e);
        }
    }

    private static void stop(Connection connection, String address) throws SQLException {
        try (var update = connection.prepareStatement(STOP)) {
            update.setString(1, address);
            update.executeUpdate();
        }
    }
}
