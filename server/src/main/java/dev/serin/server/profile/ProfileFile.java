package dev.serin.server.profile;

import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.traffic.Rhythm;
import org.jspecify.annotations.Nullable;

/// A model's profile, and what its file says beside it.
///
/// @param arrivals how its calls come in; null if the file does not say
public record ProfileFile(ModelProfile profile, @Nullable Rhythm arrivals) {}
