package dev.serin.engine.judge;

/// Where the cost of a success lies.
///
/// At the limit L it is exactly the mean of cost + L for each failed call; elsewhere that mean is
/// turned into a cost per success with the failures that were seen.
///
/// @param penalised about the mean of cost + `penalty` for each failed call
/// @param succeeding the part of these calls that succeed, above 0
/// @param penalty the limit, in US dollars
record SuccessCostInquiry(AbsoluteInquiry penalised, double succeeding, double penalty)
        implements Inquiry {

    /// @param penalised cost + `penalty` for each failed call
    /// @param costs the same without a penalty; what a failed call cost is often not told, and then
    ///     neither holds it
    /// @param failures failed calls among all
    /// @param penalty in US dollars
    static SuccessCostInquiry of(
            double cap, Sums penalised, Sums costs, Sums failures, double penalty) {
        double n = penalised.n()[0];
        boolean alike = n > 0 && costs.n()[0] == n && penalty > 0;
        return new SuccessCostInquiry(
                new AbsoluteInquiry(new Family.Mean(cap), penalised),
                alike
                        ? succeeding(n, (penalised.a()[0] - costs.a()[0]) / penalty)
                        : succeeding(failures.n()[0], failures.a()[0]),
                penalty);
    }

    /// The part of calls that succeed, at least one of those seen.
    private static double succeeding(double n, double failed) {
        return n == 0 ? 1 : Math.clamp(n - failed, 1, n) / n;
    }

    @Override
    public int restarts() {
        return penalised.restarts();
    }

    @Override
    public int mature() {
        return penalised.mature();
    }

    @Override
    public long calls(int stretch) {
        return penalised.calls(stretch);
    }

    @Override
    public double value(int stretch) {
        return Math.max(0, penalty + (penalised.value(stretch) - penalty) / succeeding);
    }

    @Override
    public double up(int stretch, double theta) {
        return penalised.up(stretch, mean(theta));
    }

    @Override
    public double down(int stretch, double theta) {
        return penalised.down(stretch, mean(theta));
    }

    @Override
    public void evidenceUp(double theta, double[] into) {
        penalised.evidenceUp(mean(theta), into);
    }

    @Override
    public void evidenceDown(double theta, double[] into) {
        penalised.evidenceDown(mean(theta), into);
    }

    @Override
    public Scale scale() {
        double most = ((Scale.Line) penalised.scale()).high();
        return new Scale.Line(
                0, penalty + (most - penalty) / succeeding, 0, Double.POSITIVE_INFINITY);
    }

    @Override
    public double growth(boolean below, double theta) {
        return penalised.growth(below, mean(theta));
    }

    private double mean(double theta) {
        return penalty + (theta - penalty) * succeeding;
    }
}
