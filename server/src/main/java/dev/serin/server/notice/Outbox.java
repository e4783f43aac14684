package dev.serin.server.notice;

import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Gives out letters that are due, each to one replica, and notes what became of them.
@ApplicationScoped
class Outbox {

    /// How long a claim holds. A replica that dies leaves its letters to others after that.
    static final Duration CLAIM = Duration.ofMinutes(2);

    private static final String TAKE =
            """
            with due as (
              select notice, address from delivery
              where state = 'waits' and next_at <= ?
              order by next_at limit ? for update skip locked)
            update delivery d set tries = d.tries + 1, tried_at = ?, next_at = ?
            from due, notice n
            where d.notice = due.notice and d.address = due.address and n.id = d.notice
            returning d.notice, d.address, d.kind, d.tries,
              case d.kind when 'slack' then n.slack else n.body end,
              array(select secret from receiver r where r.address = d.address order by r.made_at)\
            """;

    private static final String DELIVERED =
            """
            update delivery set state = 'delivered', trouble = null
            where notice = ? and address = ?\
            """;

    // Whoever claimed it since knows better.
    private static final String FAILED =
            """
            update delivery set state = ?, trouble = ?, next_at = ?
            where notice = ? and address = ? and tries = ? and state = 'waits'\
            """;

    private final AgroalDataSource database;

    Outbox(AgroalDataSource database) {
        this.database = database;
    }

    /// Claims letters that are due, the longest due first.
    @Transactional
    public List<Letter> take(Instant now, int atMost) {
        try (var connection = database.getConnection();
                var take = connection.prepareStatement(TAKE)) {
            take.setTimestamp(1, Timestamp.from(now));
            take.setInt(2, atMost);
            take.setTimestamp(3, Timestamp.from(now));
            take.setTimestamp(4, Timestamp.from(now.plus(CLAIM)));
            return letters(take);
        } catch (SQLException e) {
            throw new DatabaseFailed("messages that are due could not be claimed", e);
        }
    }

    @Transactional
    public void delivered(Letter.Place place) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(DELIVERED)) {
            update.setObject(1, place.notice());
            update.setString(2, place.address());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailed("it could not be noted that a message was delivered", e);
        }
    }

    @Transactional
    public void failed(Letter letter, String trouble, Instant now) {
        var rest = Patience.after(letter.tries());
        note(letter, rest.isPresent() ? "waits" : "dead", trouble, rest.map(now::plus).orElse(now));
    }

    @Transactional
    public void dead(Letter letter, String trouble, Instant now) {
        note(letter, "dead", trouble, now);
    }

    private void note(Letter letter, String state, String trouble, Instant next) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(FAILED)) {
            update.setString(1, state);
            update.setString(2, trouble);
            update.setTimestamp(3, Timestamp.from(next));
            update.setObject(4, letter.notice());
            update.setString(5, letter.address());
            update.setInt(6, letter.tries());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailed("it could not be noted that a message failed", e);
        }
    }

    private static List<Letter> letters(PreparedStatement take) throws SQLException {
        var letters = new ArrayList<Letter>();
        try (var rows = take.executeQuery()) {
            while (rows.next()) {
                letters.add(
                        new Letter(
                                rows.getObject(1, UUID.class),
                                rows.getString(2),
                                Kind.of(rows.getString(3)).orElse(Kind.WEBHOOK),
                                rows.getInt(4),
                                rows.getString(5),
                                List.of((String[]) rows.getArray(6).getArray())));
            }
        }
        return letters;
    }
}
