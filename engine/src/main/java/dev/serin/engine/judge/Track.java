package dev.serin.engine.judge;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/// What is tallied of each call. `key()` is stored beside the tally and never changes its meaning.
public sealed interface Track {

    /// Before the name of a label in a key.
    String LABEL = "label:";

    /// Before the class of a failure in a key.
    String FAILURES = "failures:";

    /// A key that begins with a quantity.
    Pattern OF_QUANTITY =
            Pattern.compile(
                    "(?<of>latency_ms|ttft_ms|ms_per_token|cost_usd|tokens_out)"
                            + "(>=(?<limit>[0-9.]+)|([+](?<penalty>[0-9.]+))?/(?<cap>[0-9.]+))?");

    String key();

    /// Reads a key back.
    ///
    /// @throws IllegalArgumentException if no track has that key
    static Track parse(String key) {
        return switch (key) {
            case "calls" -> new Calls();
            case "keys" -> new Keys();
            case Metric.Rate.ERROR -> new Marked(key);
            default -> {
                if (key.startsWith(LABEL)) {
                    yield new Marked(key.substring(LABEL.length()));
                }
                if (key.startsWith(FAILURES)) {
                    yield new Failures(key.substring(FAILURES.length()));
                }
                yield ofQuantity(key);
            }
        };
    }

    /// All calls; bad are those of which anything is known to be bad.
    record Calls() implements Track {
        @Override
        public String key() {
            return "calls";
        }
    }

    /// Calls that carry the mark: [Metric.Rate#ERROR] or a label. Makes [Tally.Counts].
    record Marked(String mark) implements Track {
        @Override
        public String key() {
            return mark.equals(Metric.Rate.ERROR) ? mark : LABEL + mark;
        }
    }

    /// Calls whose quantity is known; bad are those at or over the limit. Makes [Tally.Counts].
    record Reaches(Quantity of, double limit) implements Track {
        @Override
        public String key() {
            return of.key() + ">=" + plain(limit);
        }
    }

    /// The quantity's histogram. Makes [Tally.Histogram].
    record Spread(Quantity of) implements Track {
        @Override
        public String key() {
            return of.key();
        }
    }

    /// The quantity's moments under a cap. Makes [Tally.Moments].
    record Sum(Quantity of, double cap) implements Track {
        @Override
        public String key() {
            return of.key() + "/" + plain(cap);
        }
    }

    /// Moments of cost + `penalty` for each failed call, under a cap. Makes [Tally.Moments].
    record CostWithFailures(double penalty, double cap) implements Track {
        @Override
        public String key() {
            return "cost_usd+" + plain(penalty) + "/" + plain(cap);
        }
    }

    /// Keys seen for the first time in the step. Makes [Tally.Counts] without bad ones.
    record Keys() implements Track {
        @Override
        public String key() {
            return "keys";
        }
    }

    /// Failed calls of one class. Makes [Tally.Counts], all of them bad.
    record Failures(String errorClass) implements Track {
        @Override
        public String key() {
            return FAILURES + errorClass;
        }
    }

    private static Track ofQuantity(String key) {
        var matcher = OF_QUANTITY.matcher(key);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no track has the key " + key);
        }
        var of = Quantity.valueOf(matcher.group("of").toUpperCase(Locale.ROOT));
        var limit = matcher.group("limit");
        var penalty = matcher.group("penalty");
        var cap = matcher.group("cap");
        if (limit != null) {
            return new Reaches(of, Double.parseDouble(limit));
        }
        if (cap == null) {
            return new Spread(of);
        }
        return penalty == null
                ? new Sum(of, Double.parseDouble(cap))
                : new CostWithFailures(Double.parseDouble(penalty), Double.parseDouble(cap));
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
