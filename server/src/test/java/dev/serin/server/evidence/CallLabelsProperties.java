package dev.serin.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CallLabelsProperties {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Property(tries = 500) // the labels of a call come to the same in any order, however often they
    // come
    void orderDoesNotMatter(@ForAll("labels") List<Label> labels, @ForAll Random random) {
        var again = new ArrayList<>(labels);
        again.addAll(labels.subList(0, random.nextInt(labels.size() + 1)));
        Collections.shuffle(again, random);

        assertThat(taken(again).byName()).isEqualTo(taken(labels).byName());
    }

    @Property(tries = 500) // what labels change in a sum is what stands there in the end
    void changesAddUp(@ForAll("labels") List<Label> labels) {
        var call = CallLabels.of(Map.of());
        var sum = Change.NONE;
        for (var label : labels) {
            var taken = call.take(label, NOON, true);
            var before = taken.before();
            sum = sum.plus(Change.of(taken.now().verdict()));
            sum = before == null ? sum : sum.minus(Change.of(before.verdict()));
        }
        var stands =
                call.byName().values().stream()
                        .map(kept -> Change.of(kept.verdict()))
                        .reduce(Change.NONE, Change::plus);
        assertThat(sum).isEqualTo(stands);
    }

    @Property(tries = 500) // labels are stored as they are
    void areStoredAsTheyAre(@ForAll("labels") List<Label> labels) {
        var call = taken(labels);
        assertThat(LabelsJson.read(LabelsJson.write(call), NOON).byName()).isEqualTo(call.byName());
    }

    @Provide
    Arbitrary<List<Label>> labels() {
        var marks = Arbitraries.of(true, false).<Verdict>map(Verdict.Mark::new);
        // Quarters have no rounding, so sums can be compared.
        var scores = Arbitraries.of(0.0, 0.25, 0.5, 1.0).<Verdict>map(Verdict.Score::new);
        var failed = Arbitraries.<Verdict>just(new Verdict.Failed());
        return Arbitraries.oneOf(
                        label("hallucination", Arbitraries.oneOf(marks, failed)),
                        label("quality", Arbitraries.oneOf(scores, failed)))
                .list()
                .ofMaxSize(12);
    }

    private static Arbitrary<Label> label(String name, Arbitrary<Verdict> verdicts) {
        return Combinators.combine(verdicts, Arbitraries.longs().between(0, 4))
                .as((verdict, second) ->
                        new Label(name, verdict, null, null, NOON.plusSeconds(second)));
    }

    private static CallLabels taken(List<Label> labels) {
        var call = CallLabels.of(Map.of());
        labels.forEach(label -> call.take(label, NOON, true));
        return call;
    }
}
