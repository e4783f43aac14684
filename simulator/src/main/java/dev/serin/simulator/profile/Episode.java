package dev.serin.simulator.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// What now and then befalls a provider for some minutes, or one of its models.
///
/// @param every one begins in each stretch of this length, at a random moment; above 0
/// @param lasts its mean length; the lengths are exponential, cut at `every`; above 0, at most `every`
/// @param share part of the calls that it hits, 0 to 1
/// @param times how much slower answers are, or how much more often bad, 1 or more
public record Episode(Kind kind, Duration every, Duration lasts, double share, double times) {

    /// What befalls.
    public enum Kind {
        /// Answers take `times` as long.
        LATENCY_SPIKE(ModelProfile.FAILURE, true),
        /// The hit calls fail with 5xx.
        PARTIAL_OUTAGE(ModelProfile.FAILURE, true),
        /// All calls fail with 5xx.
        FULL_OUTAGE(ModelProfile.FAILURE, true),
        /// The hit calls fail with 429.
        RATE_LIMIT("429", true),
        /// The account's tokens are used up: all calls fail, and a retry is useless.
        QUOTA("insufficient_quota", true),
        /// Of one model alone: its answers are bad `times` as often.
        QUALITY_DRIFT("", false);

        private final String errorClass;
        private final boolean shared;

        Kind(String errorClass, boolean shared) {
            this.errorClass = errorClass;
            this.shared = shared;
        }

        /// Its name in files.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Why a call that it hits fails.
        String errorClass() {
            return errorClass;
        }

        /// Whether it befalls all models of the provider alike.
        boolean isShared() {
            return shared;
        }
    }

    public Episode {
        if (!every.isPositive() || !lasts.isPositive() || lasts.compareTo(every) > 0) {
            throw new IllegalArgumentException(
                    "an episode lasts longer than 0s and not longer than the time between two, got "
                            + "%s every %s".formatted(lasts, every));
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is 0 to 1, got " + share);
        }
        if (!(times >= 1 && times <= 1000)) {
            throw new IllegalArgumentException("times is 1 to 1000, got " + times);
        }
    }

    /// Whether one is under way. A pure function: the same fate and time always give the same answer.
    ///
    /// @param fate a number for the provider, or for the model if it is its alone
    boolean isOn(Instant at, long fate) {
        long length = every.toMillis();
        long now = at.toEpochMilli();
        long stretch = Math.floorDiv(now, length);
        return covers(stretch, now, fate) || covers(stretch - 1, now, fate);
    }

    private boolean covers(long stretch, long now, long fate) {
        long name = mix(fate ^ mix(kind.key().hashCode() + 31L * every.toMillis()) ^ mix(stretch));
        double length = every.toMillis();
        double begins = stretch * length + part(name) * length;
        double runs = Math.min(length, -lasts.toMillis() * Math.log1p(-part(mix(name + 1))));
        return now >= begins && now < begins + runs;
    }

    /// 0 to below 1.
    private static double part(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /// Spreads the bits of a number (SplitMix64's finalizer).
    static long mix(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
