package dev.serin.server.demo;

import dev.serin.simulator.provider.Fault;
import java.util.List;

/// What befalls one candidate's provider.
///
/// @param title in a few words
/// @param isIllness whether the breaker must open: a prompt that is too long is no illness
record ChaosCase(Fault fault, String title, boolean isIllness) {

    /// The original's five.
    static final List<ChaosCase> ALL =
            List.of(
                    new ChaosCase(Fault.LATENCY_SPIKE, "Latency spike", true),
                    new ChaosCase(Fault.PARTIAL_OUTAGE, "Partial outage", true),
                    new ChaosCase(Fault.FULL_OUTAGE, "Full outage", true),
                    new ChaosCase(Fault.RATE_LIMIT, "Rate limit", true),
                    new ChaosCase(Fault.CONTEXT_OVERFLOW, "Context overflow", false));

    /// As plans and pages name what belongs to it: `latency-spike`.
    String name() {
        return fault.key().replace('_', '-');
    }

    String route() {
        return "chaos-" + name();
    }

    /// As settings name the provider.
    String provider() {
        return fault.key();
    }
}
