package dev.serin.engine.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.plan.Share;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The choice of calls to label")
class LabelChoiceTest {

    private static final String ROLLOUT = "5b1c2f5e-1111-4222-8333-0123456789ab";
    private static final int CALLS = 20_000;

    private final LabelChoice tenth = new LabelChoice(ROLLOUT, Share.percent(10));

    @Test
    @DisplayName("takes about the share that was asked for, and always the same calls")
    void takesItsShare() {
        long chosen = calls().filter(i -> tenth.isChosen("call-" + i)).count();
        assertThat(chosen).isBetween(1_800L, 2_200L);
        var again = new LabelChoice(ROLLOUT, Share.percent(10));
        assertThat(calls().allMatch(i -> again.isChosen("c" + i) == tenth.isChosen("c" + i)))
                .isTrue();
    }

    @Test
    @DisplayName("has nothing to do with the arm that the same text gets")
    void isNotTheSplit() {
        var split = new TrafficSplit(ROLLOUT);
        long both =
                calls().filter(i ->
                                tenth.isChosen("call-" + i)
                                        && split.armOf("call-" + i, Share.percent(10))
                                                == Arm.CANDIDATE)
                        .count();
        assertThat(both).isBetween(140L, 260L);
    }

    @Test
    @DisplayName("takes all calls or none at the ends")
    void takesAllOrNone() {
        var all = new LabelChoice(ROLLOUT, Share.ALL);
        var none = new LabelChoice(ROLLOUT, Share.NONE);
        assertThat(calls().allMatch(i -> all.isChosen("call-" + i))).isTrue();
        assertThat(calls().noneMatch(i -> none.isChosen("call-" + i))).isTrue();
    }

    private static IntStream calls() {
        return IntStream.range(0, CALLS);
    }
}
