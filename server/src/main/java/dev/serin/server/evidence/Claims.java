package dev.serin.server.evidence;

import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import jakarta.ws.rs.core.Response.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which batches of a group are new, and what each caller is told.
final class Claims {

    private final Connection connection;
    private final Instant now;
    private final Map<Batch, Told> told = new LinkedHashMap<>();

    Claims(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now;
    }

    Map<Batch, Told> told() {
        return told;
    }

    /// Batches that have not been stored before; the others get their answer again.
    ///
    /// @param rollouts those that are known
    List<Batch> fresh(List<Batch> group, Map<UUID, Watched> rollouts) throws SQLException {
        var fresh = new ArrayList<Batch>();
        var claimed = new HashMap<List<Object>, Batch>();
        for (var batch : inKeyOrder(group)) {
            var once = batch.once();
            if (!batch.isFeedback() && !isKnown(rollouts.get(batch.rollout()), batch)) {
                told.put(batch, new Told.Failed(notTaken(batch)));
            } else if (once == null) {
                fresh.add(batch);
            } else {
                var name = List.<Object>of(batch.rollout(), once.key());
                var twin = claimed.get(name);
                if (twin != null) {
                    twins(batch, once, twin);
                    continue;
                }
                switch (BatchRow.claim(connection, batch.rollout(), once, now)) {
                    case BatchRow.Known.New _ -> {
                        claimed.put(name, batch);
                        fresh.add(batch);
                    }
                    case BatchRow.Known.Answered(var answer) ->
                            told.put(batch, new Told.Stored(answer));
                    case BatchRow.Known.OtherBody _ ->
                            told.put(batch, new Told.Failed(otherBody(once.key())));
                }
            }
        }
        fresh.sort(Comparator.comparingInt(group::indexOf));
        return fresh;
    }

    private static boolean isKnown(@Nullable Watched rollout, Batch batch) {
        return rollout != null && batch.scope().covers(rollout.team());
    }

    /// Tells the caller of a new batch, now and whenever it is sent again.
    void answer(Batch batch, Answer answer) throws SQLException {
        told.put(batch, new Told.Stored(answer));
        var once = batch.once();
        if (once != null) {
            BatchRow.answered(connection, batch.rollout(), once, answer);
        }
    }

    /// The same key twice in one group: the second hears what the first does.
    private void twins(Batch batch, Batch.Once once, Batch first) {
        var other = first.once();
        if (other != null && other.bodyHash().equals(once.bodyHash())) {
            var _ =
                    first.answer()
                            .whenComplete((answer, failure) -> {
                                if (failure == null) {
                                    batch.answer().complete(answer);
                                } else {
                                    batch.answer().completeExceptionally(failure);
                                }
                            });
        } else {
            told.put(batch, new Told.Failed(otherBody(once.key())));
        }
    }

    /// Keys are claimed in one order everywhere, so that two replicas never wait for each other.
    private static List<Batch> inKeyOrder(List<Batch> group) {
        var sorted = new ArrayList<>(group);
        sorted.sort(
                Comparator.comparing(Batch::rollout)
                        .thenComparing(batch -> batch.once() == null ? "" : batch.once().key()));
        return sorted;
    }

    /// Why nothing is taken: it has entered no step, or whoever tells does not see it.
    private ProblemException notTaken(Batch batch) throws SQLException {
        var id = batch.rollout();
        try (var query = connection.prepareStatement("select team from rollout where id = ?")) {
            query.setObject(1, id);
            try (var rows = query.executeQuery()) {
                return rows.next() && batch.scope().covers(rows.getString(1))
                        ? new ProblemException(
                                Problem.of(
                                        "not-begun",
                                        Status.CONFLICT,
                                        "rollout %s has not entered its first step, so no call counts"
                                                .formatted(id)))
                        : ProblemException.notFound("no-such-rollout", "there is no rollout " + id);
            }
        }
    }

    private static ProblemException otherBody(String key) {
        return new ProblemException(
                Problem.of(
                        "idempotency-key-reused",
                        Status.CONFLICT,
                        "another body was posted under the Idempotency-Key "
                                + key
                                + "; use a new key for what is new"));
    }
}
