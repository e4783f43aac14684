package dev.serin.server.access;

import dev.serin.server.Locked;
import dev.serin.server.OneColumn;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.jspecify.annotations.NullUnmarked;

/// Somebody who may sign in.
@Entity
@Table(name = "account")
@NullUnmarked // Hibernate fills the fields
class AccountRow extends PanacheEntityBase {

    @Id String name;

    /// Null until whoever was invited has chosen a password.
    String sealed;

    /// Null unless it may not sign in.
    @Column(name = "disabled_at")
    Instant disabledAt;

    /// Whether its password comes from the settings of the servers.
    @Column(name = "of_settings")
    boolean ofSettings;

    /// Whether an OpenID provider lets it in, so that it needs no password.
    @Column(name = "of_provider")
    boolean ofProvider;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "account_role", joinColumns = @JoinColumn(name = "account"))
    Set<Grant> grants = new HashSet<>();

    static void save(String name, String sealed, Set<Grant> grants) {
        var row = named(name);
        row.sealed = sealed;
        row.grants = new HashSet<>(grants);
        row.persist();
    }

    static AccountRow named(String name) {
        var row = new AccountRow();
        row.name = name;
        return row;
    }

    /// There is never a second one that differs by capital letters only.
    static Optional<AccountRow> ofAnyCase(String name) {
        // PostgreSQL knows no text with a NUL.
        if (name.contains("\0")) {
            return Optional.empty();
        }
        return find("lower(name) = lower(?1)", name).firstResultOptional();
    }

    /// The row, locked until the transaction ends.
    static Optional<AccountRow> locked(String name) {
        return Locked.row(AccountRow.class, name);
    }

    /// Whether there is a password or a provider that may open it.
    boolean isOpen() {
        return (sealed != null || ofProvider) && disabledAt == null;
    }

    /// Whether there is a password that may open it.
    boolean isOpenByPassword() {
        return sealed != null && disabledAt == null;
    }

    /// Whether it may do everything, and can come in to do it.
    boolean isChief() {
        return isOpen() && grants.contains(new Grant(Grant.EVERY_TEAM, Role.ADMIN));
    }

    /// Whether the settings of this server say what its password is.
    boolean isOfSettings(AccessConfig config) {
        var admin = config.admin();
        return ofSettings && (admin.password().isPresent() || admin.passwordFile().isPresent());
    }

    Person.State state() {
        if (disabledAt != null) {
            return Person.State.DISABLED;
        }
        return sealed == null && !ofProvider ? Person.State.INVITED : Person.State.ACTIVE;
    }

    /// All, locked in one order: who changes accounts takes turns.
    static List<AccountRow> lockAll() {
        return AccountRow.<AccountRow>find("order by name")
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /// Teams that accounts or tokens have a role in, by name.
    static List<String> teams() {
        return OneColumn.of(
                        getEntityManager().unwrap(Session.class),
                        "select team from account_role union select team from api_token order by 1",
                        "team",
                        String.class)
                .getResultList();
    }

    Visitor visitor() {
        return new Visitor(name, true, grants);
    }
}
