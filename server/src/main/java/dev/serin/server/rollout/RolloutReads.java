package dev.serin.server.rollout;

import dev.serin.server.OneColumn;
import dev.serin.server.access.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Rollouts as the API shows them. Reads rows; judges nothing.
@ApplicationScoped
public class RolloutReads {

    /// The words of the API for phases, and the stored ones.
    private static final Map<String, String> PHASES =
            Map.of(
                    "waiting", "Waiting",
                    "observing", "Observing",
                    "awaitingApproval", "AwaitingApproval",
                    "paused", "Paused",
                    "complete", "Complete",
                    "rolledBack", "RolledBack");

    private final Session database;
    private final Shown shown;
    private final java.time.InstantSource clock;

    RolloutReads(Session database, Shown shown, java.time.InstantSource clock) {
        this.database = database;
        this.shown = shown;
        this.clock = clock;
    }

    /// Which rollouts to list; null asks for all.
    ///
    /// @param before only those started before this one
    /// @param sight only those where somebody may look
    public record Which(
            @Nullable String route,
            @Nullable String phase,
            @Nullable String team,
            @Nullable UUID before,
            @Nullable Instant startedBefore,
            int limit,
            Scope sight) {}

    /// The rollout as it was last judged.
    ///
    /// @throws NoSuchRollout if there is none with this id
    @Transactional
    public RolloutJson one(UUID id) {
        return RolloutJson.of(RolloutRow.load(id));
    }

    /// The same, for someone who may decide by it: at an open gate its evidence is kept, so that an
    /// approval can name it.
    @Transactional
    public RolloutJson shown(UUID id) {
        var row = RolloutRow.load(id);
        shown.at(row, clock.instant());
        return RolloutJson.of(row);
    }

    /// Whether evidence of this name was ever shown for the rollout.
    @Transactional
    public boolean wasShown(UUID rollout, String evidence) {
        return shown.was(rollout, evidence);
    }

    /// The newest first.
    ///
    /// @throws NoSuchRollout if there is none with the id that they are to have begun before
    @Transactional
    public List<RolloutJson> list(Which which) {
        var where = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        if (which.route() != null) {
            where.add("r.route = :route");
            values.put("route", which.route());
        }
        if (which.team() != null) {
            where.add(Within.ofTeam(values, which.team()));
        }
        if (which.phase() != null) {
            where.add("r.phase ->> 'is' = :phase");
            values.put("phase", PHASES.getOrDefault(which.phase(), which.phase()));
        }
        if (which.startedBefore() != null) {
            where.add("r.started_at < :at");
            values.put("at", which.startedBefore());
        }
        if (which.before() != null) {
            var last = RolloutRow.load(which.before());
            if (!which.sight().covers(last.team)) {
                throw new NoSuchRollout(which.before());
            }
            where.add("(r.started_at, r.id) < (:last, :id)");
            values.put("last", last.startedAt);
            values.put("id", last.id);
        }
        return Within.newest(
                        database,
                        where.isEmpty() ? "true" : String.join(" and ", where),
                        values,
                        which.sight(),
                        which.limit())
                .stream()
                .map(RolloutJson::of)
                .toList();
    }

    /// Whether somebody may see any of these.
    @Transactional
    boolean isAnySeen(List<UUID> rollouts, Scope sight) {
        if (rollouts.contains(Changes.ALL)) {
            return true;
        }
        var query =
                OneColumn.of(
                        database,
                        "select 1 as found from rollout r where r.id = any(:ids) and "
                                + Within.condition("r.team", sight),
                        "found",
                        Integer.class);
        query.setParameter("ids", rollouts.toArray(UUID[]::new));
        Within.bind(query, sight);
        return !query.setMaxResults(1).getResultList().isEmpty();
    }

    /// The rollout's journal, newest first.
    ///
    /// @param before only entries with a lower number; null for all
    @Transactional
    public List<EntryJson> journal(UUID id, @Nullable Integer before, int limit) {
        var row = RolloutRow.load(id);
        var entries = JournalRow.newest(id, before, limit);
        var seen = shown.toApprovers(id, entries);
        return entries.stream().map(entry -> EntryJson.of(row, entry, seen)).toList();
    }

    /// The active rollout of a route.
    @Transactional
    public Optional<UUID> activeOf(String route) {
        return RolloutRow.activeOf(route);
    }

    static boolean isPhase(String word) {
        return PHASES.containsKey(word);
    }
}
