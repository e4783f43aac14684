package dev.serin.server.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Coverage;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.server.evidence.Judges;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The labels of a condition are told")
class LabelWordsTest {

    private static final Judges.Judge GRADER =
            new Judges.Judge("hallucination", "grader", "3", 40, 0);

    @Test
    @DisplayName("for each arm: chosen, come back, waiting, never come")
    void coverage() {
        var finding = finding(new Coverage(93, 61, 12), new Coverage(2_000, 2_000, 0));
        assertThat(LabelWords.lines(finding, List.of(GRADER)))
                .containsExactly(
                        "candidate: 61 of 93 chosen calls labelled (66 %), 12 waiting,"
                                + " 20 never came",
                        "baseline: 2,000 of 2,000 chosen calls labelled (100 %)",
                        "labelled by grader 3");
    }

    @Test
    @DisplayName(
            "with a remark where several judges or versions gave them, and how often one failed")
    void judges() {
        var newer = new Judges.Judge("hallucination", "grader", "4", 4, 2);
        var other = new Judges.Judge("quality", "grader", "9", 4, 0);
        assertThat(
                        LabelWords.lines(
                                finding(new Coverage(0, 0, 0), new Coverage(0, 0, 0)),
                                List.of(GRADER, newer, other)))
                .containsExactly(
                        "candidate: no call was chosen to be labelled yet",
                        "labelled by grader 3, grader 4; 2 could not be labelled; another judge or"
                                + " version can look like another model");
    }

    @Test
    @DisplayName(
            "not at all where it reads none, and only by their judges where none is waited for")
    void silent() {
        assertThat(
                        LabelWords.lines(
                                resting(Metric.ERROR_RATE, new Finding.Arms(null, null)),
                                List.of(GRADER)))
                .isEmpty();
        assertThat(
                        LabelWords.lines(
                                resting(Metric.HALLUCINATION_RATE, new Finding.Arms(null, null)),
                                List.of(new Judges.Judge("hallucination", "", "", 1, 0))))
                .containsExactly("labelled by a judge without a name");
    }

    private static Finding finding(Coverage candidate, Coverage baseline) {
        return resting(
                Metric.HALLUCINATION_RATE, new Finding.Arms(null, null, candidate, baseline));
    }

    private static Finding resting(Metric metric, Finding.Arms arms) {
        var condition =
                new Condition(
                        metric,
                        Condition.Side.AT_LEAST,
                        new Limit.Absolute(0.08),
                        Condition.Consequence.ROLL_BACK,
                        null);
        return new Finding.Resting(condition, Estimate.NONE, arms, "rests");
    }
}
