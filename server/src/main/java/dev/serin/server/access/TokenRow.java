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

    /// Stores it, unless there is one of this name, also one that is just being made.
    boolean store() {
        return getEntityManager()
                        .createNativeQuery(
                                """
                                insert into api_token
                                  (name, hash, role, team, expires_at, made_by, made_at)
                                values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                                on conflict (name) do nothing\
                                """)
                        .setParameter(1, name)
                        .setParameter(2, hash)
                        .setParameter(3, role.name())
                        .setParameter(4, team)
                        .setParameter(5, expiresAt)
                        .setParameter(6, madeBy)
                        .setParameter(7, madeAt)
                        .executeUpdate()
                > 0;
    }

    Visitor visitor() {
        return new Visitor(Tokens.JOURNALED + name, true, Set.of(new Grant(team, role)));
    }
}
