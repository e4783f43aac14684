package dev.serin.web.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Time across a picture.
///
/// @param to not before `from`
record TimeAxis(Instant from, Instant to) {

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration MINUTES = Duration.ofMinutes(10);

    /// Where a moment stands, 0 at the left end and 1 at the right one; those beyond stand at an end.
    double x(Instant at) {
        double whole = length().toMillis();
        return whole == 0 ? 0.5 : Math.clamp(Duration.between(from, at).toMillis() / whole, 0, 1);
    }

    /// Both ends in words, which a script may turn into the reader's zone.
    void ends(Svg svg, double y) {
        svg.raw(moment(from, "0%", "start", y)).raw(moment(to, "100%", "end", y));
    }

    private String moment(Instant at, String x, String anchor, double y) {
        var pattern =
                length().compareTo(A_DAY) >= 0
                        ? "d MMM HH:mm"
                        : length().compareTo(MINUTES) < 0 ? "HH:mm:ss" : "HH:mm";
        var words =
                DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                        .withZone(ZoneOffset.UTC)
                        .format(at);
        return "<text class=\"moment\" x=\"%s\" y=\"%s\" text-anchor=\"%s\" data-at=\"%s\" data-form=\"%s\">%s UTC</text>"
                .formatted(x, Svg.number(y), anchor, at, pattern, words);
    }

    private Duration length() {
        return Duration.between(from, to);
    }
}
