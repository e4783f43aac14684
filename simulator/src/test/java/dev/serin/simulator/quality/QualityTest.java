package dev.serin.simulator.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A sample; the whole report is `./serin quality`.
@DisplayName("Serin's decisions on models whose truth is known")
class QualityTest {

    private static final int RUNS = 60;
    private static final long SEED = 20_240_607;

    private static final List<QualityReport.Row> ROWS = rows();

    private static List<QualityReport.Row> rows() {
        try {
            return Quality.of(RUNS, 0, SEED, 2).rows();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<QualityReport.Row> of(String rule) {
        return ROWS.stream().filter(row -> row.rule().equals(rule)).toList();
    }

    @Test
    @DisplayName("never promote a bad one, and never roll a good one back")
    void areRight() {
        assertThat(of(Quality.SERIN))
                .hasSize(17)
                .allSatisfy(row -> {
                    assertThat(row.wronglyPromoted()).as(row.scenario()).isZero();
                    assertThat(row.wronglyRolledBack()).as(row.scenario()).isZero();
                });
    }

    @Test
    @DisplayName("take the calls that are listed, within what so few runs can tell")
    void takeTheListedCalls() {
        // The medians spread by about 0.16 of themselves at 60 runs where one call in five is off.
        assertThat(of(Quality.SERIN))
                .filteredOn(row -> row.undecided() < RUNS / 2)
                .hasSize(15)
                .allSatisfy(row ->
                        assertThat(row.median())
                                .as(row.scenario())
                                .isBetween(
                                        Math.min(0.65 * row.listed(), row.listed() - 1),
                                        Math.max(1.35 * row.listed(), row.listed() + 1)));
    }

    @Test
    @DisplayName("leave a model on its limit undecided")
    void leaveTheLimitAlone() {
        assertThat(of(Quality.SERIN))
                .filteredOn(row -> row.scenario().startsWith("errors 1.0x"))
                .allSatisfy(row -> assertThat(row.undecided()).isGreaterThan(RUNS * 95 / 100));
    }

    @Test
    @DisplayName("are better than the rules they replace")
    void areBetter() {
        assertThat(wrongRollbacks(Quality.PLAIN)).isGreaterThan(0.2);
        assertThat(wrongRollbacks(Quality.PEEKING)).isGreaterThan(0.03);
        assertThat(of(Quality.PLAIN))
                .filteredOn(QualityReport.Row::late)
                .allSatisfy(row -> assertThat(row.wronglyPromoted()).isGreaterThan(0.8));
    }

    @Test
    @DisplayName("come out the same on any number of threads")
    void needNoOrder() throws InterruptedException {
        assertThat(Quality.of(2, 1, 3, 1)).isEqualTo(Quality.of(2, 1, 3, 3));
    }

    @Test
    @DisplayName("are told in a table that names each broken promise")
    void areTold() {
        var wrong =
                new QualityReport.Row(
                        "a good one",
                        true,
                        false,
                        Quality.SERIN,
                        100,
                        1,
                        99,
                        0,
                        700,
                        800,
                        500,
                        600);
        var report = new QualityReport(100, 0, 1, List.of(wrong));

        assertThat(report.markdown())
                .contains("| a good one | Serin | 1.00 % |  | 0 % | 700 | 800 | 500 | 1.40 |");
        assertThat(report.broken())
                .containsExactly(
                        "a good one: more than 0.5 % wrong rollbacks",
                        "a good one: a median of 700 calls, 500 are listed");
    }

    private static double wrongRollbacks(String rule) {
        return of(rule).stream()
                .filter(QualityReport.Row::good)
                .mapToDouble(QualityReport.Row::wronglyRolledBack)
                .average()
                .orElseThrow();
    }
}
