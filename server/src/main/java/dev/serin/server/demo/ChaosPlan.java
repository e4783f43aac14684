package dev.serin.server.demo;

import dev.serin.simulator.profile.PlainProfile;
import java.time.Duration;
import java.util.List;

/// What the upgrades of the chaos are made of. Each candidate has a provider of its own, so that each
/// fault meets its own breaker.
public final class ChaosPlan {

    /// Neither model fails by itself, so that every failure is a fault's.
    public static final PlainProfile BASELINE = new PlainProfile("steady", 120, 30, 0, 0, 0.002);

    public static final PlainProfile CANDIDATE = new PlainProfile("upgrade", 900, 80, 0, 0, 0.002);

    /// How long the gateway waits for a candidate's first byte. Three times what one takes that is
    /// well, so that a busy machine makes none fail; shorter than one takes whose latency spikes.
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private ChaosPlan() {}

    /// The providers that faults befall, as settings name them.
    public static List<String> providers() {
        return ChaosCase.ALL.stream().map(ChaosCase::provider).toList();
    }

    /// Its judge has to be so sure that it never decides on fewer calls than the breaker: which of them
    /// is first must not hang on how busy the machine is.
    ///
    /// @param half how long the candidate has half of the calls at least
    static String source(ChaosCase of, Duration half) {
        return """
        # First copies of the calls, for which no user waits; then half of the users.
        route: %s
        baseline: standin/steady
        candidate: %s/upgrade
        steps:
          - { name: shadow, share: 0%%, mirror: 100%%, duration: 2s }
          - { name: half, share: 50%%, duration: %ds }
          - { name: full, share: 100%%, duration: 0s }
        rollback:
          - error_rate >= 30%%
        confidence: { rollback: 99.99%% }
        minCalls: 30
        objectives:
          - { indicator: task_success_rate, target: 99%%, window: 20s }
        """
                .formatted(of.route(), of.name(), half.toSeconds());
    }
}
