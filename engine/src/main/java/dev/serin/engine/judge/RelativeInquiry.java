package dev.serin.engine.judge;

import java.util.Arrays;

/// Where the ratio or the difference of the candidate's rate or mean to the baseline's lies.
///
/// For the true baseline value m, the candidate's evidence times the baseline's is evidence too; the
/// least of it over all m holds whatever m is. Both are convex in m (statistics.md 1.2).
final class RelativeInquiry implements Inquiry {

    private static final double FURTHEST_RATIO = 1e9;

    private final Family family;
    private final Sums candidate;
    private final Sums baseline;
    private final Limit.Relative limit;
    private final Joint upJoint;
    private final Joint downJoint;

    RelativeInquiry(Family family, Sums candidate, Sums baseline, Limit.Relative limit) {
        this(family, Sides.alike(candidate), Sides.alike(baseline), limit);
    }

    RelativeInquiry(Family family, Sides candidate, Sides baseline, Limit.Relative limit) {
        this.family = family;
        this.candidate = candidate.told();
        this.baseline = baseline.told();
        this.limit = limit;
        this.upJoint = Joint.up(family, candidate.rising(), baseline.falling());
        this.downJoint = Joint.down(family, candidate.falling(), baseline.rising());
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
        return (long) candidate.n()[stretch];
    }

    @Override
    public double value(int stretch) {
        double mine = candidate.mean(stretch);
        double other = baseline.n()[stretch] > 0 ? baseline.mean(stretch) : baseline.mean(0);
        return compare(mine, other, limit);
    }

    /// The ratio or difference as `limit` asks for it; two zeros count as equal.
    static double compare(double candidate, double baseline, Limit.Relative limit) {
        if (!limit.isRatio()) {
            return candidate - limit.factor() * baseline;
        }
        return candidate == 0 && baseline == 0 ? 1 : candidate / baseline;
    }

    @Override
    public double up(int stretch, double theta) {
        return joint(upJoint, stretch, theta, 1);
    }

    @Override
    public double down(int stretch, double theta) {
        return joint(downJoint, stretch, theta, 1);
    }

    @Override
    public Scale scale() {
        if (limit.isRatio()) {
            return new Scale.Ratios(1 / FURTHEST_RATIO, FURTHEST_RATIO);
        }
        double most = family.most();
        boolean chances = Double.isFinite(family.ceiling());
        return new Scale.Line(
                -limit.factor() * most,
                most,
                chances ? -limit.factor() : Double.NEGATIVE_INFINITY,
                chances ? 1 : Double.POSITIVE_INFINITY);
    }

    /// The evidence grows with the calls of both arms, in the end in proportion to them.
    @Override
    public double growth(boolean below, double theta) {
        var side =
                below
                        ? Joint.down(family, candidate, baseline)
                        : Joint.up(family, candidate, baseline);
        double near = joint(side, 0, theta, 64);
        double far = joint(side, 0, theta, 128);
        return (far - near) / (64 * candidate.n()[0]);
    }

    /// @param times as if each call had been seen so many times
    private double joint(Joint joint, int stretch, double theta, double times) {
        double factor = limit.isRatio() ? theta : limit.factor();
        double offset = limit.isRatio() ? 0 : theta;
        joint.aim(factor, offset, stretch, times);
        double low = Math.clamp(-offset / factor, 0, joint.mostOfBaseline);
        double high =
                Math.clamp((joint.mostOfCandidate - offset) / factor, low, joint.mostOfBaseline);
        double guess = baseline.n()[stretch] > 0 ? baseline.mean(stretch) : family.most() / 2;
        return joint.least(low, high, guess);
    }

    /// The evidence of both arms as a function of the baseline's unknown value.
    private static final class Joint implements ConvexMinimum.Curve {

        /// Where the least values of the stretches were last found: other thetas have theirs near by.
        private final ConvexMinimum[] minima;

        private final Wager mine;
        private final Sums ofCandidate;
        private final Wager other;
        private final Sums ofBaseline;
        private final double mostOfCandidate;
        private final double mostOfBaseline;
        private double factor;
        private double offset;
        private int stretch;
        private double times;
        private double slope;

        private Joint(
                Wager mine,
                Sums ofCandidate,
                double mostOfCandidate,
                Wager other,
                Sums ofBaseline,
                double mostOfBaseline) {
            this.mine = mine;
            this.ofCandidate = ofCandidate;
            this.mostOfCandidate = mostOfCandidate;
            this.other = other;
            this.ofBaseline = ofBaseline;
            this.mostOfBaseline = mostOfBaseline;
            this.minima = new ConvexMinimum[ofCandidate.n().length];
            Arrays.setAll(minima, _ -> new ConvexMinimum());
        }

        /// That the candidate's value is higher: it may lie above the cap, as its calls may.
        static Joint up(Family family, Sums candidate, Sums baseline) {
            return new Joint(
                    family.rising(),
                    candidate,
                    family.ceiling(),
                    family.falling(),
                    baseline,
                    family.most());
        }

        /// That it is lower: then the baseline's may lie above the cap.
        static Joint down(Family family, Sums candidate, Sums baseline) {
            return new Joint(
                    family.falling(),
                    candidate,
                    family.most(),
                    family.rising(),
                    baseline,
                    family.ceiling());
        }

        void aim(double factor, double offset, int stretch, double times) {
            this.factor = factor;
            this.offset = offset;
            this.stretch = stretch;
            this.times = times;
        }

        double least(double low, double high, double guess) {
            return times == 1
                    ? minima[stretch].find(this, low, high, guess)
                    : ConvexMinimum.of(this, low, high, guess);
        }

        @Override
        public double at(double x) {
            mine.against(factor * x + offset);
            other.against(x);
            double sum = of(mine, ofCandidate) + of(other, ofBaseline);
            slope = factor * mine.slope() + other.slope();
            return sum;
        }

        private double of(Wager wager, Sums sums) {
            return wager.logAndSlope(
                    times * sums.n()[stretch],
                    times * sums.a()[stretch],
                    times * sums.b()[stretch]);
        }

        @Override
        public double slope() {
            return slope;
        }
    }
}
