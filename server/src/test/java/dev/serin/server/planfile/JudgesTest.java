package dev.serin.server.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A plan's judge")
class JudgesTest {

    private static final String READS_LABELS = "  - hallucination_rate >= 8%\n";

    private static final String JUDGE =
            """
            judge:
              model: openai/gpt-4o
              prompt: |
                A good answer is true.
                It is short.
              share: 10%
            """;

    @Test
    @DisplayName(
            "says good or bad of the one label that conditions read, within 5 USD, and reads back as it was written")
    void readsBack() throws Exception {
        var read = Documents.read(Documents.GOOD + READS_LABELS + JUDGE, Known.NOTHING);
        assertThat(read.file().judge())
                .isEqualTo(
                        new RouteJudge(
                                "openai/gpt-4o",
                                "A good answer is true.\nIt is short.",
                                Share.percent(10),
                                "hallucination",
                                RouteJudge.Says.VERDICT,
                                5));
        assertThat(read.warnings()).noneMatch(warning -> warning.field().startsWith("judge"));
        var again = new ObjectMapper().writeValueAsString(PlanWriter.document(read.file()));
        assertThat(Documents.read(again, Known.NOTHING).file()).isEqualTo(read.file());
    }

    @Test
    @DisplayName("has its labels waited for, so that one arm's that stay away are seen")
    void waitsForLabels() {
        var read = Documents.read(Documents.GOOD + READS_LABELS + JUDGE, Known.NOTHING);
        assertThat(read.plan().labels())
                .isEqualTo(new Plan.Labels(Share.percent(10), Duration.ofMinutes(15)));
        var told = JUDGE + "labels: { share: 20%, deadline: 1h }\n";
        assertThat(
                        Documents.read(Documents.GOOD + READS_LABELS + told, Known.NOTHING)
                                .plan()
                                .labels())
                .isEqualTo(new Plan.Labels(Share.percent(20), Duration.ofHours(1)));
    }

    @Test
    @DisplayName("gives a score where a metric reads one under its label")
    void givesScores() {
        var plan =
                Documents.GOOD
                        + "  - answer_quality <= 0.5\n"
                        + "metrics: { answer_quality: { score: quality } }\n"
                        + JUDGE;
        assertThat(Documents.read(plan, Known.NOTHING).file().judge().says())
                .isEqualTo(RouteJudge.Says.SCORE);
    }

    @Test
    @DisplayName("is warned of where it decides nothing, and where it is the candidate itself")
    void warns() {
        var idle = JUDGE + "  label: tone\n";
        assertThat(Documents.read(Documents.GOOD + idle, Known.NOTHING).warnings())
                .anySatisfy(warning -> {
                    assertThat(warning.field()).isEqualTo("judge.label");
                    assertThat(warning.message()).contains("decides nothing");
                });
        var own =
                (Documents.GOOD + READS_LABELS + JUDGE)
                        .replace("candidate: gpt-4", "candidate: openai/gpt-4o");
        assertThat(Documents.read(own, Known.NOTHING).warnings())
                .anySatisfy(warning -> {
                    assertThat(warning.field()).isEqualTo("judge.model");
                    assertThat(warning.message()).contains("their own answers");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "judge: {prompt: a, share: 10%} | judge.model | write model: PROVIDER/NAME",
                "judge: {model: gpt-4o, prompt: a, share: 10%} | judge.model | through a provider",
                "judge: {model: openai/x, share: 10%} | judge.prompt | what makes an answer good",
                "judge: {model: openai/x, prompt: '  ', share: 10%} | judge.prompt | 1 to 8,000 characters",
                "judge: {model: openai/x, prompt: a} | judge.share | write share: 10%",
                "judge: {model: openai/x, prompt: a, share: 0%} | judge.share | no answer",
                "judge: {model: openai/x, prompt: a, share: 110%} | judge.share | 0% to 100%",
                "judge: {model: openai/x, prompt: a, share: 10%, usd: 0} | judge.usd | above 0",
                "judge: {model: openai/x, prompt: a, share: 10%, modell: b} | judge.modell | no field here",
                "judge: yes | judge | group of fields"
            })
    @DisplayName("that is wrong is refused with its line, its field and the mend")
    void refuses(String judge, String field, String message) {
        var reading = PlanReader.read(Documents.GOOD + READS_LABELS + judge, Known.NOTHING);
        assertThat(reading)
                .isInstanceOfSatisfying(
                        PlanReading.Refused.class,
                        refused ->
                                assertThat(refused.errors())
                                        .anySatisfy(error -> {
                                            assertThat(error.line()).isEqualTo(10);
                                            assertThat(error.field()).isEqualTo(field);
                                            assertThat(error.message()).contains(message);
                                        }));
    }

    @Test
    @DisplayName(
            "is refused where nobody knows under which label it speaks, or where its labels would not count")
    void refusesLabels() {
        assertThat(errors(Documents.GOOD + JUDGE)).contains("no condition reads a label");
        var two =
                Documents.GOOD
                        + READS_LABELS
                        + "  - complaint_rate >= 5%\n"
                        + "metrics: { complaint_rate: { label: complaint } }\n"
                        + JUDGE;
        assertThat(errors(two)).contains("labels complaint, hallucination; write label:");
        var few = Documents.GOOD + READS_LABELS + "labels: { share: 5%, deadline: 1h }\n" + JUDGE;
        assertThat(errors(few)).contains("count for nothing; write 5% or less");
    }

    private static String errors(String plan) {
        return PlanReader.read(plan, Known.NOTHING).toString();
    }
}
