package dev.serin.server.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Points in time as files write them.
final class Moments {

    private static final double SECONDS_BELOW = 1e11;

    private Moments() {}

    /// Reads RFC 3339, the same without a zone (taken as UTC, with a space or a T), and seconds or
    /// milliseconds since 1970 (below and above 100,000,000,000).
    static Instant of(Fields.Field field) throws UnreadableRow {
        var text = field.value();
        try {
            if (text.chars().allMatch(letter -> Character.isDigit(letter) || letter == '.')) {
                double number = Double.parseDouble(text);
                double seconds = number < SECONDS_BELOW ? number : number / 1000;
                return Instant.ofEpochSecond(0, Math.round(seconds * 1e6) * 1000);
            }
            var iso = text.indexOf(' ') == 10 ? text.replaceFirst(" ", "T") : text;
            boolean zoned =
                    iso.endsWith("Z") || iso.endsWith("z") || iso.matches(".*[+-]\\d\\d:\\d\\d$");
            return zoned
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException | NumberFormatException | ArithmeticException _) {
            throw new UnreadableRow(
                    "%s is a time such as 2026-11-24T10:00:00Z, got %s"
                            .formatted(field.name(), field.shown()));
        }
    }
}
