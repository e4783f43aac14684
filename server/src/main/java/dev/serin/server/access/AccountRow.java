package dev.serin.server.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/// Somebody who may sign in.
@Entity
@Table(name = "account")
@NullUnmarked // Hibernate fills the fields
class AccountRow extends PanacheEntityBase {

    @Id String name;

    String sealed;

    static void save(String name, String sealed) {
        var row = new AccountRow();
        row.name = name;
        row.sealed = sealed;
        row.persist();
    }
}
