package dev.serin.server.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;

/// Somebody who may sign in.
@Entity
@Table(name = "account")
@NullUnmarked // Hibernate fills the fields
class AccountRow extends PanacheEntityBase {

    @Id String name;

    String sealed;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "account_role", joinColumns = @JoinColumn(name = "account"))
    Set<Grant> grants = new HashSet<>();

    static void save(String name, String sealed, Set<Grant> grants) {
        var row = new AccountRow();
        row.name = name;
        row.sealed = sealed;
        row.grants = new HashSet<>(grants);
        row.persist();
    }

    Visitor visitor() {
        return new Visitor(name, true, grants);
    }
}
