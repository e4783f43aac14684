package dev.serin.engine.judge;

/// Where a rate or a mean lies.
final class AbsoluteInquiry implements Inquiry {

    private final Family family;
    private final Sums sums;
    private final Wager rising;
    private final Wager falling;

    AbsoluteInquiry(Family family, Sums sums) {
        this.family = family;
        this.sums = sums;
        this.rising = family.rising();
        this.falling = family.falling();
    }

    @Override
    public int restarts() {
        return sums.restarts();
    }

    @Override
    public int mature() {
        return sums.mature();
    }

    @Override
    public long calls(int stretch) {
        return (long) sums.n()[stretch];
    }

    @Override
    public double value(int stretch) {
        return sums.mean(stretch);
    }

    @Override
    public double up(int stretch, double theta) {
        rising.against(theta);
        return rising.log(sums.n()[stretch], sums.a()[stretch], sums.b()[stretch]);
    }

    @Override
    public double down(int stretch, double theta) {
        falling.against(theta);
        return falling.log(sums.n()[stretch], sums.a()[stretch], sums.b()[stretch]);
    }

    @Override
    public void evidenceUp(double theta, double[] into) {
        fill(rising, theta, into);
    }

    @Override
    public void evidenceDown(double theta, double[] into) {
        fill(falling, theta, into);
    }

    @Override
    public Scale scale() {
        double ceiling = family instanceof Family.Proportion ? 1 : Double.POSITIVE_INFINITY;
        return new Scale.Line(0, family.most(), 0, ceiling);
    }

    @Override
    public double growth(boolean below, double theta) {
        return family.growth(below, sums.n()[0], sums.a()[0], sums.b()[0], theta);
    }

    private void fill(Wager wager, double theta, double[] into) {
        wager.against(theta);
        for (int i = 0; i < sums.restarts(); i++) {
            into[i] = wager.log(sums.n()[i], sums.a()[i], sums.b()[i]);
        }
    }
}
