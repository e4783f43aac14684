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

/// A sign-in by the provider that was begun. What it hands to the browser is kept as a hash only.
@Entity
@Table(name = "oidc_attempt")
@NullUnmarked // Hibernate fills the fields
class AttemptRow extends PanacheEntityBase {

    @Id
    @Column(name = "state_hash")
    String stateHash;

    @Column(name = "browser_hash")
    String browserHash;

    String nonce;

    String verifier;

    String redirect;

    @Column(name = "next_page")
    String next;

    @Column(name = "ends_at")
    Instant endsAt;

    /// Takes it away: nobody comes back twice.
    static Optional<AttemptRow> take(String state, String browser, Instant now) {
        var found =
                AttemptRow.<AttemptRow>findByIdOptional(
                        Secrets.digest(state), LockModeType.PESSIMISTIC_WRITE);
        found.ifPresent(AttemptRow::delete);
        return found.filter(row -> row.browserHash.equals(Secrets.digest(browser)))
                .filter(row -> row.endsAt.isAfter(now));
    }
}
