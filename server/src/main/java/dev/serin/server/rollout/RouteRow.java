package dev.serin.server.rollout;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

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

    static Optional<RouteRow> named(String name) {
        return findByIdOptional(name);
    }

    /// The row, locked until the transaction ends; made if this is the route's first plan.
    static RouteRow lockOrMake(String name, String model, Instant now) {
        getEntityManager()
                .createNativeQuery(
                        """
                        insert into route (name, model, since) values (?1, ?2, ?3)
                        on conflict do nothing\
                        """)
                .setParameter(1, name)
                .setParameter(2, model)
                .setParameter(3, now)
                .executeUpdate();
        return findById(name, LockModeType.PESSIMISTIC_WRITE);
    }

    static List<RouteRow> inOrder() {
        return list("order by name");
    }

    void serve(String newModel, Instant now) {
        model = newModel;
        since = now;
    }
}
