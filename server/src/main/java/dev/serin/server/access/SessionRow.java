package dev.serin.server.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A browser that is signed in. Holds only what the token hashes to.
@Entity
@Table(name = "session")
@NullUnmarked // Hibernate fills the fields
class SessionRow extends PanacheEntityBase {

    @Id
    @Column(name = "token_hash")
    String tokenHash;

    /// Names it where it is ended; opens nothing.
    UUID id;

    String account;

    @Column(name = "made_at")
    Instant madeAt;

    /// To the minute; null for one from before this was kept.
    @Column(name = "last_seen")
    Instant lastSeen;

    @Column(name = "expires_at")
    Instant expiresAt;

    /// Where it was begun from; null for one from before this was kept.
    String address;

    String agent;

    static Optional<SessionRow> valid(String tokenHash, Instant now) {
        return find("tokenHash = ?1 and expiresAt > ?2", tokenHash, now).firstResultOptional();
    }

    static List<SessionRow> all(String account, Instant now) {
        return list(
                "account = ?1 and expiresAt > ?2 order by coalesce(lastSeen, madeAt) desc, id",
                account,
                now);
    }

    static boolean isSignedIn(String name, String address, Instant now) {
        return !name.contains("\0")
                && count(
                                "lower(account) = lower(?1) and address = ?2 and expiresAt > ?3",
                                name.strip(),
                                address,
                                now)
                        > 0;
    }

    /// The newest sight of an account, null if it is signed in nowhere.
    static Instant lastSeen(String account, Instant now) {
        return all(account, now).stream()
                .findFirst()
                .map(row -> row.lastSeen == null ? row.madeAt : row.lastSeen)
                .orElse(null);
    }

    static void deleteExpired(Instant now) {
        delete("expiresAt <= ?1", now);
    }

    /// Ends all of an account, and says how many there were.
    static long endAll(String account) {
        return delete("account", account);
    }

    void seen(Instant now, Duration writtenEvery) {
        if (lastSeen == null || lastSeen.isBefore(now.minus(writtenEvery))) {
            lastSeen = now;
        }
    }
}
