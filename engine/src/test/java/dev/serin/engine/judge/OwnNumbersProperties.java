package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.StringLength;

class OwnNumbersProperties {

    private static final Measure WORDS = new Measure.Named("words");
    private static final Track SUM = new Track.Sum(WORDS, 1000);
    private static final Track SPREAD = new Track.Spread(WORDS);
    private static final Track REACHES = new Track.Reaches(WORDS, 300);

    @Property(tries = 300) // whatever a number is called, its tracks are found again by their keys
    void keysReadBack(
            @ForAll @StringLength(min = 1, max = 200) String name,
            @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 1e9) double amount) {
        Assume.that(!name.isBlank());
        var of = new Measure.Named(name);
        for (var track :
                List.of(
                        new Track.Spread(of),
                        new Track.Sum(of, amount),
                        new Track.Reaches(of, amount))) {
            assertThat(Track.parse(track.key())).isEqualTo(track);
        }
    }

    @Property(tries = 200) // replicas in any number and order sum up to what one of them would have
    void replicasAddUp(
            @ForAll("numbers") List<Double> values, @ForAll @IntRange(min = 1, max = 5) int by) {
        var whole = tallies(values);
        var parts = new ArrayList<Tallies>();
        for (int replica = 0; replica < by; replica++) {
            int first = replica;
            var its = new ArrayList<Double>();
            for (int i = first; i < values.size(); i += by) {
                its.add(values.get(i));
            }
            parts.add(tallies(its));
        }
        var there = Tallies.sum(parts.stream());
        var back = Tallies.sum(parts.reversed().stream());

        for (var sum : List.of(there, back)) {
            assertThat(sum.counts(REACHES)).isEqualTo(whole.counts(REACHES));
            assertThat(sum.histogram(SPREAD)).isEqualTo(whole.histogram(SPREAD));
            assertThat(sum.moments(SUM).n()).isEqualTo(whole.moments(SUM).n());
            assertThat(sum.moments(SUM).overCap()).isEqualTo(whole.moments(SUM).overCap());
            assertThat(sum.moments(SUM).sum())
                    .isCloseTo(whole.moments(SUM).sum(), within(1e-6 * (1 + values.size())));
        }
        assertThat(there.moments(SUM).v())
                .isCloseTo(back.moments(SUM).v(), within(1e-6 * (1 + back.moments(SUM).v())));
    }

    @Provide
    Arbitrary<List<Double>> numbers() {
        return Arbitraries.doubles().between(0, 2000).ofScale(3).list().ofMaxSize(120);
    }

    private static Tallies tallies(List<Double> values) {
        var recorder = new Recorder(Set.of(SUM, SPREAD, REACHES), Tallies.NONE);
        values.forEach(value ->
                recorder.record(
                        new Call(
                                false,
                                null,
                                null,
                                null,
                                null,
                                null,
                                Map.of(),
                                Map.of(),
                                Map.of("words", value),
                                false)));
        return recorder.tallies();
    }
}
