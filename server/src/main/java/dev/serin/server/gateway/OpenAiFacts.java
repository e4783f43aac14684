package dev.serin.server.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.serin.server.provider.Usage;
import java.io.IOException;

/// Reads answers as OpenAI writes them: to chats, responses and embeddings.
final class OpenAiFacts extends AnswerFacts {

    /// Whether a choice has come, in this event and in any.
    private boolean choice;

    private boolean anyChoice;
    private boolean usageHere;
    private long in = -1;
    private long cached;
    private long out;

    @Override
    void begin() {
        super.begin();
        choice = false;
        usageHere = false;
        in = -1;
        cached = 0;
        out = 0;
    }

    @Override
    boolean onlyTellsUsage() {
        return usageHere && !choice;
    }

    @Override
    boolean hasAnswer() {
        return anyChoice;
    }

    @Override
    void opens(int depth, boolean isObject) {
        if (depth == 1 && is(1, "error")) {
            fail();
        }
        if (depth == 2 && is(1, "choices")) {
            choice = true;
            anyChoice = true;
        }
        speaks(
                isObject
                        && depth >= 4
                        && is(1, "choices")
                        && (is(4, "tool_calls") || is(4, "function_call")));
    }

    @Override
    void closes(int depth) {
        boolean told = depth == 1 ? is(1, "usage") : depth == 2 && isOfResponse("usage");
        if (told && in >= 0) {
            usageHere = true;
            tells(new Usage(in, Math.min(cached, in), out));
        }
    }

    @Override
    void value(int depth, JsonToken token, JsonParser parser) throws IOException {
        switch (depth) {
            case 1 -> top(token, parser);
            case 2 -> {
                if (is(1, "usage")) {
                    tokens(name(2), token, parser);
                } else if (is(1, "error")) {
                    errorWord(name(2), parser);
                } else if (isOfResponse("id")) {
                    isNamed(parser.getText());
                }
            }
            case 3 -> {
                if (is(1, "usage") && isDetail(name(2)) && is(3, "cached_tokens")) {
                    cached = number(token, parser);
                } else if (isOfResponse("usage")) {
                    tokens(name(3), token, parser);
                } else if (isOfResponse("error")) {
                    errorWord(name(3), parser);
                } else if (is(1, "choices") && is(3, "finish_reason")) {
                    finish();
                } else if (is(1, "choices") && is(3, "text")) {
                    speaks(parser.getTextLength() > 0);
                }
            }
            case 4 -> {
                if (isOfResponse("usage") && isDetail(name(3)) && is(4, "cached_tokens")) {
                    cached = number(token, parser);
                } else if (is(1, "choices") && token == JsonToken.VALUE_STRING && !is(4, "role")) {
                    speaks(parser.getTextLength() > 0);
                }
            }
            default -> {}
        }
    }

    private void top(JsonToken token, JsonParser parser) throws IOException {
        switch (name(1)) {
            case "id" -> {
                if (token == JsonToken.VALUE_STRING) {
                    isNamed(parser.getText());
                }
            }
            case "error" -> {
                if (token != JsonToken.VALUE_FALSE) {
                    fail();
                }
            }
            case "status" -> {
                if (parser.getText().equals("failed")) {
                    fail();
                }
            }
            case "type" -> event(parser.getText());
            default -> {}
        }
    }

    /// The kind of an event of a streamed response.
    private void event(String type) {
        switch (type) {
            case "response.completed", "response.incomplete" -> finish();
            case "response.failed", "error" -> fail();
            default -> speaks(type.startsWith("response.") && type.endsWith(".delta"));
        }
    }

    private void tokens(String name, JsonToken token, JsonParser parser) throws IOException {
        switch (name) {
            case "prompt_tokens", "input_tokens" -> in = number(token, parser);
            case "completion_tokens", "output_tokens" -> out = number(token, parser);
            default -> {}
        }
    }

    private void errorWord(String name, JsonParser parser) throws IOException {
        if (name.equals("code") || (name.equals("type") && errorCode().isEmpty())) {
            calls(parser.getText());
        }
    }

    private boolean isOfResponse(String name) {
        return is(1, "response") && is(2, name);
    }

    private static boolean isDetail(String name) {
        return name.equals("prompt_tokens_details") || name.equals("input_tokens_details");
    }
}
