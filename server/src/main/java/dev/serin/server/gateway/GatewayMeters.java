package dev.serin.server.gateway;

import dev.serin.engine.traffic.Arm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is counted of calls, on this server.
@Singleton
class GatewayMeters {

    private record Kind(String arm, String result) {}

    private final MeterRegistry meters;
    private final ConcurrentHashMap<Kind, Timer> calls = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Fault, Counter> retries = new ConcurrentHashMap<>();

    GatewayMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /// An attempt has ended.
    ///
    /// @param fault null if its answer is good
    void ended(Attempt attempt, @Nullable Fault fault) {
        count(
                attempt.arm(),
                fault == null ? "ok" : fault.errorClass(),
                (long) (attempt.latencyMs() * 1e6));
    }

    /// An arm could not be asked.
    void unasked(Arm arm, Fault fault) {
        count(arm, fault.errorClass(), 0);
    }

    /// The client has gone.
    void left(Attempt attempt) {
        count(attempt.arm(), "left", (long) (attempt.latencyMs() * 1e6));
    }

    /// The baseline is asked in the candidate's place.
    void retried(Fault fault) {
        retries.computeIfAbsent(
                        fault,
                        why -> meters.counter("serin.gateway.retries", "why", why.errorClass()))
                .increment();
    }

    static String word(Arm arm) {
        return switch (arm) {
            case BASELINE -> "baseline";
            case CANDIDATE -> "candidate";
        };
    }

    private void count(Arm arm, String result, long nanos) {
        calls.computeIfAbsent(
                        new Kind(word(arm), result),
                        kind ->
                                meters.timer(
                                        "serin.gateway.calls",
                                        "arm",
                                        kind.arm(),
                                        "result",
                                        kind.result()))
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
