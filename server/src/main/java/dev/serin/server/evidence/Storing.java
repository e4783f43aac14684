package dev.serin.server.evidence;

import dev.serin.engine.judge.Tallies;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
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

/// Stores a group of batches in one transaction. Only one thread at a time comes here.
class Storing {

    private final AgroalDataSource database;
    private final InstantSource clock;
    private final String replica;
    private final Remembered remembered = new Remembered();
    private final Callers callers;
    private final CallCopy copy = new CallCopy();

    /// @param replica in whose name sums are stored; no other instance has it
    /// @param callers what is known of those who call, here and in others of this process
    Storing(AgroalDataSource database, InstantSource clock, String replica, Callers callers) {
        this.database = database;
        this.clock = clock;
        this.replica = replica;
        this.callers = callers;
    }

    /// What is done once it is committed: the answers, and what is remembered.
    private record Done(
            Map<Batch, Told> told,
            Map<Place.Stream, Tallies> seen,
            Callers.Round round,
            Set<KeyRow> keys) {}

    /// Returns after commit, when every batch has its answer.
    ///
    /// @throws RuntimeException if nothing at all was stored; no batch has an answer then
    void store(List<Batch> group) {
        var done = QuarkusTransaction.requiringNew().call(() -> inTransaction(group));
        remembered.keep(done.seen);
        done.round.keep(done.keys);
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
        private final Map<UUID, KeyHash> hashes = new HashMap<>();
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
            var judging = withoutKnown();
            var calls = judging.calls();
            // Of calls that were known too: who told of them before may have known of no span.
            var spans = placed.stream().map(CallSpan::of).flatMap(Optional::stream).toList();
            CallSpan.add(connection, spans);
            // Before any key: the other group may wait for a key of this one, and this one for a
            // call of it.
            var told = LateCalls.end(connection, calls);
            var keys = judging.newKeys();
            var assigned = assigned(group, rollouts);
            assigned.keySet().stream()
                    .filter(key -> !judging.round().isStored(key))
                    .forEach(keys::add);
            var firstSeen = KeyRow.add(connection, keys);
            var folding = new Folding(connection, remembered, judging, told);
            for (var one : assigned.entrySet()) {
                if (firstSeen.contains(one.getKey())) {
                    folding.take(one.getValue());
                }
            }
            var ofCalls = new HashSet<>(firstSeen);
            ofCalls.removeAll(assigned.keySet());
            folding.takeCalls(ofCalls);
            TallyRow.add(connection, replica, folding.sums());
            var forced = calls.stream().filter(Placed::isForced).toList();
            ForcedRow.add(connection, replica, forced);
            var names = new ArrayList<CallRow.Name>();
            calls.stream().map(Placed::name).filter(Objects::nonNull).forEach(names::add);
            spans.stream().map(CallSpan::name).forEach(names::add);
            var changed = join(fresh, names, rollouts);
            for (var draft : drafts.entrySet()) {
                claims.answer(draft.getKey(), draft.getValue().answer(judging.unjudged()));
            }
            var touched = new HashSet<>(changed);
            folding.sums().keySet().forEach(row -> touched.add(row.place().rollout()));
            forced.forEach(call -> touched.add(call.place().rollout()));
            PulseRow.beat(connection, replica, touched);
            return new Done(claims.told(), folding.seen(), judging.round(), keys);
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
                            rollout,
                            place,
                            at,
                            id,
                            key == null ? null : KeyRow.of(place, hash(rollout, key)),
                            seen);
            placed.add(call);
            var name = call.name();
            if (name != null && call.waits() && !wanted.contains(name)) {
                wanted.add(name);
            }
        }

        private String hash(Watched rollout, String key) {
            return hashes.computeIfAbsent(rollout.id(), _ -> new KeyHash(rollout.salt())).of(key);
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
        private Judging withoutKnown() throws SQLException {
            var named = new LinkedHashMap<CallRow.Name, Placed>();
            var once = new ArrayList<Placed>();
            for (var call : placed) {
                var name = call.name();
                if (name == null || named.putIfAbsent(name, call) == null) {
                    once.add(call);
                }
            }
            var all = Judging.of(once, callers.begin(now));
            if (copy.isDone(connection, named.values(), all.unjudged())) {
                return all;
            }
            var added = CallRow.add(connection, List.copyOf(named.values()));
            var judging =
                    Judging.of(
                            once.stream()
                                    .filter(call ->
                                            call.name() == null || added.contains(call.name()))
                                    .toList(),
                            callers.begin(now));
            CallRow.uncount(connection, judging.unjudged());
            return judging;
        }

        private Map<KeyRow, Place> assigned(List<Batch> group, Map<UUID, Watched> rollouts) {
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
                    var row = KeyRow.of(place, hash(rollout, key.key()));
                    assigned.putIfAbsent(row.asAssigned(), place);
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
