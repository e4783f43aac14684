package dev.serin.server.rollout;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Phase;
import dev.serin.server.OneColumn;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/// The evidence that was shown at open gates. While a gate is open any of it may be named by an
/// approval; afterwards what approvals named is kept, and the rest let go of.
@ApplicationScoped
class Shown {

    private final Session database;

    Shown(Session database) {
        this.database = database;
    }

    /// Keeps what somebody sees at an open gate.
    void at(RolloutRow row, Instant now) {
        if (!(row.phase instanceof Phase.AwaitingApproval)) {
            return;
        }
        database.createNativeMutationQuery(
                        """
                        insert into shown_evidence (rollout, id, at, findings)
                        values (?1, ?2, ?3, cast(?4 as jsonb)) on conflict do nothing\
                        """)
                .setParameter(1, row.id)
                .setParameter(2, row.evidenceId)
                .setParameter(3, now)
                .setParameter(4, EngineJson.writeFindings(row.judged.current()))
                .executeUpdate();
    }

    /// Whether evidence of this name was ever shown for the rollout, as far as it is kept.
    boolean was(UUID rollout, String evidence) {
        return !OneColumn.of(
                        database,
                        "select 1 as found from shown_evidence where rollout = ?1 and id = ?2",
                        "found",
                        Integer.class)
                .setParameter(1, rollout)
                .setParameter(2, evidence)
                .getResultList()
                .isEmpty();
    }

    /// Lets go of what no approval named, once the gate is left.
    void left(UUID rollout) {
        database.createNativeMutationQuery(
                        """
                        delete from shown_evidence s where s.rollout = ?1 and not exists (
                          select 1 from journal j where j.rollout = s.rollout
                            and j.entry ->> 'is' = 'Approved' and j.entry ->> 'saw' = s.id)\
                        """)
                .setParameter(1, rollout)
                .executeUpdate();
    }

    /// The findings that the approvals among these entries named, by the name of the evidence; none
    /// of those that were once stored without their case.
    Map<String, List<Finding>> toApprovers(UUID rollout, List<JournalRow> entries) {
        var named =
                entries.stream()
                        .map(row -> row.entry)
                        .filter(Entry.Approved.class::isInstance)
                        .map(entry -> ((Entry.Approved) entry).saw())
                        .filter(saw -> !saw.isEmpty())
                        .distinct()
                        .toArray(String[]::new);
        if (named.length == 0) {
            return Map.of();
        }
        return database
                .createNativeQuery(
                        """
                        select id, cast(findings as text) from shown_evidence
                        where rollout = ?1 and id = any(?2)
                          and findings -> 0 ->> 'is' is not null\
                        """,
                        Object[].class)
                .setParameter(1, rollout)
                .setParameter(2, named)
                .getResultList()
                .stream()
                .collect(
                        Collectors.toMap(
                                row -> (String) row[0],
                                row -> EngineJson.findings((String) row[1])));
    }
}
