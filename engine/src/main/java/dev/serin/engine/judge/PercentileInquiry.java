package dev.serin.engine.judge;

import org.jspecify.annotations.Nullable;

/// Where a percentile lies.
///
/// The 95th percentile is at least T exactly if 5 % of the values or more are at least T, so each
/// edge of the histogram is a proportion, and the limit itself is one with a counter of its own
/// (Howard and Ramdas 2022). No sketch has a say.
///
/// Calls that are past the limit and still run have their own counter alone. They may end anywhere past
/// it, so there they count as slow against what is to be met, and as fast against a breach.
final class PercentileInquiry implements Inquiry {

    private final Exceedances spread;
    private final @Nullable Sums reaching;
    private final double level;
    private final double limit;
    private final double[] edges;
    private final int firstEdge;
    private final int limitAt;
    private final boolean inserted;
    private final Wager rising = ProportionWager.rising();
    private final Wager falling = ProportionWager.falling();

    /// @param reaching calls at or over `limit`; null if nobody counted them
    PercentileInquiry(Exceedances spread, @Nullable Sums reaching, double level, double limit) {
        this.spread = spread;
        this.reaching = reaching;
        this.level = level;
        this.limit = limit;
        rising.against(tail(level));
        falling.against(tail(level));
        firstEdge = spread.lowest();
        int count = spread.highest() < spread.lowest() ? 0 : spread.highest() - firstEdge + 2;
        int below = 0;
        while (below < count && Histogram.edge(firstEdge + below) < limit) {
            below++;
        }
        boolean onEdge = below < count && Histogram.edge(firstEdge + below) == limit;
        limitAt = reaching == null ? -1 : below;
        edges = new double[count + (reaching == null || onEdge ? 0 : 1)];
        int skip = 0;
        for (int i = 0; i < edges.length; i++) {
            if (i == limitAt && !onEdge) {
                edges[i] = limit;
                skip = 1;
            } else {
                edges[i] = Histogram.edge(firstEdge + i - skip);
            }
        }
        inserted = limitAt >= 0 && !onEdge;
    }

    /// The part of the values that lies at or over a percentile, without the dust of 1 - 0.95.
    static double tail(double level) {
        return Math.round((1 - level) * 1e12) / 1e12;
    }

    @Override
    public int restarts() {
        return reaching == null ? spread.restarts() : reaching.restarts();
    }

    @Override
    public int mature() {
        return spread.mature();
    }

    @Override
    public long calls(int stretch) {
        return (long) n(stretch);
    }

    @Override
    public double value(int stretch) {
        boolean over =
                reaching != null
                        && reaching.a()[stretch] >= tail(level) * reaching.n()[stretch] - 1e-9;
        if (spread.n(stretch) == 0) {
            return over ? limit : 0;
        }
        double value = spread.quantile(stretch, level);
        if (reaching == null) {
            return value;
        }
        return over ? Math.max(value, limit) : Math.min(value, Math.nextDown(limit));
    }

    @Override
    public double up(int stretch, double theta) {
        return up(stretch, place(theta));
    }

    @Override
    public double down(int stretch, double theta) {
        return down(stretch, place(theta));
    }

    @Override
    public void evidenceUp(double theta, double[] into) {
        int place = place(theta);
        for (int i = 0; i < restarts(); i++) {
            into[i] = up(i, place);
        }
    }

    @Override
    public void evidenceDown(double theta, double[] into) {
        int place = place(theta);
        for (int i = 0; i < restarts(); i++) {
            into[i] = down(i, place);
        }
    }

    @Override
    public Scale scale() {
        return new Scale.Edges(edges);
    }

    @Override
    public double growth(boolean below, double theta) {
        int place = place(theta);
        double over = place < 0 ? 0 : below ? possiblyOver(0, place) : surelyOver(0, place);
        double seen = place < 0 ? 0 : over / n(0, place);
        // Values below theta make the tail beyond theta thin.
        double tail = tail(level);
        return seen < tail == below ? Family.Proportion.divergence(seen, tail) : 0;
    }

    /// The edge at theta, or else the next one below it.
    private int place(double theta) {
        int low = -1;
        int high = edges.length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (edges[middle] <= theta) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double up(int stretch, int place) {
        return place < 0 ? 0 : rising.log(n(stretch, place), surelyOver(stretch, place), 0);
    }

    private double down(int stretch, int place) {
        return place < 0 ? 0 : falling.log(n(stretch, place), possiblyOver(stretch, place), 0);
    }

    private double n(int stretch) {
        return reaching == null ? (double) spread.n(stretch) : reaching.n()[stretch];
    }

    private double n(int stretch, int place) {
        return place == limitAt ? n(stretch) : spread.n(stretch) + running(stretch);
    }

    private double surelyOver(int stretch, int place) {
        return place <= limitAt ? possiblyOver(stretch, place) : ended(stretch, place);
    }

    private double possiblyOver(int stretch, int place) {
        double ended = ended(stretch, place);
        if (reaching == null || place < limitAt) {
            return ended + running(stretch);
        }
        double late = reaching.a()[stretch];
        // A source elsewhere may have counted calls of which nobody told the latency.
        return place == limitAt ? late : ended + Math.clamp(late - ended, 0, running(stretch));
    }

    /// Calls past the limit whose value is not known yet.
    private double running(int stretch) {
        return reaching == null
                ? 0
                : Math.clamp(n(stretch) - spread.n(stretch), 0, reaching.a()[stretch]);
    }

    private double ended(int stretch, int place) {
        int index = firstEdge + place - (inserted && place > limitAt ? 1 : 0);
        return (double) spread.at(stretch, index);
    }
}
