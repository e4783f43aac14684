package dev.serin.simulator.profile;

import dev.serin.engine.judge.Call;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A model by the original's formula: its latency is `baseMs` + U(0, `jitterMs`), its price `costUsd`
/// + U(0, 0.15 `costUsd`), and nothing where it fails.
///
/// @param name of the profile; a plan may call the model otherwise
/// @param baseMs the least latency, above 0
/// @param jitterMs what is added to it at most, 0 or more
/// @param errorRate part of the calls that fail, 0 to 1
/// @param hallucinationRate part of the answers that are made up, 0 to 1; a failed call has no
///     answer and carries no label
/// @param costUsd the least price of an answer, 0 or more
public record PlainProfile(
        String name,
        double baseMs,
        double jitterMs,
        double errorRate,
        double hallucinationRate,
        double costUsd)
        implements ModelProfile {

    private static final double PRICE_JITTER = 0.15;

    public PlainProfile {
        if (!(baseMs > 0 && baseMs < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a base latency is above 0 ms, got " + baseMs);
        }
        if (!(jitterMs >= 0 && jitterMs < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a jitter is 0 ms or more, got " + jitterMs);
        }
        requireRate("an error rate", errorRate);
        requireRate("a hallucination rate", hallucinationRate);
        if (!(costUsd >= 0 && costUsd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a price is 0 USD or more, got " + costUsd);
        }
    }

    /// The next call. Draws four numbers whatever comes of them, so that two profiles that differ in
    /// one rate differ in nothing else under the same seed.
    @Override
    public Call call(RandomGenerator random) {
        double latencyMs = latencyMs(random.nextDouble());
        boolean failed = fails(random.nextDouble());
        boolean hallucinated = makesUp(random.nextDouble());
        return call(latencyMs, failed, hallucinated, priceUsd(random.nextDouble()));
    }

    /// The latency that belongs to a random number of 0 to 1, a call's first.
    public double latencyMs(double u) {
        return baseMs + jitterMs * u;
    }

    /// Whether the call fails whose second random number this is.
    public boolean fails(double u) {
        return u < errorRate;
    }

    /// Whether the call makes its answer up, if it has one, whose third random number this is.
    public boolean makesUp(double u) {
        return u < hallucinationRate;
    }

    /// What the call costs, if it has an answer, whose fourth random number this is.
    public double priceUsd(double u) {
        return costUsd * (1 + PRICE_JITTER * u);
    }

    /// What is seen of a call of which this was drawn.
    public static Call call(
            double latencyMs, boolean failed, boolean hallucinated, double priceUsd) {
        return failed
                ? new Call(true, FAILURE, latencyMs, null, 0.0, null, Map.of())
                : new Call(
                        false,
                        null,
                        latencyMs,
                        null,
                        priceUsd,
                        null,
                        Map.of(HALLUCINATION, hallucinated));
    }

    private static void requireRate(String what, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(what + " is 0 to 1, got " + rate);
        }
    }
}
