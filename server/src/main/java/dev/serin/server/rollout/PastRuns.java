package dev.serin.server.rollout;

import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Phase;
import dev.serin.server.SerinConfig;
import dev.serin.server.access.Scope;
import dev.serin.server.evidence.PastEvidence;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes runs that were played in virtual time into the history.
@ApplicationScoped
@Unremovable // The command line looks it up.
public class PastRuns {

    private static final int SALT_BYTES = 16;

    private final Written written;
    private final PastEvidence evidence;
    private final SerinConfig config;
    private final SecureRandom random = new SecureRandom();

    PastRuns(Written written, PastEvidence evidence, SerinConfig config) {
        this.written = written;
        this.evidence = evidence;
        this.config = config;
    }

    /// Whether a run of this id is there already.
    @Transactional
    public boolean holds(UUID id) {
        return RolloutRow.findByIdOptional(id).isPresent();
    }

    /// Stores a run with its journal and evidence, all or nothing.
    ///
    /// @return its id
    /// @throws IllegalStateException if it is still active and its route has another active one
    @Transactional
    public UUID keep(PastRun run) {
        return keep(UUID.randomUUID(), run);
    }

    /// The same under an id that is not taken yet.
    @Transactional
    public UUID keep(UUID id, PastRun run) {
        var rollout = run.rollout();
        var plan = rollout.plan();
        var began = run.entries().getFirst().at();
        var route =
                RouteRow.lockOrMake(
                        plan.route(), plan.baseline(), Scope.stored(run.plan().team()), began);
        if (rollout.isActive() && RolloutRow.activeOf(plan.route()).isPresent()) {
            throw new IllegalStateException(plan.route() + " has an active rollout already");
        }
        var row = row(id, run, route.team, began);
        row.persist();
        for (var move : moves(run.entries())) {
            row.version++;
            written.past(row, move);
        }
        row.judged = run.judged();
        row.evidenceId = written.name(run.judged(), row.version);
        evidence.keep(row.id, run.evidence());
        if (run.origin() instanceof PastRun.Origin.Simulated
                && row.phase instanceof Phase.Complete(var at, _)
                && at.isAfter(route.since)) {
            route.serve(plan.candidate(), at);
        }
        return row.id;
    }

    private RolloutRow row(UUID id, PastRun run, @Nullable String team, Instant began) {
        var rollout = run.rollout();
        var last = rollout.last();
        var row = new RolloutRow();
        row.id = id;
        row.route = rollout.plan().route();
        row.plan = run.plan();
        row.planSource = run.source();
        row.planFormat = run.format().key();
        row.team = team;
        row.startedBy = rollout.startedBy();
        row.startedAt = began;
        row.endedAt = rollout.isActive() ? null : last;
        row.phase = rollout.phase();
        row.lastAt = last;
        row.stirredAt = last;
        row.judged = run.judged();
        row.evidenceId = "";
        row.judgedAt = last;
        switch (run.origin()) {
            case PastRun.Origin.Simulated _ -> row.simulated = true;
            case PastRun.Origin.Replayed(var of) -> row.replayOf = of;
        }
        row.tracks =
                rollout.plan().tracks().stream()
                        .map(track -> track.key())
                        .sorted()
                        .toArray(String[]::new);
        row.keySalt = new byte[SALT_BYTES];
        random.nextBytes(row.keySalt);
        row.rest(last, config.tick().ripening(), config.tick().ripe(), null);
        return row;
    }

    /// Entries that were made at once are one change of state.
    private static List<List<Entry>> moves(List<Entry> entries) {
        var moves = new ArrayList<List<Entry>>();
        Instant at = Instant.MIN;
        for (var entry : entries) {
            if (!entry.at().equals(at)) {
                moves.add(new ArrayList<>());
            }
            moves.getLast().add(entry);
            at = entry.at();
        }
        return moves;
    }
}
