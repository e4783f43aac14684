package dev.serin.server.breaker;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;

/// The breakers of this server, by provider.
@Singleton
public class Breakers {

    private final MeterRegistry meters;
    private final ConcurrentHashMap<String, Breaker> byProvider = new ConcurrentHashMap<>();

    Breakers(MeterRegistry meters) {
        this.meters = meters;
    }

    /// The breaker of a provider.
    public Breaker of(String provider) {
        return byProvider.computeIfAbsent(provider, this::counted);
    }

    private Breaker counted(String provider) {
        var breaker = new Breaker();
        // 0 closed, 1 trying, 2 open.
        meters.gauge(
                "serin.gateway.breaker",
                io.micrometer.core.instrument.Tags.of("provider", provider),
                breaker,
                each ->
                        switch (each.state(System.nanoTime())) {
                            case CLOSED -> 0;
                            case TRYING -> 1;
                            case OPEN -> 2;
                        });
        return breaker;
    }
}
