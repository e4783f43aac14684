package dev.serin.web.words;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/// Puts numbers into words. What is not a number is `not known`, never nothing and never 0.
public final class Numbers {

    /// What is printed where a number is missing.
    public static final String NOT_KNOWN = "not known";

    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    private Numbers() {}

    /// An observed rate with the calls that it rests on: `2.1 % of 412`.
    ///
    /// @param rate 0 to 1
    public static String rateOf(double rate, long calls) {
        return calls == 0 ? "no calls yet" : percent(rate) + " of " + count(calls);
    }

    /// A rate or a part of a whole: `2.1 %`, `34 %`, `99.9 %`. What is not all is never printed as
    /// 100 %, and what is not nothing never as 0 %.
    ///
    /// @param fraction 0 to 1; a difference may be below 0
    public static String percent(double fraction) {
        if (!Double.isFinite(fraction)) {
            return NOT_KNOWN;
        }
        return signed(fraction, percentDigits(Math.abs(fraction) * 100)) + " %";
    }

    /// A share or a limit, which somebody chose and which is printed as it was chosen: `25 %`.
    public static String share(double fraction) {
        if (!Double.isFinite(fraction)) {
            return NOT_KNOWN;
        }
        var percent = BigDecimal.valueOf(Math.abs(fraction)).movePointRight(2);
        return signed(fraction, trimmed(percent.setScale(4, RoundingMode.HALF_UP))) + " %";
    }

    /// A difference of two rates: `+1.2 points`.
    public static String points(double difference) {
        if (!Double.isFinite(difference)) {
            return NOT_KNOWN;
        }
        return plus(difference)
                + signed(difference, percentDigits(Math.abs(difference) * 100))
                + " points";
    }

    /// US dollars with two significant digits: `$4,800`, `$0.033`.
    public static String usd(double usd) {
        if (!Double.isFinite(usd)) {
            return NOT_KNOWN;
        }
        var rounded = new BigDecimal(Math.abs(usd)).round(TWO_DIGITS);
        return (usd < 0 && rounded.signum() != 0 ? "−$" : "$") + dollars(rounded);
    }

    /// A limit in US dollars, printed as it was chosen, with cents below ten: `$0.10`, `$20`.
    public static String usdLimit(double usd) {
        if (!Double.isFinite(usd)) {
            return NOT_KNOWN;
        }
        var chosen = BigDecimal.valueOf(Math.abs(usd)).stripTrailingZeros();
        boolean cents = chosen.scale() > 0 && chosen.scale() < 2;
        var digits = cents ? chosen.setScale(2).toPlainString() : grouped(chosen);
        return (usd < 0 ? "−$" : "$") + digits;
    }

    /// A limit in milliseconds, printed as it was chosen: `5 s`, `1.25 s`, `800 ms`.
    public static String millisLimit(double ms) {
        if (!Double.isFinite(ms) || Math.abs(ms) < 1000 || Math.abs(ms) >= 60_000) {
            return millis(ms);
        }
        return signed(ms, trimmed(BigDecimal.valueOf(Math.abs(ms)).movePointLeft(3))) + " s";
    }

    /// Milliseconds: `812 ms`, `7.3 s`, `2 min 5 s`.
    public static String millis(double ms) {
        if (!Double.isFinite(ms)) {
            return NOT_KNOWN;
        }
        var size = Math.abs(ms);
        if (size >= 60_000) {
            return sign(ms) + duration(Duration.ofMillis(Math.round(size)));
        }
        if (size >= 999.5) {
            var digits = size < 9_950 ? 1 : 0;
            return sign(ms)
                    + new BigDecimal(size / 1000).setScale(digits, RoundingMode.HALF_UP)
                    + " s";
        }
        return signed(ms, size < 9.95 ? significant(size) : grouped(whole(size))) + " ms";
    }

    /// A count with thousands separated: `12,408`.
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// A plain number with at most three significant digits, such as tokens: `1,240`, `0.37`.
    public static String plain(double number) {
        if (!Double.isFinite(number)) {
            return NOT_KNOWN;
        }
        var size = Math.abs(number);
        return signed(number, size >= 100 ? grouped(whole(size)) : significant(size));
    }

    /// How many times something: `2.4×`.
    public static String times(double factor) {
        if (!Double.isFinite(factor)) {
            return NOT_KNOWN;
        }
        var size = Math.abs(factor);
        return signed(factor, size >= 9.95 ? grouped(whole(size)) : significant(size)) + "×";
    }

    /// A length of time by its two largest units: `2 h 10 min`, `30 s`.
    public static String duration(Duration time) {
        if (time.toSeconds() < 1) {
            return time.toMillis() == 0 ? "0 s" : time.toMillis() + " ms";
        }
        if (time.toDays() > 0) {
            return two(time.toDays(), "d", time.toHoursPart(), "h");
        }
        if (time.toHours() > 0) {
            return two(time.toHours(), "h", time.toMinutesPart(), "min");
        }
        return time.toMinutes() > 0
                ? two(time.toMinutes(), "min", time.toSecondsPart(), "s")
                : time.toSeconds() + " s";
    }

    /// A length of time in few letters: `10 min`, `1 h 40 min`.
    public static String brief(Duration time) {
        boolean large =
                time.toDays() >= 10
                        || (time.toDays() == 0 && time.toHours() >= 10)
                        || (time.toHours() == 0 && time.toMinutes() >= 5);
        return large ? coarse(time) : duration(time);
    }

    static String coarse(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    private static String dollars(BigDecimal rounded) {
        if (rounded.signum() == 0) {
            return "0";
        }
        // Both digits are printed, so that $0.030 does not look as if it were known less well.
        int scale = Math.max(0, 1 - (rounded.precision() - rounded.scale() - 1));
        return rounded.compareTo(BigDecimal.TEN) < 0
                ? rounded.setScale(scale, RoundingMode.HALF_UP).toPlainString()
                : grouped(rounded);
    }

    private static String two(long large, String largeUnit, int small, String smallUnit) {
        var words = count(large) + " " + largeUnit;
        return small == 0 ? words : words + " " + small + " " + smallUnit;
    }

    private static String percentDigits(double percent) {
        if (percent == 0) {
            return "0";
        }
        if (percent < 0.095) {
            return new BigDecimal(percent).round(TWO_DIGITS).toPlainString();
        }
        if (percent < 9.95) {
            return new BigDecimal(percent).setScale(1, RoundingMode.HALF_UP).toPlainString();
        }
        if (percent < 90 || percent >= 100) {
            return grouped(whole(percent));
        }
        // Floating point: 0.999 * 100 is 99.9000…01 or 99.8999…9; both are 99.9.
        return trimmed(new BigDecimal(percent + 1e-9).setScale(1, RoundingMode.DOWN));
    }

    private static String significant(double size) {
        return trimmed(new BigDecimal(size).round(TWO_DIGITS));
    }

    private static BigDecimal whole(double size) {
        return new BigDecimal(size).setScale(0, RoundingMode.HALF_UP);
    }

    private static String trimmed(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String grouped(BigDecimal number) {
        return number.compareTo(BigDecimal.valueOf(1000)) < 0
                ? trimmed(number)
                : String.format(Locale.ROOT, "%,d", number.toBigInteger());
    }

    private static String signed(double number, String digits) {
        return sign(number) + digits;
    }

    private static String sign(double number) {
        return number < 0 ? "−" : "";
    }

    private static String plus(double number) {
        return number > 0 ? "+" : "";
    }
}
