package dev.serin.server.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.plan.Share;
import dev.serin.server.evidence.Verdict;
import dev.serin.server.planfile.RouteJudge;
import dev.serin.server.planfile.RouteJudge.Says;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a judge says")
class WordingTest {

    @ParameterizedTest
    @CsvSource({"good, false", "Good., false", "' BAD\n', true", "bad., true"})
    @DisplayName("is a verdict where it is one word")
    void verdicts(String text, boolean bad) {
        assertThat(Wording.read(Says.VERDICT, text)).contains(new Verdict.Mark(bad));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "0.7, 0.7", "' 0.25 ', 0.25", "1.0, 1"})
    @DisplayName("is a score where it is one number from 0 to 1")
    void scores(String text, double score) {
        assertThat(Wording.read(Says.SCORE, text)).contains(new Verdict.Score(score));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rather good",
                "good or bad",
                "not bad",
                "0.5",
                "1.1",
                "-0",
                "NaN",
                "7/10",
                ".5",
                "0,5",
                "1e-1",
                "{\"verdict\": \"good\"}",
                "**good**"
            })
    @DisplayName("is nothing where it is anything else")
    void nothing(String text) {
        assertThat(Wording.read(Says.VERDICT, text)).isEmpty();
        if (!text.equals("0.5")) {
            assertThat(Wording.read(Says.SCORE, text)).isEmpty();
        }
    }

    @Test
    @DisplayName("has another version for every other model and prompt")
    void versions() {
        var judge = judge("openai/a", "be good");
        assertThat(Wording.version(judge)).hasSize(12).isEqualTo(Wording.version(judge));
        assertThat(Wording.version(judge))
                .isNotEqualTo(Wording.version(judge("openai/a", "be better")))
                .isNotEqualTo(Wording.version(judge("openai/b", "be good")));
    }

    private static RouteJudge judge(String model, String prompt) {
        return new RouteJudge(model, prompt, Share.percent(10), "tone", Says.VERDICT, 1);
    }
}
