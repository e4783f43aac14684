package dev.serin.engine.rollout;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Metric;
import java.time.Duration;
import java.util.Locale;

/// Numbers as a reason tells them.
final class Numbers {

    private Numbers() {}

    static String of(Condition condition, Estimate seen) {
        var value =
                switch (condition.metric()) {
                    case Metric.Rate _ -> "%.1f %%".formatted(seen.value() * 100);
                    case Metric.Score _,
                            Metric.Percentile _,
                            Metric.Mean _,
                            Metric.CostPerSuccess _ ->
                            "%.4g".formatted(seen.value());
                };
        return String.format(Locale.ROOT, "%s of %,d calls", value, seen.calls());
    }

    static String span(Duration time) {
        if (time.toHours() >= 1 && time.toMinutesPart() == 0 && time.toSecondsPart() == 0) {
            return time.toHours() + " h";
        }
        return time.toMinutes() >= 1 && time.toSecondsPart() == 0
                ? time.toMinutes() + " min"
                : time.toSeconds() + " s";
    }
}
