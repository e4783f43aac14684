package dev.serin.server.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/// Points in time as files write them.
final class Moments {

    /// As a file may write it that keeps numbers in floating point: `1.7324424005E9`.
    private static final Pattern NUMBER = Pattern.compile("[\\d.]+([eE]\\+?\\d{1,2})?");

    /// A time of day and its zone, which databases also write as `+00` or `+0530`.
    private static final Pattern ZONED =
            Pattern.compile("(.*\\d\\d:\\d\\d.*?) ?(Z|z|[+-]\\d\\d(?::?\\d\\d)?)");

    private static final BigDecimal SECONDS_BELOW = new BigDecimal("1e11");
    private static final BigDecimal MILLIS_BELOW = new BigDecimal("1e14");
    private static final BigDecimal MICROS_BELOW = new BigDecimal("1e17");

    private Moments() {}

    /// Reads RFC 3339, the same without a zone (taken as UTC, with a space or a T) or with one that is only
    /// hours, and seconds since
    /// 1970 (below 100,000,000,000), milliseconds, microseconds or nanoseconds (each from a thousand
    /// times that on).
    static Instant of(Fields.Field field) throws UnreadableRow {
        var text = field.value();
        try {
            if (NUMBER.matcher(text).matches()) {
                return since1970(new BigDecimal(text));
            }
            var zoned = ZONED.matcher(text);
            return zoned.matches()
                    ? local(zoned.group(1))
                            .toInstant(ZoneOffset.of(zoned.group(2).replace('z', 'Z')))
                    : local(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException | NumberFormatException | ArithmeticException _) {
            throw new UnreadableRow(
                    "%s is a time such as 2026-11-24T10:00:00Z, got %s"
                            .formatted(field.name(), field.shown()));
        }
    }

    private static LocalDateTime local(String text) {
        var iso = text.indexOf(' ') == 10 ? text.replaceFirst(" ", "T") : text;
        return LocalDateTime.parse(iso.replace(',', '.'));
    }

    private static Instant since1970(BigDecimal number) {
        var nanos = number.movePointRight(digitsToNanos(number));
        return Instant.ofEpochSecond(0, nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private static int digitsToNanos(BigDecimal number) {
        if (number.compareTo(SECONDS_BELOW) < 0) {
            return 9;
        }
        if (number.compareTo(MILLIS_BELOW) < 0) {
            return 6;
        }
        return number.compareTo(MICROS_BELOW) < 0 ? 3 : 0;
    }
}
