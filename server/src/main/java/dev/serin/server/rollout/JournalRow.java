package dev.serin.server.rollout;

import dev.serin.engine.rollout.Entry;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// One thing that happened to a rollout. Inserted, never updated.
@Entity
@Immutable
@IdClass(JournalRow.Place.class)
@Table(name = "journal")
@NullUnmarked // Hibernate fills the fields
class JournalRow extends PanacheEntityBase {

    record Place(UUID rollout, int seq) {}

    @Id UUID rollout;

    /// Counts the rollout's entries from 1.
    @Id int seq;

    /// The rollout's version after this entry.
    long version;

    Instant at;

    @JdbcTypeCode(SqlTypes.JSON)
    Entry entry;

    static void append(RolloutRow rollout, List<Entry> entries) {
        int seq = last(rollout.id).map(row -> row.seq).orElse(0);
        for (var entry : entries) {
            of(rollout, ++seq, entry).persist();
        }
    }

    static Optional<JournalRow> last(UUID rollout) {
        return find("rollout = ?1 order by seq desc", rollout).page(0, 1).firstResultOptional();
    }

    /// What brought the rollout to `version`; what followed from it comes after.
    static Optional<JournalRow> cause(UUID rollout, long version) {
        return find("rollout = ?1 and version = ?2 order by seq", rollout, version)
                .page(0, 1)
                .firstResultOptional();
    }

    /// Newest first.
    ///
    /// @param before entries with a lower number only; null for all
    static List<JournalRow> newest(UUID rollout, @Nullable Integer before, int atMost) {
        return find(
                        "rollout = ?1 and seq < ?2 order by seq desc",
                        rollout,
                        before == null ? Integer.MAX_VALUE : before)
                .page(0, atMost)
                .list();
    }

    private static JournalRow of(RolloutRow rollout, int seq, Entry entry) {
        var row = new JournalRow();
        row.rollout = rollout.id;
        row.seq = seq;
        row.version = rollout.version;
        row.at = entry.at();
        row.entry = entry;
        return row;
    }
}
