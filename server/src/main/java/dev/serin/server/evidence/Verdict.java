package dev.serin.server.evidence;

/// What a judge says of one answer.
public sealed interface Verdict {

    /// Good or bad.
    record Mark(boolean bad) implements Verdict {}

    /// How good, 0 (worst) to 1 (best).
    record Score(double value) implements Verdict {

        public Score {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("a score is 0 to 1, got " + value);
            }
        }
    }

    /// The judge could not tell. Never good, never bad, and never in a rate.
    record Failed() implements Verdict {}

    /// Which of two verdicts of the same moment stays: any fixed order will do, for then nothing
    /// depends on which came first.
    static int compare(Verdict one, Verdict other) {
        return Double.compare(rank(one), rank(other));
    }

    private static double rank(Verdict verdict) {
        return switch (verdict) {
            case Failed _ -> 0;
            case Score(double value) -> 2 - value;
            case Mark(boolean bad) -> bad ? 4 : 3;
        };
    }
}
