package dev.serin.server.standin;

import dev.serin.simulator.provider.Ask;
import dev.serin.simulator.provider.Fault;
import dev.serin.simulator.provider.ModelList;
import dev.serin.simulator.provider.StandInModel;
import dev.serin.simulator.provider.Turn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What all event loops of a stand-in have in common.
final class Shared {

    private static final int MOST_RESPONSES = 10_000;

    private final Map<String, StandInModel> models = new LinkedHashMap<>();
    private final Map<String, Ready> ready = new LinkedHashMap<>();
    private final ModelList list;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicInteger port = new AtomicInteger();
    private final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();
    private final Set<String> responses = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> oldestFirst = new ConcurrentLinkedQueue<>();
    private final AtomicInteger remembered = new AtomicInteger();

    Shared(List<StandInModel> models) {
        long now = Instant.now().getEpochSecond();
        for (var model : models) {
            this.models.put(model.name(), model);
            Ready.of(model, now).ifPresent(it -> ready.put(model.name(), it));
        }
        this.list = new ModelList(List.copyOf(this.models.keySet()), now);
    }

    /// One call that has begun.
    record Begun(Ask ask, Turn turn) {}

    Begun begin(StandInModel model) {
        long number = calls.incrementAndGet();
        var now = Instant.now();
        return new Begun(
                new Ask(number, now.getEpochSecond(), model.name()),
                model.turn(number, now, fault.get()));
    }

    /// What a model says at once; null if it takes its time, or something befalls it.
    @Nullable Ready ready(String model) {
        if (fault.get() != null) {
            return null;
        }
        var at = ready.get(model);
        if (at != null) {
            calls.incrementAndGet();
        }
        return at;
    }

    @Nullable StandInModel model(String name) {
        return models.get(name);
    }

    ModelList list() {
        return list;
    }

    void befall(@Nullable Fault next) {
        fault.set(next);
    }

    long calls() {
        return calls.get();
    }

    long waiting() {
        return waiting.get();
    }

    /// Told by answers that begin (1) or cease (-1) to wait for their time.
    void waits(int more) {
        waiting.addAndGet(more);
    }

    int port() {
        return port.get();
    }

    void listensOn(int actual) {
        port.set(actual);
    }

    void remember(String response) {
        responses.add(response);
        oldestFirst.add(response);
        if (remembered.incrementAndGet() > MOST_RESPONSES) {
            remembered.decrementAndGet();
            var oldest = oldestFirst.poll();
            if (oldest != null) {
                responses.remove(oldest);
            }
        }
    }

    boolean remembers(String response) {
        return responses.contains(response);
    }
}
