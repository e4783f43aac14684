package dev.serin.server.evidence;

import dev.serin.engine.judge.Tallies;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.DatabaseFailed;
import dev.serin.server.SerinConfig;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Stores a group of batches in one transaction. Only one thread comes here.
@ApplicationScoped
class Storing {

    private final AgroalDataSource database;
    private final InstantSource clock;
    private final String replica;
    private final Remembered remembered = new Remembered();
    private final Callers callers;
    private final CallCopy copy = new CallCopy();

    Storing(AgroalDataSource database, InstantSource clock, Replica replica, SerinConfig config) {
        this.database = database;
        this.clock = clock;
        this.replica = replica.name();
        this.callers = new Callers(config.intake().callsPerKey());
    }

    private record Done(Map<Batch, Told> told, Map<Place.Stream, Tallies> seen) {}

    /// Returns after commit, when every batch has its answer.
    ///
    /// @throws RuntimeException if nothing at all was stored; no batch has an answer then
    void store(List<Batch> group) {
        var done = QuarkusTransaction.requiringNew().call(() -> inTransaction(group));
        remembered.keep(done.seen);
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
        private final Claims claims;
        private final List<Placed> placed = new ArrayList<>();
        private final Map<Batch, Draft> drafts = new LinkedHashMap<>();

        Transaction(Connection connection, Instant now) {
            this.connection = connection;
            this.now = now;
            this.claims = new Claims(connection, now);
        }

        Done run(List<Batch> group) throws SQLException {
            Turn.take(connection, group);
            var rollouts = Watched.load(connection, rolloutsOf(group));
            var fresh = claims.fresh(group, rollouts);
            for (var batch : fresh) {
                var rollout = rollouts.get(batch.rollout());
                if (rollout != null) {
                    place(batch, rollout);
                }
            }
            var keys = new HashSet<KeyRow>();
            var calls = withoutKnown(keys);
            // Of calls that were known too: who told of them before may have known of no span.
            var spans = placed.stream().map(CallSpan::of).flatMap(Optional::stream).toList();
            CallSpan.add(connection, spans);
            var assigned = assigned(group, rollouts, keys);
            var firstSeen = KeyRow.add(connection, keys);
            var told = LateCalls.end(connection, calls);
            var folding = new Folding(connection, remembered, callers, now, told);
            for (var one : assigned.entrySet()) {
                if (firstSeen.contains(one.getKey())) {
                    folding.take(one.getValue());
                }
            }
            var ofCalls = new HashSet<>(firstSeen);
            ofCalls.removeAll(assigned.keySet());
            folding.take(calls, ofCalls);
            CallRow.uncount(connection, folding.unjudged());
            TallyRow.add(connection, replica, folding.sums());
            var forced = calls.stream().filter(Placed::isForced).toList();
            ForcedRow.add(connection, replica, forced);
            var names = new ArrayList<CallRow.Name>();
            calls.stream().map(Placed::name).filter(Objects::nonNull).forEach(names::add);
            spans.stream().map(CallSpan::name).forEach(names::add);
            var changed = join(fresh, names, rollouts);
            for (var draft : drafts.entrySet()) {
                claims.answer(draft.getKey(), draft.getValue().answer(folding.unjudged()));
            }
            var touched = new HashSet<>(changed);
            folding.sums().keySet().forEach(row -> touched.add(row.place().rollout()));
            forced.forEach(call -> touched.add(call.place().rollout()));
            PulseRow.beat(connection, replica, touched);
            return new Done(claims.told(), folding.seen());
        }

        /// Joins labels: those that waited, then those that were posted.
        ///
        /// @param names under which calls are known from now on
        /// @return the rollouts whose sums have changed
        private Set<UUID> join(
                List<Batch> fresh, List<CallRow.Name> names, Map<UUID, Watched> rollouts)
                throws SQLException {
            var early = WaitingRow.take(connection, names);
            var feedback = fresh.stream().filter(Batch::isFeedback).toList();
            var ids =
                    Stream.concat(
                                    early.stream().map(WaitingRow::call),
                                    feedback.stream()
                                            .flatMap(batch -> batch.feedback().stream())
                                            .map(Feedback::call))
                            .collect(Collectors.toSet());
            var joining = new Joining(connection, rollouts, now);
            joining.open(ids);
            early.forEach(joining::join);
            for (var batch : feedback) {
                claims.answer(batch, joining.join(batch));
            }
            return joining.write(replica);
        }

        private void place(Batch batch, Watched rollout) {
            var refused = new ArrayList<>(batch.refused());
            var wanted = new ArrayList<CallRow.Name>();
            int accepted = 0;
            for (var row : batch.rows()) {
                var objection = Objection.to(row, rollout, now);
                if (objection.isPresent()) {
                    refused.add(objection.get());
                } else {
                    accepted++;
                    place(row.seen(), rollout, wanted);
                }
            }
            refused.sort(java.util.Comparator.comparingInt(Answer.Refused::index));
            drafts.put(
                    batch, new Draft(accepted, refused, rollout.labels() == null ? null : wanted));
        }

        /// @param wanted takes the names of calls that are to be labelled
        private void place(Seen posted, Watched rollout, List<CallRow.Name> wanted) {
            if (Placed.isCallersFault(posted.call())) {
                return;
            }
            var at = Objection.began(posted, now);
            int step = posted.step() == null ? rollout.stepAt(at) : posted.step();
            var seen = choose(posted, step, rollout);
            var place = new Place(rollout.id(), step, seen.arm(), rollout.bucketOf(step, at, now));
            var id = seen.id();
            if (id == null && seen.call().bad()) {
                id = "-" + UUID.randomUUID();
            }
            var key = seen.key();
            var call =
                    new Placed(
                            rollout, place, at, id, key == null ? null : rollout.hash(key), seen);
            placed.add(call);
            var name = call.name();
            if (name != null && call.waits() && !wanted.contains(name)) {
                wanted.add(name);
            }
        }

        /// A call that failed has no answer to label, one that was forced is not judged, and copies'
        /// answers are seen by a model at most.
        private Seen choose(Seen seen, int step, Watched rollout) {
            var id = seen.id();
            boolean copy = seen.arm() == Arm.CANDIDATE && rollout.isShadowed(step);
            boolean chosen =
                    id != null
                            && !seen.forced()
                            && !(seen.moment() instanceof Moment.Running)
                            && !Boolean.TRUE.equals(seen.call().error())
                            && (copy ? rollout.choosesCopy(id) : rollout.chooses(id));
            return chosen ? seen.asChosen() : seen;
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
            var added =
                    copy.isDone(connection, named.values())
                            ? new HashSet<>(named.keySet())
                            : CallRow.add(connection, List.copyOf(named.values()));
            var calls = new ArrayList<Placed>();
            for (var call : placed) {
                var id = call.id();
                if (id == null || added.remove(new CallRow.Name(call.place().rollout(), id))) {
                    calls.add(call);
                    var hash = call.keyHash();
                    if (hash != null && !call.isForced()) {
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
    }

    /// An answer that is complete once the calls are judged.
    ///
    /// @param wanted calls that are to be labelled; null where the plan waits for no labels
    private record Draft(
            int accepted, List<Answer.Refused> refused, @Nullable List<CallRow.Name> wanted) {

        Answer answer(Collection<CallRow.Name> unjudged) {
            var label =
                    wanted == null
                            ? null
                            : wanted.stream()
                                    .filter(name -> !unjudged.contains(name))
                                    .map(CallRow.Name::id)
                                    .toList();
            return new Answer(accepted, refused, label, null, null);
        }
    }

    private static Set<UUID> rolloutsOf(List<Batch> group) {
        var rollouts = new HashSet<UUID>();
        for (var batch : group) {
            rollouts.add(batch.rollout());
            batch.feedback().stream()
                    .map(Feedback::rollout)
                    .filter(Objects::nonNull)
                    .forEach(rollouts::add);
        }
        return rollouts;
    }

    /// How far ahead of the database's clock a sender's may be.
    static final Duration AHEAD = Duration.ofSeconds(60);

    /// How long before the rollout's start a call may have begun.
    static final Duration BEFORE = Duration.ofHours(1);
}
