package dev.serin.simulator.provider;

import dev.serin.engine.judge.Call;
import dev.serin.simulator.profile.ModelProfile;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A model that answers at once, always alike, and never fails: to measure what stands before it.
public record InstantProfile(String name) implements ModelProfile {

    /// Tokens of each of its answers.
    public static final int TOKENS_OUT = 16;

    @Override
    public Call call(RandomGenerator random) {
        return new Call(false, null, 0.0, 0.0, null, (long) TOKENS_OUT, Map.of());
    }
}
