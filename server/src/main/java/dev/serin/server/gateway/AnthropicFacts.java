package dev.serin.server.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.serin.server.provider.Usage;
import java.io.IOException;

/// Reads answers as Anthropic writes them: messages, and the events of a streamed one.
///
/// A stream tells the tokens of the question when it begins and those of the answer at its end; what a
/// stream cost that broke in between is not known.
final class AnthropicFacts extends AnswerFacts {

    private long in = -1;
    private long cached;
    private long written;
    private long out;

    @Override
    void opens(int depth, boolean isObject) {
        if (depth == 1 && is(1, "error")) {
            fail();
        }
    }

    @Override
    void closes(int depth) {
        if (depth == 1 && is(1, "usage") && in >= 0) {
            // What was kept and what is kept for later is counted beside `input_tokens`.
            tells(new Usage(in + cached + written, cached, written, out));
        }
    }

    @Override
    void value(int depth, JsonToken token, JsonParser parser) throws IOException {
        switch (depth) {
            case 1 -> top(token, parser);
            case 2 -> {
                switch (name(1)) {
                    case "usage" -> tokens(name(2), token, parser);
                    case "error" -> errorWord(name(2), parser);
                    case "message" -> {
                        if (is(2, "id")) {
                            isNamed(parser.getText());
                        }
                    }
                    case "delta" -> delta(token, parser);
                    case "content_block" ->
                            speaks(is(2, "type") && parser.getText().equals("tool_use"));
                    default -> {}
                }
            }
            case 3 -> {
                if (is(1, "message") && is(2, "usage")) {
                    tokens(name(3), token, parser);
                }
            }
            default -> {}
        }
    }

    private void top(JsonToken token, JsonParser parser) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            return;
        }
        switch (name(1)) {
            case "id" -> isNamed(parser.getText());
            case "type" -> {
                switch (parser.getText()) {
                    case "error" -> fail();
                    case "message_stop" -> finish();
                    default -> {}
                }
            }
            default -> {}
        }
    }

    private void delta(JsonToken token, JsonParser parser) throws IOException {
        switch (name(2)) {
            case "text", "partial_json", "thinking" ->
                    speaks(token == JsonToken.VALUE_STRING && parser.getTextLength() > 0);
            case "stop_reason" -> finish();
            default -> {}
        }
    }

    private void tokens(String name, JsonToken token, JsonParser parser) throws IOException {
        switch (name) {
            case "input_tokens" -> in = number(token, parser);
            case "cache_read_input_tokens" -> cached = number(token, parser);
            case "cache_creation_input_tokens" -> written = number(token, parser);
            case "output_tokens" -> out = number(token, parser);
            default -> {}
        }
    }

    /// A question that is too long, and an account that is used up, are told by the sentence alone.
    private void errorWord(String name, JsonParser parser) throws IOException {
        if (name.equals("type") && errorCode().isEmpty()) {
            calls(parser.getText());
        } else if (name.equals("message")) {
            var sentence = parser.getText();
            if (sentence.startsWith("prompt is too long")) {
                calls(Fault.CONTEXT.code());
            } else if (sentence.contains("credit balance is too low")) {
                calls("billing_error");
            }
        }
    }
}
