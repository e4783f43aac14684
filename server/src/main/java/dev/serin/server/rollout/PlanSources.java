package dev.serin.server.rollout;

import dev.serin.server.access.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/// Documents of plans to begin with.
@ApplicationScoped
public class PlanSources {

    static final String EXAMPLE =
            """
            route: support-chat
            baseline: openai/gpt-3.5-turbo
            candidate: openai/gpt-4
            steps:
              - { name: baseline, share: 0%, duration: 10m }
              - { name: 5% canary, share: 5%, duration: 1h }
              - { name: 25% ramp, share: 25%, duration: 1h }
              - { name: 50% ramp, share: 50%, duration: 1h, gate: manual }
              - { name: full, share: 100%, duration: 1h }
            rollback:
              - error_rate >= 10%
              - hallucination_rate >= 8%
              - p95_latency_ms >= 5000
              - avg_cost_usd >= 0.10
              - error_rate >= baseline + 2%
            """;

    /// A plan that shows what there is.
    public String example() {
        return EXAMPLE;
    }

    /// The document that an earlier run was started from.
    ///
    /// @throws NoSuchRollout if there is none with this id where somebody may look
    @Transactional
    public String of(UUID rollout, Scope sight) {
        var row = RolloutRow.load(rollout);
        if (!sight.covers(row.team)) {
            throw new NoSuchRollout(rollout);
        }
        return row.planSource;
    }
}
