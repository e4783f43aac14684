package dev.serin.simulator.profile;

/// The models of the original's scenarios.
public final class Profiles {

    public static final PlainProfile GPT_3_5 =
            new PlainProfile("gpt-3.5", 350, 150, 0.02, 0.06, 0.002);

    public static final PlainProfile GPT_4_GOOD =
            new PlainProfile("gpt-4-good", 800, 400, 0.01, 0.02, 0.03);

    /// Its p95 is 7.35 s, and it costs twice as much as the good one.
    public static final PlainProfile GPT_4_BAD =
            new PlainProfile("gpt-4-bad", 4500, 3000, 0.04, 0.03, 0.06);

    public static final PlainProfile AGENT_V1 =
            new PlainProfile("agent-v1", 1200, 600, 0.06, 0.04, 0.010);

    /// Fails half as often again as version 1, and makes up three times as much.
    public static final PlainProfile AGENT_V2 =
            new PlainProfile("agent-v2", 1100, 500, 0.09, 0.12, 0.012);

    private Profiles() {}
}
