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
              select id from delivery
              where state = 'waits' and next_at <= ?
              order by next_at limit ? for update skip locked)
            update delivery d set tries = d.tries + 1, tried_at = ?, next_at = ?
            from due, notice n
            where d.id = due.id and n.id = d.notice
            returning d.id, d.notice, d.address, d.kind, d.tries, d.tries - d.tries_before - 1,
              case d.kind when 'slack' then n.slack when 'email' then n.mail else n.body end,
              array(select secret from receiver r where r.address = d.address order by r.made_at)\
            """;

    private static final String DELIVERED =
            """
            update delivery set state = 'delivered', answer = ? where id = ?\
            """;

    // Whoever claimed it since knows better.
    private static final String FAILED =
            """
            update delivery set state = ?, answer = ?, next_at = ?
            where id = ? and tries = ? and state = 'waits'\
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
    public void delivered(long letter, String answer) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(DELIVERED)) {
            update.setString(1, answer);
            update.setLong(2, letter);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailed("it could not be noted that a message was delivered", e);
        }
    }

    @Transactional
    public void failed(Letter letter, String answer, Instant now) {
        var rest = Patience.after(letter.failures() + 1);
        var state = rest.isPresent() ? State.WAITS : State.DEAD;
        note(letter, state, answer, rest.map(now::plus).orElse(now));
    }

    @Transactional
    public void dead(Letter letter, String answer, Instant now) {
        note(letter, State.DEAD, answer, now);
    }

    private void note(Letter letter, State state, String answer, Instant next) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(FAILED)) {
            update.setString(1, state.key());
            update.setString(2, answer);
            update.setTimestamp(3, Timestamp.from(next));
            update.setLong(4, letter.id());
            update.setInt(5, letter.tries());
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
                                rows.getLong(1),
                                rows.getObject(2, UUID.class),
                                rows.getString(3),
                                Kind.of(rows.getString(4)).orElse(Kind.WEBHOOK),
                                rows.getInt(5),
                                rows.getInt(6),
                                rows.getString(7),
                                List.of((String[]) rows.getArray(8).getArray())));
            }
        }
        return letters;
    }
}
