package dev.serin.server.rollout;

import dev.serin.server.Locked;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// What clients call, and the model that serves it. A promoted rollout writes it in its own
/// transaction.
@Entity
@Table(name = "route")
@NullUnmarked // Hibernate fills the fields
class RouteRow extends PanacheEntityBase {

    @Id String name;

    String model;

    /// Since when the model serves.
    Instant since;

    /// Whose it is; null for everybody's.
    String team;

    static Optional<RouteRow> named(String name) {
        return findByIdOptional(name);
    }

    /// Whose a route is, read without its row, so that what is locked later is read afresh.
    ///
    /// @param team null for everybody's
    record Owner(@Nullable String team) {}

    /// Whose it is; empty if there is no such route.
    static Optional<Owner> owner(String name) {
        return getEntityManager()
                .unwrap(Session.class)
                .createNativeQuery("select name, team from route where name = ?1", Object[].class)
                .setParameter(1, name)
                .getResultList()
                .stream()
                .map(row -> new Owner((String) row[1]))
                .findFirst();
    }

    /// The row, locked until the transaction ends; made if this is the route's first plan.
    ///
    /// @param team whose it is if it is made; null for everybody's
    static RouteRow lockOrMake(String name, String model, @Nullable String team, Instant now) {
        getEntityManager()
                .createNativeQuery(
                        """
                        insert into route (name, model, since, team)
                        values (?1, ?2, ?3, cast(?4 as text))
                        on conflict do nothing\
                        """)
                .setParameter(1, name)
                .setParameter(2, model)
                .setParameter(3, now)
                .setParameter(4, team)
                .executeUpdate();
        return locked(name).orElseThrow();
    }

    /// The row, locked until the transaction ends.
    static Optional<RouteRow> locked(String name) {
        return Locked.row(RouteRow.class, name);
    }

    void serve(String newModel, Instant now) {
        model = newModel;
        since = now;
    }
}
