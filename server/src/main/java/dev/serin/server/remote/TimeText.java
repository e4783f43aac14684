package dev.serin.server.remote;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads how long something may take: `90s`, `30m`, `2h`, `1h30m`, or ISO 8601.
final class TimeText implements ITypeConverter<Duration> {

    TimeText() {}

    @Override
    public Duration convert(String text) {
        var upper = text.strip().toUpperCase(Locale.ROOT);
        try {
            var time = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
            if (time.isPositive()) {
                return time;
            }
        } catch (DateTimeException _) {
            // told below, like a time that is over before it begins
        }
        throw new TypeConversionException("'%s' is no time such as 90s, 30m or 2h".formatted(text));
    }
}
