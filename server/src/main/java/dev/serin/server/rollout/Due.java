package dev.serin.server.rollout;

import dev.serin.server.OneColumn;
import dev.serin.server.access.Grant;
import dev.serin.server.freeze.FreezeChanged;
import io.quarkus.hibernate.orm.panache.Panache;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/// Which rollouts a tick has to look at: those whose evidence changed, and those whose time has come.
final class Due {

    private static final String IS_DUE =
            """
            r.ended_at is null
              and (r.due_at <= ?1
                or r.trouble is null and r.pulse_seen <>
                  (select coalesce(sum(p.n), 0) from pulse p where p.rollout = r.id))
            """;

    private Due() {}

    /// Those that have waited longest first.
    static List<UUID> at(Instant now, int atMost) {
        return OneColumn.of(
                        database(),
                        "select r.id from rollout r where "
                                + IS_DUE
                                + " order by r.judged_at limit ?2",
                        "id",
                        UUID.class)
                .setParameter(1, now)
                .setParameter(2, atMost)
                .getResultList();
    }

    /// Locks the rollout if it is still due and nobody else holds it.
    static boolean claim(UUID rollout, Instant now) {
        return !OneColumn.of(
                        database(),
                        "select r.id from rollout r where "
                                + IS_DUE
                                + " and r.id = ?2 for update skip locked",
                        "id",
                        UUID.class)
                .setParameter(1, now)
                .setParameter(2, rollout)
                .getResultList()
                .isEmpty();
    }

    /// Has all that are under way looked at again, since a freeze was set or ended.
    static void all(FreezeChanged freeze) {
        database()
                .createNativeMutationQuery(
                        """
                        update rollout set due_at = ?1
                        where ended_at is null and (?2 or coalesce(team, ?3) = ?4)\
                        """)
                .setParameter(1, freeze.at())
                .setParameter(2, freeze.isForAll())
                .setParameter(3, Grant.COMMON_TEAM)
                .setParameter(4, freeze.team())
                .executeUpdate();
    }

    /// Leaves it alone for `rest`, since Serin could not judge it.
    static void trouble(UUID rollout, String why, Instant now, Duration rest) {
        database()
                .createNativeMutationQuery(
                        """
                        update rollout set trouble = ?1, due_at = ?2
                        where id = ?3 and ended_at is null\
                        """)
                .setParameter(1, why)
                .setParameter(2, now.plus(rest))
                .setParameter(3, rollout)
                .executeUpdate();
    }

    private static Session database() {
        return Panache.getEntityManager(RolloutRow.class).unwrap(Session.class);
    }
}
