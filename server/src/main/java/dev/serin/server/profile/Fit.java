package dev.serin.server.profile;

import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.Distribution.Constant;
import dev.serin.simulator.profile.Distribution.Lognormal;
import dev.serin.simulator.profile.Distribution.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A quantity's values, and the distribution that stands for them.
record Fit(String field, Spread data, Distribution distribution) {

    /// Where a lognormal is compared with the values.
    private static final double[] COMPARED = {0.05, 0.25, 0.5, 0.75, 0.95};

    /// How far it may be off there, as a part of the value.
    private static final double OFF = 0.10;

    private static final double[] MANY = {0, .01, .05, .1, .25, .5, .75, .9, .95, .99, 1};
    private static final double[] SOME = {0, .1, .25, .5, .75, .9, 1};
    private static final double[] FEW = {0, .5, 1};

    /// A lognormal where it is near the values, else the values' own quantiles.
    ///
    /// @param data at least one value
    static Fit of(String field, Spread data) {
        if (data.least() == data.most()) {
            return new Fit(field, data, new Constant(data.most()));
        }
        var lognormal = lognormal(data);
        return new Fit(
                field,
                data,
                lognormal != null && isNear(lognormal, data) ? lognormal : quantiles(data));
    }

    private static @Nullable Lognormal lognormal(Spread data) {
        if (data.least() <= 0) {
            return null;
        }
        double mean = data.values().map(Math::log).average().orElse(0);
        double square =
                data.values().map(it -> (Math.log(it) - mean) * (Math.log(it) - mean)).sum();
        double sigma = Math.sqrt(square / (data.count() - 1));
        return sigma > Distribution.WIDEST
                ? null
                : new Lognormal(Spread.rounded(Math.exp(mean)), Spread.rounded(sigma));
    }

    private static boolean isNear(Distribution distribution, Spread data) {
        return Arrays.stream(COMPARED)
                .allMatch(p -> Math.abs(distribution.at(p) - data.at(p)) <= OFF * data.at(p));
    }

    private static Quantiles quantiles(Spread data) {
        var parts = data.count() >= 100 ? MANY : data.count() >= 10 ? SOME : FEW;
        var points = new ArrayList<Quantiles.Point>();
        for (double part : parts) {
            points.add(new Quantiles.Point(part, Spread.rounded(data.at(part))));
        }
        return new Quantiles(points);
    }

    /// How near it is, in a line.
    String text() {
        return "%s: p50 %s, p95 %s of %,d calls; fitted p50 %s, p95 %s (%s)"
                .formatted(
                        field,
                        Spread.shown(data.at(0.5)),
                        Spread.shown(data.at(0.95)),
                        data.count(),
                        Spread.shown(distribution.at(0.5)),
                        Spread.shown(distribution.at(0.95)),
                        DistributionText.name(distribution));
    }
}
