package dev.serin.server.planfile;

import dev.serin.engine.plan.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads single values. Each method answers null when it has refused the value.
public final class Scalars {

    static final String TIMES = "write a time with its unit, such as 500ms, 30s, 5m, 2h or 1h30m";

    private static final int LONGEST_NOTE = 2_000;

    /// Smallest share that the split can make.
    private static final double LEAST_SHARE = 0.0001;

    private final Refusals refusals;

    public Scalars(Refusals refusals) {
        this.refusals = refusals;
    }

    public @Nullable String name(Value value, String field) {
        var text = text(value, field);
        if (text == null) {
            return null;
        }
        if (text.isBlank()) {
            return refuse(value, field, "a name is needed; write one");
        }
        if (text.length() > Names.LONGEST) {
            return refuse(
                    value,
                    field,
                    "a name has at most %d characters, got %d; shorten it"
                            .formatted(Names.LONGEST, text.length()));
        }
        if (!text.codePoints().allMatch(Names::isPlain)) {
            return refuse(
                    value, field, "a name has no control characters or line breaks; remove them");
        }
        if (!text.strip().equals(text)) {
            return refuse(value, field, "a name has no spaces around it; remove them");
        }
        return text;
    }

    /// A name that stands in addresses.
    public @Nullable String route(Value value, String field) {
        var name = name(value, field);
        if (name != null && !name.codePoints().allMatch(Scalars::mayStandInAddress)) {
            return refuse(
                    value,
                    field,
                    "a route is made of letters, digits, '-', '_', '.' and ':'; write %s"
                            .formatted(name.replaceAll("[^\\p{L}\\p{N}._:-]+", "-")));
        }
        return name;
    }

    public @Nullable String note(Value value, String field) {
        var text = text(value, field);
        if (text != null && text.length() > LONGEST_NOTE) {
            return refuse(
                    value,
                    field,
                    "a note has at most %d characters, got %d; shorten it"
                            .formatted(LONGEST_NOTE, text.length()));
        }
        if (text != null
                && !text.codePoints().allMatch(c -> c == '\n' || c == '\t' || Names.isPlain(c))) {
            return refuse(value, field, "a note has no control characters; remove them");
        }
        return text;
    }

    public @Nullable String text(Value value, String field) {
        return switch (value) {
            case Value.Text(_, String text) -> text;
            case Value.Numeric(_, String text) ->
                    refuse(value, field, "text belongs here; write \"%s\"".formatted(text));
            case Value.Flag flag ->
                    refuse(value, field, "text belongs here; write \"%s\"".formatted(flag.shown()));
            case Value.Nothing _, Value.Items _, Value.Fields _ ->
                    refuse(value, field, "text belongs here, got " + value.kind());
        };
    }

    public @Nullable Share share(Value value, String field) {
        var amount = amount(value, field, "a share is 0% to 100%; write it as 5% or 0.05");
        if (amount == null) {
            return null;
        }
        double fraction = amount.value();
        if (!amount.isPercent() && fraction > 1 && fraction <= 100) {
            return refuse(
                    value,
                    field,
                    "%1$s without %% would be %1$s times all calls; write %1$s%%"
                            .formatted(plain(amount)));
        }
        if (!(fraction >= 0 && fraction <= 1)) {
            return refuse(value, field, "a share is 0% to 100%; write one between them");
        }
        if (fraction > 0 && fraction < LEAST_SHARE) {
            return refuse(value, field, "the smallest share is 0.01%; write 0.01% or 0%");
        }
        return new Share(fraction + 0.0);
    }

    /// A part of something, above 0 and below 1.
    public @Nullable Double part(Value value, String field, String what) {
        var rule = what + " lies between 0% and 100%; write it as 95% or 0.95";
        var amount = amount(value, field, rule);
        if (amount == null) {
            return null;
        }
        double fraction = amount.value();
        if (!amount.isPercent() && fraction > 1 && fraction < 100) {
            return refuse(value, field, "%s is above 1; write %1$s%%".formatted(plain(amount)));
        }
        return fraction > 0 && fraction < 1 ? fraction : refuse(value, field, rule);
    }

    /// A part of something, 0 to 1.
    public @Nullable Double partOrAll(Value value, String field, String what) {
        var share = amount(value, field, what + " is 0% to 100%; write it as 5% or 0.05");
        if (share == null) {
            return null;
        }
        double fraction = share.value() + 0.0;
        if (!share.isPercent() && fraction > 1 && fraction <= 100) {
            return refuse(value, field, "%s is above 1; write %1$s%%".formatted(plain(share)));
        }
        return fraction >= 0 && fraction <= 1
                ? fraction
                : refuse(value, field, what + " is 0% to 100%; write one between them");
    }

    /// Fraction or percentage; other units are refused with `rule`.
    private @Nullable Amount amount(Value value, String field, String rule) {
        if (!(value instanceof Value.Text || value instanceof Value.Numeric)) {
            return refuse(value, field, rule);
        }
        var amount = Amount.parse(value.shown());
        return amount != null && (amount.isPercent() || amount.unit().isEmpty())
                ? amount
                : refuse(value, field, rule);
    }

