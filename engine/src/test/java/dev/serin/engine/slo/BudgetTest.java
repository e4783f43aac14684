package dev.serin.engine.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.engine.Oracle;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally.Counts;
import dev.serin.engine.judge.Track;
import dev.serin.engine.slo.BudgetState.Status;
import dev.serin.engine.slo.BurnRate.Alarm;
import dev.serin.engine.slo.BurnRate.Severity;
import dev.serin.engine.slo.Objective.Indicator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("An error budget")
class BudgetTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final ErrorBudget FIVE_PERCENT = new ErrorBudget(0.05);

    @ParameterizedTest
    @MethodSource
    @DisplayName("has alarms that agree with the reference implementation")
    void rules(JsonNode it) {
        var period = Duration.ofSeconds(it.get("period_s").asLong());
        var windows = it.get("windows").asText();
        double least = windows.contains("5 s") ? 5 : 0;
        double budget = it.get("budget").asDouble();
        var rule =
                BurnRate.exact(period, !windows.equals("fixed"), least).stream()
                        .filter(some -> some.spent() == it.get("budget_fraction").asDouble())
                        .findFirst()
                        .orElseThrow();

        assertThat(rule.severity())
                .isEqualTo(Severity.valueOf(it.get("kind").asText().toUpperCase(Locale.ROOT)));
        assertClose(rule.longSeconds(), it.get("long_s"));
        assertClose(rule.shortSeconds(), it.get("short_s"));
        assertClose(rule.factor(), it.get("factor"));
        assertClose(rule.threshold(budget), it.get("threshold"));
        assertThat(rule.threshold(budget) <= 1).isEqualTo(it.get("can_fire").asBoolean());
        assertClose(period.toSeconds() / rule.factor(), it.get("time_to_exhaust_s"));
    }

    static Stream<JsonNode> rules() {
        return Oracle.cases("burn_rates");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("burns as the reference implementation says")
    void calculations(JsonNode it) {
        var state =
                new ErrorBudget(it.get("budget").asDouble())
                        .after(new Counts(it.get("total").asLong(), it.get("bad").asLong()));

        assertClose(state.burn(), it.get("burn_rate"));
        assertClose(state.remaining(), it.get("budget_remaining"));
    }

    static Stream<JsonNode> calculations() {
        return Oracle.list("burn_rates", "calculations");
    }

    @Test
    @DisplayName("of 5 % has 98 % left after 1 bad call in 1,000")
    void oneInAThousand() {
        var state = FIVE_PERCENT.after(new Counts(1000, 1));

        assertThat(state.remaining()).isCloseTo(0.98, within(1e-12));
        assertThat(state.status()).isEqualTo(Status.HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, UNKNOWN",
        "30, 0, UNKNOWN",
        "3, 2, UNKNOWN",
        "100, 0, HEALTHY",
        "1000, 24, HEALTHY",
        "1000, 26, WARNING",
        "1000, 41, CRITICAL",
        "1000, 50, EXHAUSTED",
        "6, 5, EXHAUSTED"
    })
    @DisplayName("of 5 % is called")
    void statuses(long calls, long bad, Status status) {
        assertThat(FIVE_PERCENT.after(new Counts(calls, bad)).status()).isEqualTo(status);
    }

    @Test
    @DisplayName("reads the candidate's calls within the objective's window")
    void window() {
        var objective =
                new Objective(Indicator.TASK_SUCCESS_RATE, 0.95, null, Duration.ofMinutes(1));
        var evidence =
                new Evidence(
                        List.of(
                                new StepEvidence(
                                        0,
                                        NOON,
                                        13,
                                        List.of(
                                                bucket(objective, 0, 100, 90),
                                                bucket(objective, 5, 100, 10),
                                                bucket(objective, 12, 50, 3)),
                                        true)));

        assertThat(ErrorBudget.of(objective, evidence, NOON.plusSeconds(110)))
                .isEqualTo(new BudgetState(objective.budget(), 150, 13));
        assertThat(ErrorBudget.of(objective, evidence, NOON.plusSeconds(130)).bad()).isEqualTo(3);
    }

    @Test
    @DisplayName("counts a call that is bad in any way once")
    void anyBadCall() {
        var tallies = new Tallies(Map.of(new Track.Calls(), new Counts(200, 12)));
        var bucket = new StepEvidence.Bucket(0, 1, tallies, Tallies.NONE);
        var step = new StepEvidence(0, NOON, 1, List.of(bucket), true);

        assertThat(FIVE_PERCENT.of(new Evidence(List.of(step))).isExhausted()).isTrue();
    }

    @Test
    @DisplayName("of an hour alarms by windows that hold some calls, and says what they stand for")
    void anHour() {
        var rules = BurnRate.rules(Duration.ofHours(1));

        assertThat(rules).extracting(BurnRate::longSeconds).containsExactly(60.0, 180.0, 1800.0);
        assertThat(rules).extracting(BurnRate::shortSeconds).containsExactly(5.0, 15.0, 150.0);
        assertThat(rules.getFirst().factor()).isCloseTo(14.4, within(1e-12));
        assertThat(rules.getFirst().spent()).isCloseTo(0.24, within(1e-12));
    }

    @Test
    @DisplayName("of 30 days alarms by the windows of the workbook")
    void aMonth() {
        var rules = BurnRate.rules(Duration.ofDays(30));

        assertThat(rules)
                .extracting(BurnRate::longSeconds)
                .containsExactly(3600.0, 21600.0, 259200.0);
        assertThat(rules.getLast().factor()).isCloseTo(1, within(1e-12));
    }

    @Test
    @DisplayName("that is loose alarms at half of the calls, not at more than all of them")
    void looseBudget() {
        var page = BurnRate.rules(Duration.ofDays(30)).getFirst();

        assertThat(page.effectiveFactor(0.05)).isCloseTo(10, within(1e-12));
        assertThat(page.leastCalls(0.05)).isEqualTo(10);
        assertThat(page.alarm(FIVE_PERCENT, new Counts(100, 60), new Counts(10, 6)))
                .isEqualTo(Alarm.FIRING);
        assertThat(page.alarm(FIVE_PERCENT, new Counts(100, 60), new Counts(10, 1)))
                .isEqualTo(Alarm.QUIET);
    }

    @Test
    @DisplayName("is not alarmed by one failure in a quiet hour")
    void quietHour() {
        var page = BurnRate.rules(Duration.ofDays(30)).getFirst();

        assertThat(page.alarm(new ErrorBudget(0.001), new Counts(10, 1), new Counts(1, 1)))
                .isEqualTo(Alarm.TOO_LITTLE_TRAFFIC);
        assertThat(page.alarm(FIVE_PERCENT, Counts.NONE, Counts.NONE))
                .isEqualTo(Alarm.TOO_LITTLE_TRAFFIC);
    }

    @Test
    @DisplayName("is told to be quiet only by calls enough to alarm")
    void silenceIsNotQuiet() {
        var page = BurnRate.rules(Duration.ofDays(30)).getFirst();

        assertThat(page.alarm(FIVE_PERCENT, new Counts(9, 0), new Counts(1, 0)))
                .isEqualTo(Alarm.TOO_LITTLE_TRAFFIC);
        assertThat(page.alarm(FIVE_PERCENT, new Counts(10, 0), Counts.NONE)).isEqualTo(Alarm.QUIET);
        assertThat(page.alarm(FIVE_PERCENT, new Counts(10, 5), new Counts(2, 1)))
                .isEqualTo(Alarm.TOO_LITTLE_TRAFFIC);
        assertThat(page.alarm(FIVE_PERCENT, new Counts(10, 5), new Counts(4, 2)))
                .isEqualTo(Alarm.FIRING);
    }

    @ParameterizedTest
    @CsvSource({"28, 3360, 20160, 241920", "7, 840, 5040, 60480"})
    @DisplayName("of weeks keeps the factors and shrinks the windows")
    void weeks(int days, double fast, double slow, double ticket) {
        var rules = BurnRate.rules(Duration.ofDays(days));

        assertThat(rules)
                .extracting(BurnRate::longSeconds)
                .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-6 ? 0 : 1)
                .containsExactly(fast, slow, ticket);
        assertThat(rules.get(0).factor()).isCloseTo(14.4, within(1e-9));
        assertThat(rules.get(1).factor()).isCloseTo(6, within(1e-9));
        assertThat(rules.get(2).factor()).isCloseTo(1, within(1e-9));
        assertThat(rules.get(1).spent()).isCloseTo(0.05, within(1e-9));
    }

    @Test
    @DisplayName("of minutes never waits for more than half of itself to be gone")
    void minutes() {
        var rules = BurnRate.rules(Duration.ofMinutes(10));

        assertThat(rules).extracting(BurnRate::longSeconds).containsExactly(60.0, 180.0);
        assertThat(rules)
                .allSatisfy(rule -> {
                    assertThat(rule.spent()).isCloseTo(0.5, within(1e-12));
                    assertThat(rule.factor()).isGreaterThan(1);
                });
        assertThat(BurnRate.rules(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    @DisplayName("is gone in what is left by the pace, and lasts at a pace of 1 or less")
    void exhaustion() {
        var day = Duration.ofDays(30);
        var halfLeft = FIVE_PERCENT.after(new Counts(1000, 25));

        assertThat(halfLeft.exhaustedIn(day, 14.4)).contains(day.dividedBy(288).multipliedBy(10));
        assertThat(halfLeft.exhaustedIn(day, 1)).isEmpty();
        assertThat(FIVE_PERCENT.after(new Counts(10, 1)).exhaustedIn(day, 0))
                .contains(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "TOOL_CALL_ACCURACY, tool_call_wrong",
        "POLICY_COMPLIANCE, policy_violation",
        "DELEGATION_DEPTH, delegation_too_deep",
        "HALLUCINATION_RATE, hallucination"
    })
    @DisplayName("of an indicator over labels counts the calls that carry the bad one")
    void labels(Indicator indicator, String label) {
        var objective = new Objective(indicator, 0.99, null, Duration.ofDays(7));

        assertThat(objective.track()).isEqualTo(new Track.Marked(label));
    }

    @Test
    @DisplayName("forgets events by the bucket")
    void ring() {
        var ring = new Ring(Duration.ofMinutes(1), 60);
        ring.record(NOON, true);
        ring.record(NOON.plusSeconds(30), false);

        assertThat(ring.until(NOON.plusSeconds(59))).isEqualTo(new Counts(2, 1));
        assertThat(ring.until(NOON.plusSeconds(60))).isEqualTo(new Counts(1, 0));
        assertThat(ring.within(NOON.plusSeconds(30), 5)).isEqualTo(new Counts(1, 0));
        ring.record(NOON.plusSeconds(90), true);
        ring.record(NOON.plusSeconds(30), true);
        assertThat(ring.until(NOON.plusSeconds(90))).isEqualTo(new Counts(1, 1));
        assertThat(ring.until(NOON.plusSeconds(400))).isEqualTo(Counts.NONE);
    }

    private static StepEvidence.Bucket bucket(Objective objective, int index, long n, long bad) {
        var tallies = new Tallies(Map.of(objective.track(), new Counts(n, bad)));
        return new StepEvidence.Bucket(index, 1, tallies, Tallies.NONE);
    }

    private static void assertClose(double actual, JsonNode expected) {
        double value = expected.asDouble();
        assertThat(actual).isCloseTo(value, within(1e-12 * Math.max(1, Math.abs(value))));
    }
}
