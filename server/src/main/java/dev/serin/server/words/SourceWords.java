package dev.serin.server.words;

import dev.serin.server.source.SourceState;
import dev.serin.web.rollout.Fact;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/// What a rollout's source last said.
public final class SourceWords {

    private SourceWords() {}

    /// One fact for the source, and one for each rate that it only shows.
    public static List<Fact> facts(SourceState source, Instant now) {
        var facts = new ArrayList<Fact>();
        facts.add(source(source, now));
        var shown = source.readings().stream().filter(reading -> reading.calls() == null).toList();
        var metrics = new LinkedHashSet<String>();
        shown.forEach(reading -> metrics.add(reading.metric()));
        for (var metric : metrics) {
            facts.add(
                    new Fact(
                            metric,
                            shown.stream()
                                    .filter(reading -> reading.metric().equals(metric))
                                    .map(SourceWords::rate)
                                    .collect(Collectors.joining(", ")),
                            "from the source, only shown: a bare rate cannot be judged"));
        }
        return facts;
    }

    private static Fact source(SourceState source, Instant now) {
        var label = "Source " + source.name();
        var asked = source.askedAt();
        if (asked == null) {
            return new Fact(label, "not asked yet", every(source));
        }
        var trouble = source.trouble();
        if (trouble != null) {
            return new Fact(label, "no data", trouble);
        }
        return new Fact(
                label, "heard " + Times.seen(asked, now).words(), every(source) + counted(source));
    }

    private static String every(SourceState source) {
        return "asked every " + Numbers.duration(Duration.parse(source.every()));
    }

    private static String counted(SourceState source) {
        var counted =
                source.readings().stream()
                        .filter(reading -> reading.calls() != null)
                        .map(reading ->
                                "%s %s %d of %d bad"
                                        .formatted(
                                                reading.arm(),
                                                reading.metric(),
                                                reading.bad(),
                                                reading.calls()))
                        .collect(Collectors.joining(", "));
        return counted.isEmpty() ? "" : "; last: " + counted;
    }

    private static String rate(SourceState.Reading reading) {
        var rate = reading.rate();
        return "%s %s"
                .formatted(reading.arm(), rate == null ? reading.problem() : Numbers.plain(rate));
    }
}
