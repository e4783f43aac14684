package dev.serin.server.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/// Whom an OpenID provider knows under which account.
@Entity
@IdClass(IdentityRow.Name.class)
@Table(name = "oidc_identity")
@NullUnmarked // Hibernate fills the fields
class IdentityRow extends PanacheEntityBase {

    record Name(String issuer, String subject) {}

    @Id String issuer;

    @Id String subject;

    String account;

    /// Whether the account's roles follow the groups that the provider tells.
    @Column(name = "by_groups")
    boolean byGroups;

    @Column(name = "first_at")
    Instant firstAt;

    @Column(name = "last_at")
    Instant lastAt;

    static Optional<IdentityRow> of(String issuer, String subject) {
        return findByIdOptional(new Name(issuer, subject));
    }
}
