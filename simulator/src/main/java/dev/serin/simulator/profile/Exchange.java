package dev.serin.simulator.profile;

import dev.serin.engine.judge.Call;
import org.jspecify.annotations.Nullable;

/// A simulated call, and what only its provider sees of it.
///
/// @param tokensIn tokens of the prompt, 1 or more; null if the profile does not say
public record Exchange(Call call, @Nullable Long tokensIn) {}
