package dev.serin.simulator.provider;

import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.RealisticProfile;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A model that a stand-in answers for, by its profile's name.
///
/// @param seed gives what it says again, call by call
public record StandInModel(ModelProfile profile, long seed) {

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    public StandInModel {
        profile = profile.under(seed);
    }

    public String name() {
        return profile.name();
    }

    /// What becomes of a call.
    ///
    /// @param number of the call, counted by the stand-in
    /// @param at when it begins
    /// @param fault what befalls the stand-in; null for nothing
    public Turn turn(long number, Instant at, @Nullable Fault fault) {
        var random = new SplittableRandom(seed * 31 + number * SPREAD);
        var turn = Turn.of(profile.exchange(at, random));
        return fault == null ? turn : fault.befall(turn, random.nextDouble());
    }

    /// The longest prompt that it reads, in tokens; empty for any.
    public OptionalDouble contextTokens() {
        return switch (profile) {
            case RealisticProfile realistic -> orAny(realistic.failures().contextTokens());
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble orAny(@Nullable Double most) {
        return most == null ? OptionalDouble.empty() : OptionalDouble.of(most);
    }
}
