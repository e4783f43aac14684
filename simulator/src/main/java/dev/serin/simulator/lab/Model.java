package dev.serin.simulator.lab;

import dev.serin.engine.judge.Call;
import dev.serin.simulator.profile.ModelProfile;
import java.util.random.RandomGenerator;

/// What answers calls in a run: a profile, or one with something changed.
public interface Model {

    String name();

    /// The next call.
    Call call(RandomGenerator random);

    static Model of(ModelProfile profile) {
        return new Plain(profile);
    }

    /// A profile as it is.
    record Plain(ModelProfile profile) implements Model {

        @Override
        public String name() {
            return profile.name();
        }

        @Override
        public Call call(RandomGenerator random) {
            return profile.call(random);
        }
    }
}
