package dev.serin.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.provider.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An answer in JSON")
class PlainReaderTest {

    private static final String ANSWER = Upstream.chat("a-1", "hello \u00fc");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\",\"choices\":[{\"message\":{\"content\":\"\u00fc\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}",
                "{\"error\":{\"code\":\"rate_limit\",\"message\":\"slowly\"}}",
                "{\"id\":\"a\",\"choices\":[",
                "{\"id\":\"a\"}]",
                "{\"id\":\"a\"} {\"id\":\"b\"}",
                "[{\"id\":\"a\"}]",
                "<html>",
                "",
                " "
            })
    @DisplayName("is read alike at once and in pieces of any length")
    void isReadAlike(String text) {
        var bytes = text.getBytes(UTF_8);
        var whole = new OpenAiFacts();
        var reader = new PlainReader(whole);
        if (bytes.length > 0) {
            reader.takeAll(bytes);
        }
        var told = seen(reader, whole);
        for (int length = 1; length <= bytes.length; length++) {
            var facts = new OpenAiFacts();
            var pieces = new PlainReader(facts);
            for (int from = 0; from < bytes.length; from += length) {
                pieces.take(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length)));
            }
            assertThat(seen(pieces, facts)).as("pieces of %d", length).isEqualTo(told);
        }
    }

    @Test
    @DisplayName("in UTF-16 is none, at once as in pieces")
    void isUtf8() {
        for (var charset : List.of(UTF_16, UTF_16LE)) {
            var reader = new PlainReader(AnswerFacts.of(Kind.OPENAI));
            reader.takeAll(ANSWER.getBytes(charset));
            assertThat(reader.isBroken()).as(charset.name()).isTrue();
            assertThat(reader.end()).isFalse();
        }
        var reader = new PlainReader(AnswerFacts.of(Kind.OPENAI));
        reader.takeAll(ANSWER.getBytes(UTF_8));
        assertThat(reader.end()).isTrue();
    }

    private static List<Object> seen(PlainReader reader, AnswerFacts facts) {
        boolean whole = reader.end();
        return List.of(
                whole,
                reader.isEmpty(),
                String.valueOf(facts.id()),
                String.valueOf(facts.usage()),
                facts.failed(),
                facts.errorCode(),
                facts.hasAnswer());
    }
}
