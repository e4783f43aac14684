package dev.serin.server.evidence;

import dev.serin.engine.judge.Track;
import dev.serin.server.access.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Joins labels with their calls in one transaction.
final class Joining {

    private static final String CALLS = new Track.Calls().key();

    private final Connection connection;
    private final Map<UUID, Watched> rollouts;
    private final Instant now;
    private final Map<String, List<KnownCall>> calls = new HashMap<>();
    private final Set<KnownCall> touched = new LinkedHashSet<>();
    private final TreeMap<TallyRow, Change> changes = new TreeMap<>();
    private final TreeMap<JudgeRow, JudgeRow.Times> judges = new TreeMap<>();
    private final List<WaitingRow> waiting = new ArrayList<>();

    /// @param rollouts what is known of rollouts already
    Joining(Connection connection, Map<UUID, Watched> rollouts, Instant now) {
        this.connection = connection;
        this.rollouts = new HashMap<>(rollouts);
        this.now = now;
    }

    /// Locks the calls with these names: their own, or those of the spans that told of them.
    void open(Collection<String> names) throws SQLException {
        var spans = CallSpan.find(connection, names);
        var ids = new HashSet<>(names);
        spans.forEach(span -> ids.add(span.call().id()));
        var known = KnownCall.lock(connection, ids);
        known.forEach(call -> calls.computeIfAbsent(call.id(), _ -> new ArrayList<>()).add(call));
        nameBySpans(spans);
        var unread =
                known.stream()
                        .map(call -> call.place().rollout())
                        .filter(id -> !rollouts.containsKey(id))
                        .collect(Collectors.toUnmodifiableSet());
        if (!unread.isEmpty()) {
            rollouts.putAll(Watched.load(connection, unread));
        }
    }

    /// A call's own name comes before a span's.
    private void nameBySpans(List<CallSpan> spans) {
        var named = new HashMap<String, List<KnownCall>>();
        for (var span : spans) {
            var told = named.computeIfAbsent(span.span(), _ -> new ArrayList<>());
            calls.getOrDefault(span.call().id(), List.of()).stream()
                    .filter(call -> call.place().rollout().equals(span.call().rollout()))
                    .forEach(told::add);
        }
        named.forEach(calls::putIfAbsent);
    }

    /// Joins a label that came before its call. One of the wrong kind is dropped: its sender has its
    /// answer already.
    void join(WaitingRow early) {
        var rollout = rollouts.get(early.rollout());
        if (rollout == null) {
            return;
        }
        var label = rollout.meant(early.label());
        if (rollout.objection(label.name(), label.verdict()).isPresent()) {
            return;
        }
        for (var call : calls.getOrDefault(early.call(), List.of())) {
            if (call.place().rollout().equals(early.rollout())) {
                take(call, rollout, label, early.received());
            }
        }
    }

    /// Joins what a caller posted.
    Answer join(Batch batch) {
        var refused = new ArrayList<>(batch.refused());
        var uncounted = new ArrayList<Answer.Refused>();
        int accepted = 0;
        int before = waiting.size();
        for (var said : batch.feedback()) {
            try {
                accept(said, batch.scope(), uncounted);
                accepted++;
            } catch (Wrong wrong) {
                refused.add(wrong.at(said.index()));
            }
        }
        refused.sort(Comparator.comparingInt(Answer.Refused::index));
        return new Answer(accepted, refused, null, waiting.size() - before, uncounted);
    }

