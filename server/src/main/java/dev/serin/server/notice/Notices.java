package dev.serin.server.notice;

import dev.serin.server.DatabaseFailed;
import dev.serin.server.SerinConfig;
import dev.serin.server.access.Scope;
import dev.serin.server.outward.BadAddress;
import dev.serin.server.outward.Destination;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes what is to be told, within the transaction of the decision.
@ApplicationScoped
public class Notices {

    private static final String NOTICE =
            """
            insert into notice (id, rollout, route, team, kind, at, sentence, body, slack, mail)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """;

    private static final String OF_RECEIVERS =
            """
            insert into delivery (notice, address, kind, of_plan, state, tries, next_at)
            select distinct on (address) ?::uuid, address, kind, false, 'waits', 0, ?::timestamptz
            from receiver
            where (route is null or route = ?) and (team is null or team = ?)
            order by address, made_at\
            """;

    // A receiver has said in which shape its address is told.
    private static final String OF_PLAN =
            """
            insert into delivery (notice, address, kind, of_plan, state, tries, next_at)
            values (?, ?, ?, true, 'waits', 0, ?)
            on conflict (notice, address) do update set of_plan = true\
            """;

    private static final String ANYBODY =
            """
            select exists (select from receiver
              where (route is null or route = ?) and (team is null or team = ?))\
            """;

    private final AgroalDataSource database;
    private final @Nullable String root;

    Notices(AgroalDataSource database, SerinConfig config) {
        this.database = database;
        this.root = config.address().map(Notices::withoutSlash).orElse(null);
    }

    /// Puts a message for each receiver into the outbox, in the running transaction.
    public void write(Occasion occasion) {
        var link = root == null ? null : root + "/rollouts/" + occasion.rollout();
        try (var connection = database.getConnection()) {
            if (occasion.addresses().isEmpty() && !anybodyListens(connection, occasion)) {
                return;
            }
            for (var entry : occasion.entries()) {
                var message = Message.of(occasion, entry, link);
                if (message.isPresent()) {
                    write(connection, occasion, message.get(), Timestamp.from(entry.at()));
                }
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("what is to be told could not be written", e);
        }
    }

    private static boolean anybodyListens(Connection connection, Occasion occasion)
            throws SQLException {
        try (var ask = connection.prepareStatement(ANYBODY)) {
            ask.setString(1, occasion.route());
            ask.setString(2, Scope.words(occasion.team()));
            try (var rows = ask.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static void write(
            Connection connection, Occasion occasion, Message message, Timestamp at)
            throws SQLException {
        var id = UUID.randomUUID();
        try (var insert = connection.prepareStatement(NOTICE)) {
            insert.setObject(1, id);
            insert.setObject(2, occasion.rollout());
            insert.setString(3, occasion.route());
            insert.setString(4, occasion.team());
            insert.setString(5, message.kind());
            insert.setTimestamp(6, at);
            insert.setString(7, message.sentence());
            insert.setString(8, message.body());
            insert.setString(9, message.slack());
            insert.setString(10, message.mail());
            insert.executeUpdate();
        }
        try (var insert = connection.prepareStatement(OF_RECEIVERS)) {
            insert.setObject(1, id);
            insert.setTimestamp(2, at);
            insert.setString(3, occasion.route());
            insert.setString(4, Scope.words(occasion.team()));
            insert.executeUpdate();
        }
        try (var insert = connection.prepareStatement(OF_PLAN)) {
            for (var address : occasion.addresses()) {
                insert.setObject(1, id);
                insert.setString(2, address);
                insert.setString(3, kindOf(address).key());
                insert.setTimestamp(4, at);
                insert.executeUpdate();
            }
        }
    }

    private static Kind kindOf(String address) {
        try {
            return Kind.of(Destination.parse(address));
        } catch (BadAddress _) {
            // An old plan may hold one that is no longer taken; the sender says so where people
            // look.
            return Kind.WEBHOOK;
        }
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
