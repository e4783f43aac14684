package dev.serin.engine.plan;

/// The part of a route's traffic that the candidate gets.
///
/// @param fraction 0 (none) to 1 (all)
public record Share(double fraction) implements Comparable<Share> {

    public static final Share NONE = new Share(0);
    public static final Share ALL = new Share(1);

    public Share {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a share is 0 to 1, got " + fraction);
        }
    }

    public static Share percent(double percent) {
        return new Share(percent / 100);
    }

    /// Ten-thousandths, rounded; the unit in which traffic is split.
    public int basisPoints() {
        return (int) Math.round(fraction * 10_000);
    }

    @Override
    public int compareTo(Share other) {
        return Double.compare(fraction, other.fraction);
    }
}
