package dev.serin.server.notice;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Entry;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something happened to a rollout.
///
/// @param team who owns it; null for nobody
/// @param addresses whom its plan wants told
/// @param entries what happened, as the journal has it
public record Occasion(
        UUID rollout,
        String route,
        @Nullable String team,
        Plan plan,
        boolean simulated,
        List<String> addresses,
        List<Entry> entries) {

    public Occasion {
        addresses = List.copyOf(addresses);
        entries = List.copyOf(entries);
    }
}
