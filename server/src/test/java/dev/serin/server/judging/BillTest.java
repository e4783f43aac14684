package dev.serin.server.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.provider.Kind;
import dev.serin.server.provider.Price;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a judge's answer costs")
class BillTest {

    /// USD for a million: 8 of the question, 1 if kept, 10 to keep, 20 of the answer.
    private static final Price PRICE = new Price(8, 1, 10, 20);

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} {1}: {2} millionths of a dollar")
    @DisplayName("is told by the tokens, those that the provider had kept at their own price")
    @CsvSource(
            delimiter = '|',
            value = {
                "OPENAI    | {'prompt_tokens': 100, 'completion_tokens': 10} | 1000",
                "OPENAI    | {'prompt_tokens': 100, 'completion_tokens': 10, 'prompt_tokens_details': {'cached_tokens': 60}} | 580",
                "ANTHROPIC | {'input_tokens': 100, 'output_tokens': 10} | 1000",
                "ANTHROPIC | {'input_tokens': 40, 'cache_read_input_tokens': 60, 'cache_creation_input_tokens': 5, 'output_tokens': 10} | 630",
            })
    void isTold(Kind kind, String usage, double microUsd) throws Exception {
        assertThat(of(kind, usage)).isCloseTo(microUsd, within(1e-9));
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("is as high as it can be where the provider does not say, or says nonsense")
    @CsvSource(
            delimiter = '|',
            value = {
                "OPENAI    | {}",
                "OPENAI    | {'prompt_tokens': 100}",
                "OPENAI    | {'prompt_tokens': 100, 'completion_tokens': 1, 'prompt_tokens_details': {'cached_tokens': 101}}",
                "OPENAI    | {'prompt_tokens': -5, 'completion_tokens': 1}",
                "ANTHROPIC | {'cache_read_input_tokens': 60, 'output_tokens': 10}",
                "ANTHROPIC | {'input_tokens': 40, 'cache_read_input_tokens': -1, 'output_tokens': 10}",
            })
    void isTheMost(Kind kind, String usage) throws Exception {
        assertThat(of(kind, usage)).isCloseTo(500 * 8 + Bill.MOST_TOKENS * 20, within(1e-9));
    }

    private static double of(Kind kind, String usage) throws Exception {
        return 1e6 * Bill.usd(kind, JSON.readTree(usage.replace('\'', '"')), PRICE, 1_000);
    }
}
