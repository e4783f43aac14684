package dev.serin.server.route;

import dev.serin.engine.traffic.Arm;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls in flight through this server, by route and arm.
@Singleton
public class Flights {

    private record Way(String route, Arm arm) {}

    private final MeterRegistry meters;
    private final ConcurrentHashMap<Way, AtomicInteger> calls = new ConcurrentHashMap<>();

    Flights(MeterRegistry meters) {
        this.meters = meters;
    }

    /// How many calls of a route's arm are under way.
    public int of(String route, Arm arm) {
        var known = calls.get(new Way(route, arm));
        return known == null ? 0 : known.get();
    }

    /// A call is asked of an arm.
    public void begin(String route, Arm arm) {
        calls.computeIfAbsent(new Way(route, arm), this::counted).incrementAndGet();
    }

    /// The same has ended, in whatever way.
    public void end(String route, Arm arm) {
        calls.computeIfAbsent(new Way(route, arm), this::counted).decrementAndGet();
    }

    private AtomicInteger counted(Way way) {
        var number = new AtomicInteger();
        meters.gauge(
                "serin.gateway.flights",
                Tags.of(
                        "route",
                        way.route(),
                        "arm",
                        way.arm() == Arm.CANDIDATE ? "candidate" : "baseline"),
                number);
        return number;
    }
}
