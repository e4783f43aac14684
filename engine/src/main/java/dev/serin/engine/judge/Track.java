package dev.serin.engine.judge;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is tallied of each call. `key()` is stored beside the tally and never changes its meaning.
public sealed interface Track {

    /// Before the name of a label in a key.
    String LABEL = "label:";

    /// Before the name of a label whose scores are tallied.
    String SCORE = "score:";

    /// Before the name of a label in the key of the calls that were chosen for it.
    String CHOSEN = "chosen:";

    /// At the beginning of the key of a number.
    String NUMBER = "number";

    /// Before the class of a failure in a key.
    String FAILURES = "failures:";

    /// A key of a number: what is tallied of it stands before its name, which may hold anything.
    Pattern OF_NUMBER =
            Pattern.compile(
                    "number(>=(?<limit>[0-9.]+)|/(?<cap>[0-9.]+))?:(?<name>.+)", Pattern.DOTALL);

    /// A key that begins with a quantity.
    Pattern OF_QUANTITY =
            Pattern.compile(
                    "(?<of>latency_ms|ttft_ms|ms_per_token|cost_usd|tokens_out)"
                            + "(>=(?<limit>[0-9.]+)|([+](?<penalty>[0-9.]+))?/(?<cap>[0-9.]+))?");

    String key();

    /// The label whose verdicts or scores it tallies; null if it tallies something else.
    default @Nullable String label() {
        return switch (this) {
            case Marked(var mark) -> mark.equals(Metric.Rate.ERROR) ? null : mark;
            case Score(var label) -> label;
            case Calls _,
                    Chosen _,
                    Reaches _,
                    Spread _,
                    Sum _,
                    CostWithFailures _,
                    Keys _,
                    Spent _,
                    Failures _ ->
                    null;
        };
    }

    /// Reads a key back.
    ///
    /// @throws IllegalArgumentException if no track has that key
    static Track parse(String key) {
        return switch (key) {
            case "calls" -> new Calls();
            case "keys" -> new Keys();
            case Spent.KEY -> new Spent();
            case Metric.Rate.ERROR -> new Marked(key);
            default -> {
                if (key.startsWith(LABEL)) {
                    yield new Marked(key.substring(LABEL.length()));
                }
                if (key.startsWith(SCORE)) {
                    yield new Score(key.substring(SCORE.length()));
                }
                if (key.startsWith(CHOSEN)) {
                    yield new Chosen(key.substring(CHOSEN.length()));
                }
                if (key.startsWith(FAILURES)) {
                    yield new Failures(key.substring(FAILURES.length()));
                }
                if (key.startsWith(NUMBER)) {
                    yield ofNumber(key);
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

    /// Scores of a label, 0 to 1. Makes [Tally.Moments] whose `v` is the sum of the squares: late
    /// scores and corrected ones then add up to the same in any order, and whoever judges picks a
    /// centre beforehand.
    record Score(String label) implements Track {
        @Override
        public String key() {
            return SCORE + label;
        }
    }

    /// Calls that are to carry the label: those chosen by the hash of their id, and those that brought
    /// it along. Makes [Tally.Counts] without bad ones.
    ///
    /// @param by name of the label
    record Chosen(String by) implements Track {
        @Override
        public String key() {
            return CHOSEN + by;
        }
    }

    /// Calls whose measure is known; bad are those at or over the limit. Makes [Tally.Counts].
    record Reaches(Measure of, double limit) implements Track {
        @Override
        public String key() {
            return keyOf(of, ">=" + plain(limit));
        }
    }

    /// The measure's histogram. Makes [Tally.Histogram].
    record Spread(Measure of) implements Track {
        @Override
        public String key() {
            return keyOf(of, "");
        }
    }

    /// The measure's moments under a cap. Makes [Tally.Moments].
    record Sum(Measure of, double cap) implements Track {
        @Override
        public String key() {
            return keyOf(of, "/" + plain(cap));
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

    /// What calls cost, those that nobody judges too. Makes [Tally.Moments] without a spread.
    record Spent() implements Track {

        /// Servers of the release before read no evidence that holds a key which they do not
        /// know. This one they take for a sum under a cap that no plan can have: money spent, and
        /// no condition asks for it.
        static final String KEY = "cost_usd/1000000000000";

        @Override
        public String key() {
            return KEY;
        }
    }

    /// Failed calls of one class. Makes [Tally.Counts], all of them bad.
    record Failures(String errorClass) implements Track {
        @Override
        public String key() {
            return FAILURES + errorClass;
        }
    }

    /// @param what is tallied of it, as a key says it
    private static String keyOf(Measure of, String what) {
        return switch (of) {
            case Quantity quantity -> quantity.key() + what;
            case Measure.Named(var name) -> NUMBER + what + ":" + name;
        };
    }

    private static Track ofNumber(String key) {
        var matcher = OF_NUMBER.matcher(key);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no track has the key " + key);
        }
        var of = new Measure.Named(matcher.group("name"));
        var limit = matcher.group("limit");
        var cap = matcher.group("cap");
        if (limit != null) {
            return new Reaches(of, Double.parseDouble(limit));
        }
        return cap == null ? new Spread(of) : new Sum(of, Double.parseDouble(cap));
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
