package dev.serin.web.words;

/// What a number measures, and so how it is printed on an axis and in a table.
public enum Unit {
    /// A rate, 0 to 1, printed in percent.
    RATE,
    /// A difference of two rates, printed in percentage points.
    POINTS,
    /// Milliseconds.
    MILLIS,
    /// US dollars.
    USD,
    /// How many times the baseline.
    TIMES,
    /// A plain number, such as tokens.
    PLAIN;

    /// The number as an estimate is printed.
    public String print(double number) {
        return switch (this) {
            case RATE -> Numbers.percent(number);
            case POINTS -> Numbers.points(number);
            case MILLIS -> Numbers.millis(number);
            case USD -> Numbers.usd(number);
            case TIMES -> Numbers.times(number);
            case PLAIN -> Numbers.plain(number);
        };
    }

    /// The number as a limit or an axis label is printed: exactly what was chosen.
    public String printLimit(double number) {
        return switch (this) {
            case RATE -> Numbers.share(number);
            case POINTS -> Numbers.share(number).replace(" %", " points");
            case USD -> Numbers.usdLimit(number);
            case MILLIS -> Numbers.millisLimit(number);
            case TIMES, PLAIN -> print(number);
        };
    }

    /// The number as it stands at a scale: a limit, and 0 without a unit.
    public String printTick(double number) {
        return number == 0 ? "0" : printLimit(number);
    }
}
