package dev.serin.server.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/// Lets whoever has its link choose an account's password, once. Holds only what the link hashes to.
@Entity
@Table(name = "invitation")
@NullUnmarked // Hibernate fills the fields
class InvitationRow extends PanacheEntityBase {

    private static final String VALID = "tokenHash = ?1 and expiresAt > ?2";

    @Id String account;

    @Column(name = "token_hash")
    String tokenHash;

    @Column(name = "made_by")
    String madeBy;

    @Column(name = "made_at")
    Instant madeAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    /// Whom it is for, while it lasts.
    static Optional<String> account(String tokenHash, Instant now) {
        return find("select account from InvitationRow where " + VALID, tokenHash, now)
                .project(String.class)
                .firstResultOptional();
    }

    /// Locked, so that two who use it at once make one password.
    static Optional<InvitationRow> valid(String tokenHash, Instant now) {
        return find(VALID, tokenHash, now)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }
}
