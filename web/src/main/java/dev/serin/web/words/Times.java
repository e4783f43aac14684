package dev.serin.web.words;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Puts moments into words.
public final class Times {

    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final Duration A_MONTH = Duration.ofDays(31);

    private Times() {}

    /// The moment `at`, as somebody says it who looks at it at the moment `now`.
    public static When seen(Instant at, Instant now) {
        return new When(at, relative(at, now), exact(at));
    }

    /// Such as `2026-11-24 21:14:34 UTC`.
    public static String exact(Instant at) {
        return EXACT.format(at);
    }

    private static String relative(Instant at, Instant now) {
        var age = Duration.between(at, now);
        if (age.abs().compareTo(A_MONTH) >= 0) {
            return DAY.format(at);
        }
        if (age.abs().toSeconds() < 5) {
            return "just now";
        }
        var words = Numbers.coarse(age.abs());
        return age.isNegative() ? "in " + words : words + " ago";
    }
}
