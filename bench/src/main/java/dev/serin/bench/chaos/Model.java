package dev.serin.bench.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// What was answered, and so must hold.
final class Model {

    /// A call that was posted.
    ///
    /// @param candidate whether that arm answered it
    record Call(String id, boolean candidate, boolean bad) {}

    /// What a server said of a rollout.
    record Said(long version, double share, boolean ended) {}

    private final Map<UUID, Map<String, Call>> calls = new ConcurrentHashMap<>();
    private final Map<UUID, AtomicLong> labels = new ConcurrentHashMap<>();
    private final Map<UUID, Set<Said>> said = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> lastCandidate = new ConcurrentHashMap<>();
    private final Map<UUID, AtomicLong> gatewayCalls = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> oddities = new ConcurrentLinkedQueue<>();
    private final AtomicLong retries = new AtomicLong();

    /// Calls that a server has acknowledged.
    void acknowledged(UUID rollout, List<Call> some) {
        var known = calls.computeIfAbsent(rollout, _ -> new ConcurrentHashMap<>());
        some.forEach(call -> known.put(call.id(), call));
    }

    /// Labels that a server said it counts.
    void labelled(UUID rollout, long number) {
        labels.computeIfAbsent(rollout, _ -> new AtomicLong()).addAndGet(number);
    }

    void said(UUID rollout, Said what) {
        said.computeIfAbsent(rollout, _ -> ConcurrentHashMap.newKeySet()).add(what);
    }

    /// The gateway is asked for a call of which it is not known yet who answers.
    void asked(UUID rollout) {
        gatewayCalls.computeIfAbsent(rollout, _ -> new AtomicLong()).incrementAndGet();
    }

    /// A call that was sent at a moment was answered by the candidate.
    void answeredByCandidate(UUID rollout, Instant sent) {
        lastCandidate.merge(rollout, sent, (one, other) -> one.isAfter(other) ? one : other);
    }

    /// Something had to be sent again.
    void retried() {
        retries.incrementAndGet();
    }

    /// Something was answered that never should be.
    void odd(String what) {
        oddities.add(what);
    }

    Map<UUID, Map<String, Call>> calls() {
        return calls;
    }

    long labels(UUID rollout) {
        var known = labels.get(rollout);
        return known == null ? 0 : known.get();
    }

    Set<Said> said(UUID rollout) {
        return said.getOrDefault(rollout, Set.of());
    }

    Map<UUID, Instant> lastCandidate() {
        return lastCandidate;
    }

    long gatewayCalls() {
        return gatewayCalls.values().stream().mapToLong(AtomicLong::get).sum();
    }

    long retries() {
        return retries.get();
    }

    List<String> oddities() {
        return new ArrayList<>(oddities);
    }
}
