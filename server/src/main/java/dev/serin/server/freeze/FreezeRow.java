package dev.serin.server.freeze;

import dev.serin.engine.rollout.Freeze;
import dev.serin.server.access.Grant;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A freeze as it was set, and whether somebody ended it before its time.
@Entity
@Table(name = "rollout_freeze")
@NullUnmarked // Hibernate fills the fields
class FreezeRow extends PanacheEntityBase {

    @Id UUID id;

    /// [Grant#EVERY_TEAM] for all.
    String team;

    @Column(name = "from_at")
    Instant from;

    @Column(name = "until_at")
    Instant until;

    @Column(name = "by_whom")
    String by;

    String why;

    @Column(name = "made_at")
    Instant madeAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "ended_by")
    String endedBy;

    /// Those that hold at `now` or will, the one that ends first before others.
    static List<FreezeRow> open(Instant now) {
        return list("endedAt is null and until > ?1 order by until, id", now);
    }

    /// The same, of those that hold for a team. Two parameters and no list, with which Hibernate would
    /// translate the query each time.
    static List<FreezeRow> open(String team, Instant now) {
        return list(
                "endedAt is null and until > ?1 and (team = ?2 or team = ?3) order by until, id",
                now,
                team,
                Grant.EVERY_TEAM);
    }

    Span span() {
        return new Span(from, new Freeze(until, by, why));
    }
}
