package dev.serin.engine.judge;

/// Counts calls, and the bad ones among them.
public final class CountsRecorder {

    private long n;
    private long bad;

    public void record(boolean isBad) {
        n++;
        if (isBad) {
            bad++;
        }
    }

    public Tally.Counts tally() {
        return new Tally.Counts(n, bad);
    }
}
