package dev.serin.server.planfile;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A number as people write it, and what it is followed by.
///
/// @param unit what stands after the number, such as `%` or `usd`; empty for none
record Amount(BigDecimal number, String unit) {

    static final String PERCENT = "%";

    /// The longest time that a plan may name.
    static final Duration LONGEST = Duration.ofDays(365);

    private static final Pattern NUMBER =
            Pattern.compile(
                    "(\\$?)([-+]?(?:\\.[0-9]{1,40}|[0-9]{1,30}(?:\\.[0-9]{0,40})?)(?:[eE][-+]?[0-9]{1,3})?)"
                            + "\\s*(%|[a-zA-Z]*)");
    private static final Pattern TIME =
            Pattern.compile(
                    "(?:([0-9]{1,9})d)?\\s*(?:([0-9]{1,9})h)?\\s*(?:([0-9]{1,9})m(?!s))?\\s*"
                            + "(?:([0-9]{1,9})s)?\\s*(?:([0-9]{1,12})ms)?");

    /// The amount that `text` is, or null.
    static @Nullable Amount parse(String text) {
        var matcher = NUMBER.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        var unit = matcher.group(3).toLowerCase(Locale.ROOT);
        if (!matcher.group(1).isEmpty()) {
            return unit.isEmpty() ? new Amount(new BigDecimal(matcher.group(2)), "usd") : null;
        }
        return new Amount(new BigDecimal(matcher.group(2)), unit);
    }

    boolean isPercent() {
        return unit.equals(PERCENT);
    }

    /// The number, a percentage as a fraction.
    double value() {
        return isPercent() ? number.movePointLeft(2).doubleValue() : number.doubleValue();
    }

    /// The time that `text` is (`1h30m`, `500ms`, `PT30S`), or null.
    static @Nullable Duration time(String text) {
        var time = text.strip();
        if (time.regionMatches(true, 0, "P", 0, 1)) {
            return iso(time);
        }
        var matcher = TIME.matcher(time);
        if (time.isEmpty() || !matcher.matches()) {
            return null;
        }
        return Duration.ofDays(whole(matcher.group(1)))
                .plusHours(whole(matcher.group(2)))
                .plusMinutes(whole(matcher.group(3)))
                .plusSeconds(whole(matcher.group(4)))
                .plusMillis(whole(matcher.group(5)));
    }

    private static long whole(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static @Nullable Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }
}
