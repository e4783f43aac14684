package dev.serin.server.access;

import dev.serin.server.OneColumn;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.Session;
import org.jspecify.annotations.NullUnmarked;

/// Wrong passwords in a row for a name, whether somebody has it or not.
@Entity
@Table(name = "wrong_password")
@NullUnmarked // Hibernate fills the fields
class WrongPasswordRow extends PanacheEntityBase {

    @Id
    @Column(name = "name_hash")
    String nameHash;

    int wrong;

    @Column(name = "last_at")
    Instant lastAt;

    /// Counts one more; those before `since` are forgotten.
    ///
    /// @return how many there are now
    static int add(String nameHash, Instant now, Instant since) {
        return OneColumn.of(
                        getEntityManager().unwrap(Session.class),
                        """
                        insert into wrong_password as w values (:name, 1, :now)
                        on conflict (name_hash) do update set last_at = :now,
                            wrong = case when w.last_at <= :since then 1 else w.wrong + 1 end
                        returning wrong
                        """,
                        "wrong",
                        Integer.class)
                .setParameter("name", nameHash)
                .setParameter("now", now)
                .setParameter("since", since)
                .getSingleResult();
    }
}
