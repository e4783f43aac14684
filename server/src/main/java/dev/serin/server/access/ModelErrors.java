package dev.serin.server.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;

/// Counts the errors that clients of models are answered with, whoever made them: the door, the gateway
/// or a provider. Quarkus' own meters leave their addresses out, for what they cost a call.
@Singleton
class ModelErrors {

    private static final int FIRST_ERROR = 400;

    private final MeterRegistry meters;
    private final ConcurrentHashMap<Integer, Counter> byStatus = new ConcurrentHashMap<>();

    ModelErrors(MeterRegistry meters) {
        this.meters = meters;
    }

    /// @param status of an answer, good or bad
    void count(int status) {
        if (status >= FIRST_ERROR) {
            byStatus.computeIfAbsent(
                            status,
                            of -> meters.counter("serin.gateway.errors", "status", of.toString()))
                    .increment();
        }
    }
}