    /// A number above 0 and up to `most`.
    public @Nullable Double positive(Value value, String field, String what, double most) {
        var amount = value instanceof Value.Numeric ? Amount.parse(value.shown()) : null;
        if (amount == null && value instanceof Value.Text(_, String text)) {
            var quoted = Amount.parse(text);
            amount = quoted != null && quoted.unit().equals("usd") ? quoted : null;
        }
        if (amount == null || !(amount.value() > 0 && amount.value() <= most)) {
            return refuse(
                    value,
                    field,
                    "%s is a number above 0, at most %s; write it without quotes"
                            .formatted(what, plain(most)));
        }
        return amount.value();
    }

    /// A number between two others.
    public @Nullable Double number(
            Value value, String field, String what, double least, double most) {
        var amount = value instanceof Value.Numeric ? Amount.parse(value.shown()) : null;
        if (amount == null || !(amount.value() >= least && amount.value() <= most)) {
            return refuse(
                    value,
                    field,
                    "%s is a number from %s to %s; write it without quotes"
                            .formatted(what, plain(least), plain(most)));
        }
        return amount.value();
    }

    public @Nullable Long whole(Value value, String field, String what, long most) {
        if (value instanceof Value.Numeric(_, String text)) {
            var amount = Amount.parse(text);
            double number = amount == null ? Double.NaN : amount.value();
            if (number >= 1 && number <= most && number == Math.rint(number)) {
                return (long) number;
            }
        }
        return refuse(
                value,
                field,
                "%s is a whole number from 1 to %d; write it without quotes".formatted(what, most));
    }

    /// A time of 0 or more.
    public @Nullable Duration time(Value value, String field) {
        if (value instanceof Value.Numeric(_, String text)) {
            var amount = Amount.parse(text);
            if (amount != null && amount.value() == 0) {
                return Duration.ZERO;
            }
            return refuse(
                    value,
                    field,
                    amount != null && amount.value() > 0
                            ? "%1$s has no unit; write %1$ss for seconds".formatted(text)
                            : "a time is 0s or more; " + TIMES);
        }
        if (!(value instanceof Value.Text(_, String text))) {
            return refuse(value, field, TIMES);
        }
        var time = Amount.time(text);
        if (time == null) {
            return refuse(
                    value,
                    field,
                    text.strip().startsWith("-") ? "a time is 0s or more; " + TIMES : TIMES);
        }
        return inRange(time, value, field);
    }

    /// A time above 0.
    public @Nullable Duration someTime(Value value, String field) {
        var time = time(value, field);
        return time == null || time.isPositive()
                ? time
                : refuse(value, field, "this takes longer than 0s; " + TIMES);
    }

    /// Seconds as the original wrote them, 0 or more.
    public @Nullable Duration seconds(Value value, String field) {
        var amount = value instanceof Value.Numeric ? Amount.parse(value.shown()) : null;
        if (amount == null || !(amount.value() >= 0 && amount.value() <= 1e9)) {
            return refuse(value, field, "seconds are a number, 0 or more; or write duration: 30s");
        }
        return inRange(Duration.ofMillis(Math.round(amount.value() * 1000)), value, field);
    }

    private @Nullable Duration inRange(Duration time, Value value, String field) {
        if (time.isNegative()) {
            return refuse(value, field, "a time is 0s or more; " + TIMES);
        }
        return time.compareTo(Amount.LONGEST) <= 0
                ? time
                : refuse(value, field, "a time is at most 365d; write a shorter one");
    }

    public @Nullable Boolean flag(Value value, String field) {
        return value instanceof Value.Flag(_, boolean on)
                ? on
                : refuse(value, field, "this is true or false; write it without quotes");
    }

    /// One of the words in `meanings`.
    public <T> @Nullable T word(Value value, String field, Map<String, T> meanings) {
        var text = text(value, field);
        if (text == null) {
            return null;
        }
        var meaning = meanings.get(text);
        return meaning != null
                ? meaning
                : refuse(
                        value,
                        field,
                        "%s is not known here%s"
                                .formatted(
                                        Refusals.quoted(text),
                                        Names.meant(
                                                text,
                                                meanings.keySet().stream().sorted().toList())));
    }

    /// The items of a list; one value stands for a list of one where `alone` allows it.
    public @Nullable List<Value> items(Value value, String field, String example) {
        if (value instanceof Value.Items(_, List<Value> items)) {
            return items;
        }
        return refuse(value, field, "a list belongs here; write - " + example);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the answer is null for every type
    public <T> @Nullable T refuse(Value value, String field, String message) {
        refusals.add(value, field, message);
        return null;
    }

    public static String plain(double number) {
        return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String plain(Amount amount) {
        return amount.number().stripTrailingZeros().toPlainString();
    }

    private static boolean mayStandInAddress(int character) {
        return Character.isLetterOrDigit(character)
                || Character.getType(character) == Character.NON_SPACING_MARK
                || "-_.:".indexOf(character) >= 0;
    }
}
