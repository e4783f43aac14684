package dev.serin.simulator.lab;

import dev.serin.engine.judge.Call;
import dev.serin.engine.plan.Plan;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.PlainProfile;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What answers calls in a run: a profile, or one with something changed.
public interface Model {

    String name();

    /// The next call of a model that is the same at any time.
    Call call(RandomGenerator random);

    /// The next call.
    ///
    /// @param at when it begins, in nanoseconds since the run's start
    default Call call(long at, RandomGenerator random) {
        return call(random);
    }

    /// The same model in a run of this seed: what happens to a provider happens to all its models.
    default Model under(long seed) {
        return this;
    }

    /// The plain profile whose calls these are, number for number; null if they are not.
    default @Nullable PlainProfile plain() {
        return null;
    }

    static Model of(ModelProfile profile) {
        return profile instanceof PlainProfile plain ? new Plain(plain) : new Timed(profile);
    }

    /// The same where only so many answers are labelled as the plan says.
    static Model of(ModelProfile profile, Plan plan) {
        var labels = plan.labels();
        var model = of(profile);
        return labels == null || labels.share().fraction() >= 1
                ? model
                : new Sampled(model, labels.share().fraction());
    }

    /// A profile that is the same at any time.
    record Plain(PlainProfile plain) implements Model {

        @Override
        public String name() {
            return plain.name();
        }

        @Override
        public Call call(RandomGenerator random) {
            return plain.call(random);
        }
    }

    /// A profile whose calls depend on when they are made.
    record Timed(ModelProfile profile) implements Model {

        @Override
        public String name() {
            return profile.name();
        }

        @Override
        public Call call(RandomGenerator random) {
            return profile.call(random);
        }

        @Override
        public Call call(long at, RandomGenerator random) {
            return profile.call(Instant.EPOCH.plusNanos(at), random);
        }

        @Override
        public Model under(long seed) {
            return new Timed(profile.under(seed));
        }
    }

    /// A model of whose answers only a part is labelled.
    record Sampled(Model model, double share) implements Model {

        @Override
        public String name() {
            return model.name();
        }

        @Override
        public Call call(RandomGenerator random) {
            return sampled(model.call(random), random);
        }

        @Override
        public Call call(long at, RandomGenerator random) {
            return sampled(model.call(at, random), random);
        }

        @Override
        public Model under(long seed) {
            return new Sampled(model.under(seed), share);
        }

        private Call sampled(Call call, RandomGenerator random) {
            return random.nextDouble() < share ? call : call.withLabels(Map.of());
        }
    }
}
