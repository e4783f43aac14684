package dev.serin.server.evidence;

/// What a label adds to a sum. It may take away: a correction changes the sum of the call's own
/// bucket, in the rows of whichever process hears of it.
record Change(long n, long bad, double sum, double squares) {

    Change plus(Change other) {
        return new Change(n + other.n, bad + other.bad, sum + other.sum, squares + other.squares);
    }

    Change minus(Change other) {
        return new Change(n - other.n, bad - other.bad, sum - other.sum, squares - other.squares);
    }

    boolean isNothing() {
        return n == 0 && bad == 0 && sum == 0 && squares == 0;
    }

    static final Change NONE = new Change(0, 0, 0, 0);

    /// What a verdict is in its tally.
    static Change of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Mark(boolean bad) -> new Change(1, bad ? 1 : 0, 0, 0);
            case Verdict.Score(double value) -> new Change(1, 0, value, value * value);
            case Verdict.Failed _ -> NONE;
        };
    }
}
