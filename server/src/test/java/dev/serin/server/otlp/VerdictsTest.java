package dev.serin.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.evidence.Feedback;
import dev.serin.server.evidence.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An evaluation")
class VerdictsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final Map<String, Object> GOOD =
            Map.of(
                    "gen_ai.evaluation.name", "Answer Quality",
                    "gen_ai.evaluation.score.value", 0.8,
                    "gen_ai.response.id", "chatcmpl-1");

    @Test
    @DisplayName("is a score of the answer that it names, with the judge's name and version")
    void score() {
        var feedback = judged(GOOD);
        assertThat(feedback.call()).isEqualTo("chatcmpl-1");
        var label = feedback.labels().getFirst();
        assertThat(label.name()).isEqualTo("answer_quality");
        assertThat(label.verdict()).isEqualTo(new Verdict.Score(0.8));
        assertThat(label.judge()).isEqualTo("grader");
        assertThat(label.version()).isEqualTo("3");
        assertThat(label.at()).isEqualTo(NOW.minusSeconds(9));
    }

    @ParameterizedTest
    @CsvSource({"fail, true", "Pass, false", "Hallucinated, true", "not relevant, true"})
    @DisplayName("that says a known word is a verdict, with its score beside it")
    void word(String word, boolean bad) {
        var label = judged(with("gen_ai.evaluation.score.label", word)).labels().getFirst();
        assertThat(label.verdict()).isEqualTo(new Verdict.Mark(bad));
        assertThat(label.score()).isEqualTo(new Verdict.Score(0.8));
    }

    @Test
    @DisplayName(
            "that says a known word is one with a score on another scale too, which is no score here")
    void otherScale() {
        var said = with("gen_ai.evaluation.score.label", "pass");
        said.put("gen_ai.evaluation.score.value", 4.5);
        var label = judged(said).labels().getFirst();
        assertThat(label.verdict()).isEqualTo(new Verdict.Mark(false));
        assertThat(label.score()).isNull();
    }

    @Test
    @DisplayName("with a word that nobody knows goes by its score")
    void otherWord() {
        assertThat(
                        judged(with("gen_ai.evaluation.score.label", "fair"))
                                .labels()
                                .getFirst()
                                .verdict())
                .isEqualTo(new Verdict.Score(0.8));
    }

    @Test
    @DisplayName("that failed is neither good nor bad")
    void failed() {
        assertThat(judged(with("error.type", "timeout")).labels().getFirst().verdict())
                .isEqualTo(new Verdict.Failed());
    }

    @Test
    @DisplayName("in a span judges that span's own call")
    void inASpan() {
        var attributes = new HashMap<>(GOOD);
        attributes.remove("gen_ai.response.id");
        assertThat(Verdicts.of(event(attributes), "chatcmpl-7", 0, NOW))
                .isInstanceOfSatisfying(
                        Told.Judged.class,
                        judged -> assertThat(judged.feedback().call()).isEqualTo("chatcmpl-7"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gen_ai.evaluation.name        |     | gen_ai.evaluation.name: is missing
                    gen_ai.response.id            |     | gen_ai.response.id: is missing
                    gen_ai.evaluation.score.value | 4.5 | says neither a score of 0 to 1
                    """)
    @DisplayName("that cannot be read is refused with what is wrong")
    void refused(String name, Double value, String why) {
        var attributes = new HashMap<>(GOOD);
        attributes.remove(name);
        if (value != null) {
            attributes.put(name, value);
        }
        assertThat(Verdicts.of(event(attributes), null, 0, NOW))
                .isInstanceOfSatisfying(
                        Told.Refused.class, refused -> assertThat(refused.why()).contains(why));
    }

    private static Map<String, Object> with(String name, Object value) {
        var all = new HashMap<>(GOOD);
        all.put(name, value);
        return all;
    }

    private static Feedback judged(Map<String, Object> attributes) {
        var told = Verdicts.of(event(attributes), null, 0, NOW);
        assertThat(told).isInstanceOf(Told.Judged.class);
        return ((Told.Judged) told).feedback();
    }

    private static Event event(Map<String, Object> attributes) {
        return new Event(
                Events.EVALUATION,
                "",
                "",
                NOW.minusSeconds(9),
                new Attributes(attributes),
                new Event.Scope("grader", "3"));
    }
}
