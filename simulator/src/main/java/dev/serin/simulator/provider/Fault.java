package dev.serin.simulator.provider;

import dev.serin.simulator.profile.Failures;
import dev.serin.simulator.profile.ModelProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What befalls a stand-in as long as somebody wants it to.
public enum Fault {
    /// 70 % of the calls take five times as long.
    LATENCY_SPIKE(0.7, "70 % of the calls take five times as long"),
    /// Half of the calls fail with 5xx.
    PARTIAL_OUTAGE(0.5, "50 % of the calls fail with 5xx"),
    /// All calls fail with 5xx.
    FULL_OUTAGE(1, "all calls fail with 5xx"),
    /// 80 % of the calls are told to come again later.
    RATE_LIMIT(0.8, "80 % of the calls get 429 with Retry-After"),
    /// The account's tokens are used up.
    QUOTA(1, "all calls get 429 insufficient_quota"),
    /// Every prompt is longer than what the model reads.
    CONTEXT_OVERFLOW(1, "all calls get 400 context_length_exceeded"),
    /// Three answers of ten are bad by each of their labels.
    QUALITY_DRIFT(0.3, "30 % of the answers are bad by every label");

    private static final double SLOWER = 5;

    private final double share;
    private final String meaning;

    Fault(double share, String meaning) {
        this.share = share;
        this.meaning = meaning;
    }

    /// Its name on a command line.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it does, in a few words.
    public String meaning() {
        return meaning;
    }

    /// The fault with this name.
    public static Optional<Fault> named(String key) {
        return Arrays.stream(values()).filter(it -> it.key().equals(key)).findFirst();
    }

    /// All names.
    public static List<String> keys() {
        return Arrays.stream(values()).map(Fault::key).toList();
    }

    /// What becomes of a call under the fault.
    ///
    /// @param u the call's random number of 0 to 1
    Turn befall(Turn turn, double u) {
        if (u >= share) {
            return turn;
        }
        return switch (this) {
            case LATENCY_SPIKE -> turn.slower(SLOWER);
            case PARTIAL_OUTAGE, FULL_OUTAGE -> turn.refused(ModelProfile.FAILURE);
            case RATE_LIMIT -> turn.refused(ErrorReply.RATE_LIMITED);
            case QUOTA -> turn.refused(ErrorReply.QUOTA_USED_UP);
            case CONTEXT_OVERFLOW -> turn.refused(Failures.CONTEXT_OVERFLOW);
            case QUALITY_DRIFT -> turn.worse();
        };
    }
}