    /// Writes what has changed, in the rows of `replica`.
    ///
    /// @return the rollouts whose sums have changed
    Set<UUID> write(String replica) throws SQLException {
        KnownCall.update(connection, List.copyOf(touched));
        changes.values().removeIf(Change::isNothing);
        TallyRow.change(connection, replica, changes);
        JudgeRow.add(connection, replica, judges);
        WaitingRow.add(connection, waiting);
        return changes.keySet().stream()
                .map(row -> row.place().rollout())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void accept(Feedback said, Scope scope, List<Answer.Refused> uncounted) throws Wrong {
        var call = callOf(said, scope);
        for (var label : said.labels()) {
            if (label.at() != null && label.at().isAfter(now.plus(Storing.AHEAD))) {
                throw new Wrong(
                        "at", label.at() + " lies ahead of the server's clock; 60 s are allowed");
            }
        }
        if (call == null) {
            var rollout = said.rollout() == null ? Batch.ANY : said.rollout();
            said.labels()
                    .forEach(label ->
                            waiting.add(new WaitingRow(said.call(), rollout, scope, label, now)));
            return;
        }
        var rollout = rolloutOf(call);
        var labels = said.labels().stream().map(rollout::meant).toList();
        for (var label : labels) {
            var objection = rollout.objection(label.name(), label.verdict());
            if (objection.isPresent()) {
                throw new Wrong(said.field(label), objection.get());
            }
        }
        for (var label : labels) {
            var kept = take(call, rollout, label, now);
            if (!kept.counts() && !(kept.verdict() instanceof Verdict.Failed)) {
                uncounted.add(
                        new Answer.Refused(said.index(), said.field(label), why(call, rollout)));
            }
        }
    }

    /// The call that is meant; null if nobody has reported it yet.
    private @Nullable KnownCall callOf(Feedback said, Scope scope) throws Wrong {
        var found =
                calls.getOrDefault(said.call(), List.of()).stream()
                        .filter(call -> scope.covers(rolloutOf(call).team()))
                        .toList();
        var wanted = said.rollout();
        if (wanted != null) {
            return callIn(wanted, said, found, scope);
        }
        if (found.size() <= 1) {
            return found.isEmpty() ? null : found.getFirst();
        }
        var active = found.stream().filter(call -> rolloutOf(call).endedAt() == null).toList();
        if (active.size() != 1) {
            throw new Wrong(
                    "rollout",
                    "calls of %d rollouts have the id %s; write which one is meant"
                            .formatted(found.size(), said.call()));
        }
        return active.getFirst();
    }

    private @Nullable KnownCall callIn(
            UUID wanted, Feedback said, List<KnownCall> found, Scope scope) throws Wrong {
        for (var call : found) {
            if (call.place().rollout().equals(wanted)) {
                return call;
            }
        }
        var rollout = rollouts.get(wanted);
        if (rollout == null || !scope.covers(rollout.team())) {
            throw new Wrong("rollout", "there is no rollout " + wanted);
        }
        if (rollout.endedAt() != null) {
            throw new Wrong(
                    "id",
                    "the rollout has ended and keeps no call %s; its label comes too late"
                            .formatted(said.call()));
        }
        return null;
    }

    private Watched rolloutOf(KnownCall call) {
        var rollout = rollouts.get(call.place().rollout());
        if (rollout == null) {
            throw new IllegalStateException("a call of no rollout: " + call.id());
        }
        return rollout;
    }

    private CallLabels.Kept take(KnownCall call, Watched rollout, Label label, Instant received) {
        boolean wasBad = call.isBad();
        boolean mayCount = call.counted() && rollout.isInTime(call.place(), received);
        var taken = call.take(label, received, mayCount, rollout);
        if (!taken.changes()) {
            return taken.now();
        }
        touched.add(call);
        if (taken.isNews()) {
            judges.merge(
                    JudgeRow.of(rollout.id(), label),
                    label.verdict() instanceof Verdict.Failed
                            ? new JudgeRow.Times(0, 1)
                            : new JudgeRow.Times(1, 0),
                    JudgeRow.Times::plus);
        }
        var track = trackOf(rollout, label);
        if (track != null) {
            change(call, track.key(), counted(taken.now()).minus(counted(taken.before())));
        }
        if (call.isBad() != wasBad) {
            change(call, CALLS, new Change(0, wasBad ? -1 : 1, 0, 0));
        }
        return taken.now();
    }

    private void change(KnownCall call, String metric, Change change) {
        changes.merge(new TallyRow(call.place(), metric), change, Change::plus);
    }

    private static @Nullable Track trackOf(Watched rollout, Label label) {
        var marked = rollout.marked(label.name());
        return marked == null ? rollout.scored(label.name()) : marked;
    }

    private static Change counted(CallLabels.@Nullable Kept kept) {
        return kept == null || !kept.counts() ? Change.NONE : Change.of(kept.verdict());
    }

    private static String why(KnownCall call, Watched rollout) {
        if (call.counted()) {
            return call.id()
                    + " was waited for until its deadline; the label is kept and counts for"
                    + " nothing";
        }
        return rollout.labels() == null
                ? call.id() + " is not judged; the label is kept and counts for nothing"
                : call.id()
                        + " was not chosen to be labelled; the label is kept and counts for nothing";
    }
}
