package dev.serin.simulator.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serin.simulator.profile.Distribution.ByTokensIn;
import dev.serin.simulator.profile.Distribution.Clipped;
import dev.serin.simulator.profile.Distribution.Lognormal;
import dev.serin.simulator.profile.Distribution.Mixture;
import dev.serin.simulator.profile.Distribution.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/// Distributions keep the shape that they were given.
class DistributionProperties {

    private static final int DRAWS = 200_000;

    @Property
    void quantilesOfTheNormalAreThoseOfTheTable(@ForAll @DoubleRange(min = -6, max = 6) double z) {
        assertThat(Normal.quantile(below(z))).isCloseTo(z, within(1e-4 + 1e-3 * Math.abs(z)));
    }

    @Property
    void aLognormalRisesWithItsRandomNumber(
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double median,
            @ForAll @DoubleRange(min = 0, max = 5) double sigma,
            @ForAll @DoubleRange(min = 0, max = 1) double u,
            @ForAll @DoubleRange(min = 0, max = 1) double v) {
        var it = new Lognormal(median, sigma);
        assertThat(it.at(Math.min(u, v))).isLessThanOrEqualTo(it.at(Math.max(u, v)));
        assertThat(it.at(u)).isPositive().isFinite();
    }

    @Property
    void nothingLeavesItsBounds(@ForAll @DoubleRange(min = 0, max = 1) double u) {
        assertThat(new Clipped(new Lognormal(100, 2), 20, 300).at(u)).isBetween(20.0, 300.0);
    }

    @Example
    void aMixtureHasTheMeanOfItsParts() {
        // A fit to the answers of Azure's conversations in 2023, whose mean is 211 and p95 451
        // tokens;
        // its own median is exp(4.64 + 0.503 * 0.71) = 148.
        var it =
                new Mixture(
                        List.of(
                                new Mixture.Part(0.722, new Lognormal(Math.exp(4.64), 0.71)),
                                new Mixture.Part(0.278, new Lognormal(Math.exp(6.01), 0.05))));
        var drawn = drawn(it, 0);

        assertThat(Arrays.stream(drawn).average().orElse(0)).isCloseTo(211, within(11.0));
        assertThat(drawn[DRAWS / 2]).isCloseTo(148, within(3.0));
        assertThat(drawn[DRAWS * 95 / 100]).isCloseTo(451, within(30.0));
    }

    @Example
    void answersFollowTheirPrompts() {
        var it =
                new ByTokensIn(
                        List.of(
                                new ByTokensIn.Prompt(100, 139, 1.54, 0.75),
                                new ByTokensIn.Prompt(1000, 243, 0.60, 0.39)));

        assertThat(drawn(it, 100)[DRAWS / 2]).isCloseTo(139, within(3.0));
        assertThat(drawn(it, 1000)[DRAWS / 2]).isCloseTo(243, within(3.0));
        assertThat(drawn(it, 9000)[DRAWS / 2]).isCloseTo(243, within(3.0));
        assertThat(drawn(it, Math.sqrt(100 * 1000))[DRAWS / 2]).isCloseTo(191, within(3.0));
    }

    @Example
    void quantilesAreStraightBetweenTheirPoints() {
        var it =
                new Quantiles(
                        List.of(
                                new Quantiles.Point(0, 10),
                                new Quantiles.Point(0.5, 20),
                                new Quantiles.Point(1, 100)));

        assertThat(it.at(0)).isEqualTo(10);
        assertThat(it.at(0.25)).isEqualTo(15);
        assertThat(it.at(0.5)).isEqualTo(20);
        assertThat(it.at(0.75)).isEqualTo(60);
        assertThat(it.at(1)).isEqualTo(100);
        assertThatThrownBy(() ->
                        new Quantiles(
                                List.of(new Quantiles.Point(0, 10), new Quantiles.Point(1, 9))))
                .hasMessageContaining("never fall");
    }

    private static double[] drawn(Distribution from, double tokensIn) {
        var random = new SplittableRandom(1);
        var drawn = new double[DRAWS];
        Arrays.setAll(drawn, _ -> from.at(random.nextDouble(), tokensIn));
        Arrays.sort(drawn);
        return drawn;
    }

    /// The standard normal's part below `z` by Simpson's rule.
    private static double below(double z) {
        int steps = 2000;
        double width = z / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
            sum += weight * Math.exp(-0.5 * (i * width) * (i * width));
        }
        return 0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI);
    }
}
