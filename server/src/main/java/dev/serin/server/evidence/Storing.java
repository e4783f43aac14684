package dev.serin.server.evidence;

import dev.serin.engine.judge.Tallies;
import dev.serin.server.DatabaseFailed;
import dev.serin.server.SerinConfig;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Stores a group of batches in one transaction. Only one thread comes here.
@ApplicationScoped
class Storing {

    private static final String PULSE =
            """
            insert into pulse as p (rollout, replica, n)
            select u, ?, 1 from unnest(?::uuid[]) as u order by u
            on conflict (rollout, replica) do update set n = p.n + 1\
            """;

    private final AgroalDataSource database;
    private final InstantSource clock;
    private final String replica;
    private final Means means = new Means();
    private final Callers callers;

    Storing(AgroalDataSource database, InstantSource clock, Replica replica, SerinConfig config) {
        this.database = database;
        this.clock = clock;
        this.replica = replica.name();
        this.callers = new Callers(config.intake().callsPerKey());
    }

    /// What a batch's caller is told once all is committed.
    private sealed interface Told {
        record Stored(Answer answer) implements Told {}

        record Failed(ProblemException why) implements Told {}
    }

    private record Done(Map<Batch, Told> told, Map<Place.Stream, Tallies> seen) {}

    /// Returns after commit, when every batch has its answer.
    ///
    /// @throws RuntimeException if nothing at all was stored; no batch has an answer then
    void store(List<Batch> group) {
        var done = QuarkusTransaction.requiringNew().call(() -> inTransaction(group));
        means.keep(done.seen);
        done.told.forEach((batch, told) -> {
            switch (told) {
                case Told.Stored(var answer) -> batch.answer().complete(answer);
                case Told.Failed(var why) -> batch.answer().completeExceptionally(why);
            }
        });
    }

    private Done inTransaction(List<Batch> group) {
        try (var connection = database.getConnection()) {
            return new Transaction(connection, clock.instant()).run(group);
        } catch (SQLException e) {
            throw new DatabaseFailed("observations were not stored", e);
        }
    }

    private final class Transaction {

        private final Connection connection;
        private final Instant now;
        private final Map<Batch, Told> told = new LinkedHashMap<>();
        private final List<Placed> placed = new ArrayList<>();

        Transaction(Connection connection, Instant now) {
            this.connection = connection;
            this.now = now;
        }

        Done run(List<Batch> group) throws SQLException {
            var rollouts =
                    Watched.load(
                            connection,
                            group.stream().map(Batch::rollout).collect(Collectors.toSet()));
            for (var batch : fresh(group, rollouts)) {
                var rollout = rollouts.get(batch.rollout());
                if (rollout != null) {
                    place(batch, rollout);
                }
            }
            var keys = new HashSet<KeyRow>();
            var calls = withoutKnown(keys);
            var assigned = assigned(group, rollouts, keys);
            var firstSeen = KeyRow.add(connection, keys);
            var folding = new Folding(connection, means, callers, now);
            for (var one : assigned.entrySet()) {
                if (firstSeen.contains(one.getKey())) {
                    folding.take(one.getValue());
                }
            }
            var ofCalls = new HashSet<>(firstSeen);
            ofCalls.removeAll(assigned.keySet());
            folding.take(calls, ofCalls);
            TallyRow.add(connection, replica, folding.sums());
            pulse(folding.sums().keySet());
            return new Done(told, folding.seen());
        }

