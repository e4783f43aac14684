package dev.serin.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A text in a table for spreadsheets")
class CompareCsvTest {

    @ParameterizedTest
    @DisplayName("is no formula, whatever somebody called a model")
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
    void harmless(String text) {
        assertThat(CompareCsv.harmless(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @DisplayName("stays as it is where no spreadsheet would run it")
    @CsvSource({"openai/gpt-4", "a=b", "5 %", "''"})
    void untouched(String text) {
        assertThat(CompareCsv.harmless(text)).isEqualTo(text);
    }
}
