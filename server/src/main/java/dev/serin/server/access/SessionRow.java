package dev.serin.server.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/// A browser that is signed in. Holds only what the token hashes to.
@Entity
@Table(name = "session")
@NullUnmarked // Hibernate fills the fields
class SessionRow extends PanacheEntityBase {

    @Id
    @Column(name = "token_hash")
    String tokenHash;

    String account;

    @Column(name = "expires_at")
    Instant expiresAt;

    static void save(String tokenHash, String account, Instant expiresAt) {
        var row = new SessionRow();
        row.tokenHash = tokenHash;
        row.account = account;
        row.expiresAt = expiresAt;
        row.persist();
    }

    static Optional<SessionRow> valid(String tokenHash, Instant now) {
        return find("tokenHash = ?1 and expiresAt > ?2", tokenHash, now).firstResultOptional();
    }

    static void deleteExpired(Instant now) {
        delete("expiresAt <= ?1", now);
    }
}
