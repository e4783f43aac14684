package dev.serin.server.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;

/// A machine that may come in. Holds only what its token hashes to.
@Entity
@Table(name = "api_token")
@NullUnmarked // Hibernate fills the fields
class TokenRow extends PanacheEntityBase {

    @Id String name;

    String hash;

    @Enumerated(EnumType.STRING)
    Role role;

    String team;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "made_by")
    String madeBy;

    @Column(name = "made_at")
    Instant madeAt;

    @Column(name = "last_used")
    Instant lastUsed;

    static Optional<TokenRow> valid(String hash, Instant now) {
        return find("hash = ?1 and expiresAt > ?2", hash, now).firstResultOptional();
    }

    Visitor visitor() {
        return new Visitor(Tokens.JOURNALED + name, true, Set.of(new Grant(team, role)));
    }
}
