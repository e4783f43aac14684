package dev.serin.web.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A number")
class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.021|2.1 %",
                "0.02|2.0 %",
                "0.34|34 %",
                "0|0 %",
                "1|100 %",
                "0.999|99.9 %",
                "0.9999|99.9 %",
                "0.00052|0.052 %",
                "0.0000001|0.000010 %",
                "0.0995|10 %",
                "0.1|10 %",
                "-0.041|−4.1 %",
                "1.5|150 %"
            })
    @DisplayName("that is a rate never looks like all or nothing when it is not")
    void percent(double fraction, String words) {
        assertThat(Numbers.percent(fraction)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4821|$4,800",
                "0.033|$0.033",
                "0.03|$0.030",
                "0.00068|$0.00068",
                "5.14|$5.1",
                "36.2|$36",
                "0|$0",
                "-12|−$12",
                "9.99|$10",
                "1234567|$1,200,000",
                "0.0999|$0.10"
            })
    @DisplayName("of dollars has two significant digits")
    void usd(double usd, String words) {
        assertThat(Numbers.usd(usd)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "812|812 ms",
                "7300|7.3 s",
                "999.6|1.0 s",
                "12400|12 s",
                "125000|2 min 5 s",
                "0|0 ms",
                "3.14|3.1 ms",
                "-700|−700 ms"
            })
    @DisplayName("of milliseconds is printed in the unit that people say")
    void millis(double ms, String words) {
        assertThat(Numbers.millis(ms)).isEqualTo(words);
    }

    @Test
    @DisplayName("that was chosen is printed as it was chosen")
    void chosen() {
        assertThat(Numbers.share(0.25)).isEqualTo("25 %");
        assertThat(Numbers.share(0.005)).isEqualTo("0.5 %");
        assertThat(Numbers.usdLimit(0.1)).isEqualTo("$0.10");
        assertThat(Numbers.usdLimit(20)).isEqualTo("$20");
        assertThat(Numbers.usdLimit(0.005)).isEqualTo("$0.005");
        assertThat(Numbers.millisLimit(5000)).isEqualTo("5 s");
        assertThat(Numbers.millisLimit(1250)).isEqualTo("1.25 s");
    }

    @Test
    @DisplayName("that is observed carries its calls, and without calls says so")
    void carriesItsCalls() {
        assertThat(Numbers.rateOf(0.021, 412)).isEqualTo("2.1 % of 412");
        assertThat(Numbers.rateOf(0.021, 12_408)).isEqualTo("2.1 % of 12,408");
        assertThat(Numbers.rateOf(Double.NaN, 0)).isEqualTo("no calls yet");
    }

    @Test
    @DisplayName("that is missing is not known, whatever its unit")
    void notKnown() {
        for (var unit : Unit.values()) {
            assertThat(unit.print(Double.NaN)).isEqualTo("not known");
            assertThat(unit.printLimit(Double.POSITIVE_INFINITY))
                    .isIn("not known", "not known points");
        }
    }

    @Test
    @DisplayName("of time is said by its two largest units")
    void durations() {
        assertThat(Numbers.duration(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
        assertThat(Numbers.duration(Duration.ofSeconds(30))).isEqualTo("30 s");
        assertThat(Numbers.duration(Duration.ofHours(25))).isEqualTo("1 d 1 h");
        assertThat(Numbers.duration(Duration.ofHours(24))).isEqualTo("1 d");
        assertThat(Numbers.duration(Duration.ZERO)).isEqualTo("0 s");
        assertThat(Numbers.brief(Duration.ofSeconds(612))).isEqualTo("10 min");
        assertThat(Numbers.brief(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
    }

    @Test
    @DisplayName("that differs says which way")
    void differences() {
        assertThat(Numbers.points(-0.041)).isEqualTo("−4.1 points");
        assertThat(Numbers.points(0.002)).isEqualTo("+0.2 points");
        assertThat(Numbers.times(2.41)).isEqualTo("2.4×");
    }
}
