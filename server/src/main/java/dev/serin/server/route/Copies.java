package dev.serin.server.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Copies of calls that shadow steps asked this server for, by route.
@ApplicationScoped
public class Copies {

    /// What became of one.
    public enum What {
        /// It was sent to the candidate.
        SENT,
        /// It was left out: too many are under way.
        BUSY,
        /// It was left out: those before it cost as much as copies may.
        COST,
        /// It was left out: the candidate's provider rests.
        RESTING
    }

    private record Kind(String route, What what) {}

    private final MeterRegistry meters;
    private final ConcurrentHashMap<Kind, LongAdder> counted = new ConcurrentHashMap<>();

    Copies(MeterRegistry meters) {
        this.meters = meters;
    }

    public void count(String route, What what) {
        counted.computeIfAbsent(new Kind(route, what), this::counter).increment();
    }

    /// How many there were since this server began.
    public long of(String route, What what) {
        var known = counted.get(new Kind(route, what));
        return known == null ? 0 : known.sum();
    }

    private LongAdder counter(Kind kind) {
        var number = new LongAdder();
        meters.more()
                .counter(
                        "serin.gateway.copies",
                        Tags.of(
                                "route",
                                kind.route(),
                                "what",
                                kind.what().name().toLowerCase(Locale.ROOT)),
                        number);
        return number;
    }
}
