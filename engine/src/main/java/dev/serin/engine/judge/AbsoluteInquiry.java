package dev.serin.engine.judge;

/// Where a rate or a mean lies.
final class AbsoluteInquiry implements Inquiry {

    private final Family family;
    private final Sums sums;
    private final Sides sides;
    private final Wager rising;
    private final Wager falling;

    AbsoluteInquiry(Family family, Sums sums) {
        this(family, Sides.alike(sums));
    }

    AbsoluteInquiry(Family family, Sides sides) {
        this.family = family;
        this.sides = sides;
        this.sums = sides.told();
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
        return log(rising, sides.rising(), stretch);
    }

    @Override
    public double down(int stretch, double theta) {
        falling.against(theta);
        return log(falling, sides.falling(), stretch);
    }

    @Override
    public void evidenceUp(double theta, double[] into) {
        fill(rising, sides.rising(), theta, into);
    }

    @Override
    public void evidenceDown(double theta, double[] into) {
        fill(falling, sides.falling(), theta, into);
    }

    @Override
    public Scale scale() {
        return new Scale.Line(0, family.most(), 0, family.ceiling());
    }

    @Override
    public double growth(boolean below, double theta) {
        return family.growth(below, sums.n()[0], sums.a()[0], sums.b()[0], theta);
    }

    private void fill(Wager wager, Sums taken, double theta, double[] into) {
        wager.against(theta);
        for (int i = 0; i < restarts(); i++) {
            into[i] = log(wager, taken, i);
        }
    }

    private static double log(Wager wager, Sums taken, int stretch) {
        return wager.log(taken.n()[stretch], taken.a()[stretch], taken.b()[stretch]);
    }
}
