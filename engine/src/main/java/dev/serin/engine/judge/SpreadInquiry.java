package dev.serin.engine.judge;

import org.jspecify.annotations.Nullable;

/// Where the ratio or the difference of the candidate's percentile to the baseline's lies.
///
/// The baseline's true percentile lies inside some bucket of the histogram; the least evidence over
/// all buckets holds wherever it does. The candidate's edge is rounded outwards, which makes the test
/// exact and up to 2.2 % stricter (statistics.md 1.2).
final class SpreadInquiry implements Inquiry {

    private final Exceedances candidate;
    private final Exceedances baseline;
    private final Limit.Relative limit;
    private final double level;
    private final Wager rising = ProportionWager.rising();
    private final Wager falling = ProportionWager.falling();
    private final double[] @Nullable [] mineUp;
    private final double[] @Nullable [] mineDown;
    private final double[] @Nullable [] otherUp;
    private final double[] @Nullable [] otherDown;

    SpreadInquiry(Exceedances candidate, Exceedances baseline, double level, Limit.Relative limit) {
        this.candidate = candidate;
        this.baseline = baseline;
        this.limit = limit;
        this.level = level;
        rising.against(PercentileInquiry.tail(level));
        falling.against(PercentileInquiry.tail(level));
        int stretches = candidate.over().length;
        mineUp = new double[stretches][];
        mineDown = new double[stretches][];
        otherUp = new double[stretches][];
        otherDown = new double[stretches][];
    }

    @Override
    public int restarts() {
        return candidate.restarts();
    }

    @Override
    public int mature() {
        return candidate.mature();
    }

    @Override
    public long calls(int stretch) {
        return candidate.n(stretch);
    }

    @Override
    public double value(int stretch) {
        int known = baseline.n(stretch) > 0 ? stretch : 0;
        return RelativeInquiry.compare(
                candidate.quantile(stretch, level), baseline.quantile(known, level), limit);
    }

    @Override
    public double up(int stretch, double theta) {
        return least(
                theta,
                true,
                cached(mineUp, candidate, rising, stretch),
                cached(otherDown, baseline, falling, stretch));
    }

    @Override
    public double down(int stretch, double theta) {
        return least(
                theta,
                false,
                cached(mineDown, candidate, falling, stretch),
                cached(otherUp, baseline, rising, stretch));
    }

    @Override
    public Scale scale() {
        if (!limit.isRatio()) {
            return new Scale.Line(
                    -limit.factor() * Histogram.edge(baseline.highest() + 2),
                    Histogram.edge(candidate.highest() + 2),
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY);
        }
        int reach =
                Math.max(
                                Math.abs(candidate.highest() - baseline.lowest()),
                                Math.abs(baseline.highest() - candidate.lowest()))
                        + 3;
        var ratios = new double[2 * reach + 2];
        int at = 0;
        boolean placed = false;
        for (int i = -reach; i <= reach; i++) {
            double ratio = Histogram.ratio(i);
            if (!placed && limit.factor() <= ratio) {
                ratios[at++] = limit.factor();
                placed = true;
            }
            if (ratio != limit.factor()) {
                ratios[at++] = ratio;
            }
        }
        if (!placed) {
            ratios[at++] = limit.factor();
        }
        return new Scale.Edges(java.util.Arrays.copyOf(ratios, at));
    }

    @Override
    public double growth(boolean below, double theta) {
        double near = scaled(below, theta, 64);
        double far = scaled(below, theta, 128);
        return (far - near) / (64.0 * candidate.n(0));
    }

    private double scaled(boolean below, double theta, double times) {
        return below
                ? least(
                        theta,
                        false,
                        table(candidate, falling, 0, times),
                        table(baseline, rising, 0, times))
                : least(
                        theta,
                        true,
                        table(candidate, rising, 0, times),
                        table(baseline, falling, 0, times));
    }

    private static double[] cached(
            double[] @Nullable [] made, Exceedances arm, Wager wager, int stretch) {
        var known = made[stretch];
        if (known != null) {
            return known;
        }
        var table = table(arm, wager, stretch, 1);
        made[stretch] = table;
        return table;
    }

    /// Evidence at each edge from `lowest` to the one above `highest`.
    private static double[] table(Exceedances arm, Wager wager, int stretch, double times) {
        int edges = Math.max(0, arm.highest() - arm.lowest() + 1) + 1;
        var table = new double[edges];
        double n = times * arm.n(stretch);
        long before = -1;
        for (int i = 0; i < edges; i++) {
            long over = arm.at(stretch, arm.lowest() + i);
            table[i] = over == before ? table[i - 1] : wager.log(n, times * over, 0);
            before = over;
        }
        return table;
    }

    private double least(double theta, boolean breach, double[] mine, double[] other) {
        return limit.isRatio()
                ? leastOfRatio(theta, breach, mine, other)
                : leastOfDifference(theta, breach, mine, other);
    }

    private double leastOfRatio(double theta, boolean breach, double[] mine, double[] other) {
        int shift = PairedEdges.shift(theta, breach);
        int next = PairedEdges.ofBaseline(breach, 0);
        int from = Math.min(baseline.lowest() - next, candidate.lowest() - shift) - 1;
        int to = Math.max(baseline.highest(), candidate.highest() - shift) + 2;
        double least = Double.POSITIVE_INFINITY;
        for (int i = from; i <= to; i++) {
            double sum = at(mine, candidate, i + shift) + at(other, baseline, i + next);
            least = Math.min(least, sum);
        }
        return least;
    }

    /// Beyond the baseline's own values its evidence stays as it is, and the candidate's only falls
    /// towards one end: of all the buckets on that side the nearest and the last one are enough.
    private double leastOfDifference(double theta, boolean breach, double[] mine, double[] other) {
        double least =
                Math.min(
                        ofDifference(theta, breach, mine, other, Histogram.LOWEST),
                        ofDifference(theta, breach, mine, other, Histogram.HIGHEST));
        int from = Math.max(baseline.lowest() - 1, Histogram.LOWEST);
        int to = Math.min(baseline.highest() + 1, Histogram.HIGHEST);
        for (int i = from; i <= to; i++) {
            least = Math.min(least, ofDifference(theta, breach, mine, other, i));
        }
        return least;
    }

    private double ofDifference(
            double theta, boolean breach, double[] mine, double[] other, int bucket) {
        var edge = PairedEdges.apart(limit.factor(), theta, breach, bucket);
        return edge.isEmpty()
                ? Double.POSITIVE_INFINITY
                : at(mine, candidate, edge.getAsInt())
                        + at(other, baseline, PairedEdges.ofBaseline(breach, bucket));
    }

    private static double at(double[] table, Exceedances arm, int edge) {
        return table[Math.clamp(edge - (long) arm.lowest(), 0, table.length - 1)];
    }
}
