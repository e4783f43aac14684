package dev.serin.simulator.profile;

import dev.serin.engine.judge.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// How a simulated model behaves.
public interface ModelProfile {

    /// The label that a simulated answer carries.
    String HALLUCINATION = "hallucination";

    /// Why a simulated call fails where nothing else is said.
    String FAILURE = "5xx";

    /// The profile's name; a plan may call the model otherwise.
    String name();

    /// The next call of a model that is the same at any time.
    Call call(RandomGenerator random);

    /// The next call of a model whose behaviour depends on when it is asked.
    ///
    /// @param at when the call begins
    default Call call(Instant at, RandomGenerator random) {
        return call(random);
    }

    /// The same call with what only its provider sees.
    ///
    /// @param at when the call begins
    default Exchange exchange(Instant at, RandomGenerator random) {
        return new Exchange(call(at, random), null);
    }

    /// How long after the answer the verdict on it arrives.
    ///
    /// @param label that the answer carries
    default Duration labelDelay(String label, RandomGenerator random) {
        return Duration.ZERO;
    }

    /// The same model where what happens to its provider follows from `seed`; two models of one
    /// provider share it.
    default ModelProfile under(long seed) {
        return this;
    }
}
