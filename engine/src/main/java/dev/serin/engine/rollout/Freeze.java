package dev.serin.engine.rollout;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// A time in which no share rises. Judging, rolling back, pausing and opening gates go on.
///
/// @param until when it ends; at this moment it holds no more
/// @param by who decided it
/// @param why their reason; may be empty
public record Freeze(Instant until, String by, String why) {

    /// Holds at no time.
    public static final Freeze NONE = new Freeze(Instant.MIN, "", "");

    private static final DateTimeFormatter TIME = time("EEEE d MMM HH:mm");
    private static final DateTimeFormatter TIME_WITH_SECONDS = time("EEEE d MMM HH:mm:ss");

    /// Whether no share may rise at `now`.
    public boolean holds(Instant now) {
        return now.isBefore(until);
    }

    /// When it ends: `Monday 30 Nov 09:00 UTC`.
    ///
    /// @throws java.time.DateTimeException of [#NONE], which has no end
    public String end() {
        // A moment within a second ends with it: nobody is told too early a time.
        var whole = until.truncatedTo(ChronoUnit.SECONDS);
        var shown = whole.equals(until) ? whole : whole.plusSeconds(1);
        return (shown.getEpochSecond() % 60 == 0 ? TIME : TIME_WITH_SECONDS).format(shown);
    }

    /// Who decided it and why: `frozen by noor: release week`.
    public String cause() {
        return "frozen by %s%s".formatted(by, why.isBlank() ? "" : ": " + why.strip());
    }

    /// Why a share does not rise, without a full stop:
    /// `waits until Monday 30 Nov 09:00 UTC: frozen by noor: release week`.
    public String sentence() {
        return "waits until %s: %s".formatted(end(), cause());
    }

    private static DateTimeFormatter time(String pattern) {
        return DateTimeFormatter.ofPattern(pattern + " 'UTC'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
    }
}