        /// Batches that have not been stored before; the others get their answer again.
        private List<Batch> fresh(List<Batch> group, Map<UUID, Watched> rollouts)
                throws SQLException {
            var fresh = new ArrayList<Batch>();
            var claimed = new HashMap<List<Object>, Batch>();
            for (var batch : inKeyOrder(group)) {
                var once = batch.once();
                if (!rollouts.containsKey(batch.rollout())) {
                    told.put(batch, new Told.Failed(noSuchRollout(batch.rollout())));
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
            fresh.sort(java.util.Comparator.comparingInt(group::indexOf));
            return fresh;
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

        private void place(Batch batch, Watched rollout) throws SQLException {
            var refused = new ArrayList<>(batch.refused());
            int accepted = 0;
            for (var row : batch.rows()) {
                var objection = Objection.to(row, rollout, now);
                if (objection.isPresent()) {
                    refused.add(objection.get());
                } else {
                    accepted++;
                    place(row.seen(), rollout);
                }
            }
            refused.sort(java.util.Comparator.comparingInt(Answer.Refused::index));
            var answer = new Answer(accepted, refused);
            told.put(batch, new Told.Stored(answer));
            var once = batch.once();
            if (once != null) {
                BatchRow.answered(connection, batch.rollout(), once, answer);
            }
        }

        private void place(Seen seen, Watched rollout) {
            if (Placed.isCallersFault(seen.call())) {
                return;
            }
            var at = Objection.began(seen, now);
            int step = seen.step() == null ? rollout.stepAt(at) : seen.step();
            var place = new Place(rollout.id(), step, seen.arm(), rollout.bucketOf(step, at, now));
            var id = seen.id();
            if (id == null && seen.call().bad()) {
                id = "-" + UUID.randomUUID();
            }
            var key = seen.key();
            placed.add(
                    new Placed(
                            rollout, place, at, id, key == null ? null : rollout.hash(key), seen));
        }

        /// Stores single calls, and leaves out those that were known.
        ///
        /// @param keys takes the keys of those that are new
        private List<Placed> withoutKnown(Set<KeyRow> keys) throws SQLException {
            var named = new LinkedHashMap<CallRow.Name, Placed>();
            for (var call : placed) {
                var id = call.id();
                if (id != null) {
                    named.putIfAbsent(new CallRow.Name(call.place().rollout(), id), call);
                }
            }
            // What is taken out of it is new: the first of its name in this group, and no other.
            var added = CallRow.add(connection, List.copyOf(named.values()));
            var calls = new ArrayList<Placed>();
            for (var call : placed) {
                var id = call.id();
                if (id == null || added.remove(new CallRow.Name(call.place().rollout(), id))) {
                    calls.add(call);
                    var hash = call.keyHash();
                    if (hash != null) {
                        keys.add(KeyRow.of(call.place(), false, hash));
                        if (call.seen().assigned()) {
                            keys.add(KeyRow.of(call.place(), true, hash));
                        }
                    }
                }
            }
            return calls;
        }

        private Map<KeyRow, Place> assigned(
                List<Batch> group, Map<UUID, Watched> rollouts, Set<KeyRow> keys) {
            var assigned = new HashMap<KeyRow, Place>();
            for (var batch : group) {
                for (var key : batch.assigned()) {
                    var rollout = rollouts.get(key.rollout());
                    if (rollout == null || rollout.endedAt() != null) {
                        continue;
                    }
                    var place =
                            new Place(
                                    rollout.id(),
                                    key.step(),
                                    key.arm(),
                                    rollout.bucketOf(key.step(), now, now));
                    var row = KeyRow.of(place, true, rollout.hash(key.key()));
                    assigned.putIfAbsent(row, place);
                    keys.add(row);
                }
            }
            return assigned;
        }

        private void pulse(Set<TallyRow> stored) throws SQLException {
            var rollouts = stored.stream().map(row -> row.place().rollout()).distinct().toArray();
            if (rollouts.length == 0) {
                return;
            }
            try (var insert = connection.prepareStatement(PULSE)) {
                insert.setString(1, replica);
                insert.setArray(2, connection.createArrayOf("uuid", rollouts));
                insert.executeUpdate();
            }
        }
    }

    /// Keys are claimed in one order everywhere, so that two replicas never wait for each other.
    private static List<Batch> inKeyOrder(List<Batch> group) {
        var sorted = new ArrayList<>(group);
        sorted.sort(
                java.util.Comparator.comparing(Batch::rollout)
                        .thenComparing(batch -> batch.once() == null ? "" : batch.once().key()));
        return sorted;
    }

    private static ProblemException noSuchRollout(UUID id) {
        return ProblemException.notFound("no-such-rollout", "there is no rollout " + id);
    }

    private static ProblemException otherBody(String key) {
        return new ProblemException(
                Problem.of(
                        "idempotency-key-reused",
                        Status.CONFLICT,
                        "another body was posted under the Idempotency-Key "
                                + key
                                + "; use a new key for new observations"));
    }

    /// How far ahead of the database's clock a sender's may be.
    static final Duration AHEAD = Duration.ofSeconds(60);

    /// How long before the rollout's start a call may have begun.
    static final Duration BEFORE = Duration.ofHours(1);
}
