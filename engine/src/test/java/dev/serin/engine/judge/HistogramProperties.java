package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

class HistogramProperties {

    @Property(tries = 300)
    void aValueLiesBetweenTheEdgesOfItsBucket(
            @ForAll @Scale(9) @DoubleRange(min = 0.001, max = 1e9) double value) {
        int bucket = Histogram.bucketOf(value);

        assertThat(Histogram.edge(bucket)).isLessThanOrEqualTo(value);
        assertThat(Histogram.edge(bucket + 1)).isGreaterThan(value);
    }

    @Property(tries = 300)
    void aBucketIsTheLogarithmOfItsValue(
            @ForAll @Scale(9) @DoubleRange(min = 0.001, max = 1e9) double value) {
        int expected = (int) Math.floor(64 * Math.log(value) / Math.log(2) + 1e-12);

        assertThat(Histogram.bucketOf(value)).isEqualTo(expected);
    }

    @Example
    void everyEdgeBeginsItsOwnBucket() {
        for (int i = Histogram.LOWEST + 1; i <= Histogram.HIGHEST; i++) {
            assertThat(Histogram.bucketOf(Histogram.edge(i))).isEqualTo(i);
            assertThat(Histogram.bucketOf(Math.nextDown(Histogram.edge(i)))).isEqualTo(i - 1);
        }
    }

    @Example
    void oddValuesLieInTheOutermostBuckets() {
        assertThat(Histogram.bucketOf(0)).isEqualTo(Histogram.LOWEST);
        assertThat(Histogram.bucketOf(Double.MIN_VALUE)).isEqualTo(Histogram.LOWEST);
        assertThat(Histogram.bucketOf(Double.MAX_VALUE)).isEqualTo(Histogram.HIGHEST);
    }

    @Property(tries = 300)
    void bytesReadBack(@ForAll("histograms") Histogram histogram) {
        assertThat(Histogram.fromBytes(histogram.toBytes())).isEqualTo(histogram);
    }

    @Property(tries = 300)
    void mergingIsAssociativeAndCommutative(
            @ForAll("histograms") Histogram a,
            @ForAll("histograms") Histogram b,
            @ForAll("histograms") Histogram c) {
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.plus(Histogram.NONE)).isEqualTo(a);
        assertThat(a.plus(b).n()).isEqualTo(a.n() + b.n());
    }

    @Example
    void strangersAreRefused() {
        assertThatThrownBy(() -> Histogram.fromBytes(new byte[] {2, 1, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Histogram.fromBytes(new byte[] {1, 1, (byte) 0x80}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Histogram(Map.of(0, 0L)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<Histogram> histograms() {
        return Arbitraries.maps(
                        Arbitraries.integers().between(Histogram.LOWEST, Histogram.HIGHEST),
                        Arbitraries.longs().between(1, 1L << 40))
                .ofMaxSize(40)
                .map(Histogram::new);
    }
}
