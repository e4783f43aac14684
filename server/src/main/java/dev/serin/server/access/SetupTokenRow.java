package dev.serin.server.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/// Lets whoever can read the start's output set the first password.
@Entity
@Table(name = "setup_token")
@NullUnmarked // Hibernate fills the fields
class SetupTokenRow extends PanacheEntityBase {

    @Id
    @Column(name = "token_hash")
    String tokenHash;

    static void save(String tokenHash) {
        var row = new SetupTokenRow();
        row.tokenHash = tokenHash;
        row.persist();
    }
}
