package dev.serin.server.rollout;

import dev.serin.engine.rollout.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Journals without what was judged: what happened when, for pictures and tables. One query for a
/// page of rollouts, and no findings to unpack.
@ApplicationScoped
class JournalLines {

    private static final String LINES =
            """
            select rollout, seq, version, at, entry || '{"findings": []}' as entry
            from journal where rollout = any(?1) order by rollout, seq\
            """;

    private final EntityManager database;

    JournalLines(EntityManager database) {
        this.database = database;
    }

    /// The oldest entry first.
    Map<UUID, List<Entry>> of(Collection<UUID> rollouts) {
        var byRollout = new LinkedHashMap<UUID, List<Entry>>();
        if (rollouts.isEmpty()) {
            return byRollout;
        }
        var query = database.createNativeQuery(LINES, JournalRow.class);
        query.setParameter(1, rollouts.toArray(UUID[]::new));
        for (var line : query.getResultList()) {
            var row = (JournalRow) line;
            byRollout.computeIfAbsent(row.rollout, _ -> new ArrayList<>()).add(row.entry);
            // What is read here is not the whole row, and must not be taken for it.
            database.detach(row);
        }
        return byRollout;
    }
}
