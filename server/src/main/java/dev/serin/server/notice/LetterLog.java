package dev.serin.server.notice;

import dev.serin.server.DatabaseFailed;
import dev.serin.server.access.Scope;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads what was sent, and has dead letters sent again.
@ApplicationScoped
class LetterLog {

    /// Of dead letters and of those that wait again, no more are counted.
    static final int COUNTED = 1_000;

    private static final String LETTER =
            """
            select d.id, d.notice, n.rollout, n.route, n.team, n.kind, n.at, n.sentence,
              d.address, d.kind, d.state, d.tries, d.tried_at, d.answer, d.next_at,
              d.of_plan or exists (select from receiver r where r.address = d.address)
            from delivery d join notice n on n.id = d.notice
            """;

    private static final String ONE = LETTER + " where d.id = ? for update of d";

    private static final String OF_NOTICE = " join notice n on n.id = d.notice";
    private static final String SEEN = " and (n.team is null and ? or n.team = any (?))";

    // Its patience begins anew, its count of tries goes on: a claim is known by it.
    private static final String AGAIN =
            """
            update delivery set state = 'waits', tries_before = tries, next_at = ? where id = ?\
            """;

    private final AgroalDataSource database;

    LetterLog(AgroalDataSource database) {
        this.database = database;
    }

    private static String newest(Scope sight) {
        return LETTER
                + """
                where (?::text is null or d.state = ?) and (? = '' or n.route = ?)
                  and (?::bigint is null or d.id < ?)%s
                order by d.id desc limit ?\
                """
                        .formatted(sight.everywhere() ? "" : SEEN);
    }

    private static String counting(Scope sight) {
        return """
        select
          (select count(*) from
            (select from delivery d%1$s where state = 'dead'%2$s limit ?) dead),
          (select count(*) from
            (select from delivery d%1$s where state = 'waits' and tries > tries_before%2$s
              limit ?) waits)\
        """
                .formatted(sight.everywhere() ? "" : OF_NOTICE, sight.everywhere() ? "" : SEEN);
    }

    /// How many letters there are that somebody may want to know of, each [#COUNTED] at most.
    ///
    /// @param waiting those that failed and are tried again
    record Counts(int dead, int waiting) {}

    /// The newest first, of those that somebody may see.
    @Transactional
    List<Sent> newest(LogFilter filter, Scope sight, int atMost) {
        try (var connection = database.getConnection();
                var ask = connection.prepareStatement(newest(sight))) {
            var state = filter.state() == null ? null : filter.state().key();
            ask.setString(1, state);
            ask.setString(2, state);
            ask.setString(3, filter.route());
            ask.setString(4, filter.route());
            ask.setObject(5, filter.before());
            ask.setObject(6, filter.before());
            ask.setInt(seen(ask, 7, sight), atMost);
            try (var rows = ask.executeQuery()) {
                var found = new ArrayList<Sent>();
                while (rows.next()) {
                    found.add(sent(rows));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("what was sent could not be read", e);
        }
    }

    @Transactional
    Counts counts(Scope sight) {
        try (var connection = database.getConnection();
                var ask = connection.prepareStatement(counting(sight))) {
            int next = seen(ask, 1, sight);
            ask.setInt(next, COUNTED);
            ask.setInt(seen(ask, next + 1, sight), COUNTED);
            try (var rows = ask.executeQuery()) {
                rows.next();
                return new Counts(rows.getInt(1), rows.getInt(2));
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("letters could not be counted", e);
        }
    }

    /// Sets what [#SEEN] asks for.
    ///
    /// @return the place after it
    private static int seen(PreparedStatement ask, int from, Scope sight) throws SQLException {
        if (sight.everywhere()) {
            return from;
        }
        ask.setBoolean(from, sight.common());
        ask.setArray(from + 1, ask.getConnection().createArrayOf("text", sight.names().toArray()));
        return from + 2;
    }

    /// A letter that nobody else changes before this transaction ends.
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Sent> lock(long id) {
        try (var connection = database.getConnection();
                var ask = connection.prepareStatement(ONE)) {
            ask.setLong(1, id);
            try (var rows = ask.executeQuery()) {
                return rows.next() ? Optional.of(sent(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("a letter could not be read", e);
        }
    }

    /// Has a letter sent again, as if it had never been tried.
    @Transactional(Transactional.TxType.MANDATORY)
    void again(long id, Instant now) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(AGAIN)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setLong(2, id);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailed("a letter could not be sent again", e);
        }
    }

    private static Sent sent(ResultSet row) throws SQLException {
        return new Sent(
                row.getLong(1),
                row.getObject(2, UUID.class),
                new Sent.Told(
                        row.getObject(3, UUID.class),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getTimestamp(7).toInstant(),
                        row.getString(8)),
                row.getString(9),
                Kind.of(row.getString(10)).orElse(Kind.WEBHOOK),
                State.of(row.getString(11)).orElse(State.DEAD),
                row.getInt(12),
                instant(row.getTimestamp(13)),
                row.getString(14),
                row.getTimestamp(15).toInstant(),
                row.getBoolean(16));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
