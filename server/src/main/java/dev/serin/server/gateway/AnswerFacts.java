package dev.serin.server.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.serin.server.provider.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What Serin reads of an answer, or of all events of a streamed one: never its text.
final class AnswerFacts {

    private static final int DEEPEST_KNOWN = 6;

    private @Nullable String id;
    private @Nullable Usage usage;
    private boolean failed;
    private String errorCode = "";
    private boolean spoke;
    private boolean finished;

    private final String[] names = new String[DEEPEST_KNOWN + 1];
    private int depth;
    private boolean object;
    private boolean choice;
    private boolean usageHere;
    private long in = -1;
    private long cached;
    private long out;

    /// The answer's name; null if it has none.
    @Nullable String id() {
        return id;
    }

    /// The tokens that were last told; null if none were.
    @Nullable Usage usage() {
        return usage;
    }

    /// Whether it says that the call failed.
    boolean failed() {
        return failed;
    }

    /// How it calls its error; empty if it does not.
    String errorCode() {
        return errorCode;
    }

    /// Whether a word of the answer, or of a tool's call, has come.
    boolean spoke() {
        return spoke;
    }

    /// Whether it says that it is over.
    boolean finished() {
        return finished;
    }

    void finish() {
        finished = true;
    }

    void fail() {
        failed = true;
    }

    /// Begins a JSON text of its own: a whole answer, or one event.
    void begin() {
        depth = 0;
        object = false;
        choice = false;
        usageHere = false;
        in = -1;
        cached = 0;
        out = 0;
    }

    /// Whether the text was one whole JSON object.
    boolean isWhole() {
        return object && depth == 0;
    }

    /// Whether the text was an event that tells the usage and nothing else.
    boolean onlyTellsUsage() {
        return usageHere && !choice;
    }

    /// Reads on as far as there are bytes.
    ///
    /// @throws IOException if this is no JSON
    void read(JsonParser parser) throws IOException {
        for (var token = parser.nextToken();
                token != null && token != JsonToken.NOT_AVAILABLE;
                token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> open(null);
                case START_ARRAY -> open("*");
                case END_OBJECT, END_ARRAY -> close();
                case FIELD_NAME -> name(parser.currentName());
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                        value(token, parser);
                case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {}
            }
        }
    }

    private void open(@Nullable String name) {
        if (depth == 0) {
            object = name == null;
        }
        if (depth == 1 && is(1, "error")) {
            failed = true;
        }
        if (depth == 2 && is(1, "choices")) {
            choice = true;
        }
        boolean call =
                depth >= 4 && is(1, "choices") && (is(4, "tool_calls") || is(4, "function_call"));
        spoke |= call && name == null;
        depth++;
        name(name == null ? "" : name);
    }

    private void close() {
        depth--;
        boolean told = depth == 1 ? is(1, "usage") : depth == 2 && isOfResponse("usage");
        if (told && in >= 0) {
            usageHere = true;
            usage = new Usage(in, Math.min(cached, in), out);
        }
    }

    private void name(String name) {
        if (depth <= DEEPEST_KNOWN) {
            names[depth] = name;
        }
    }

    private void value(JsonToken token, JsonParser parser) throws IOException {
        switch (depth) {
            case 1 -> top(token, parser);
            case 2 -> {
                if (is(1, "usage")) {
                    tokens(names[2], token, parser);
                } else if (is(1, "error")) {
                    errorWord(names[2], parser);
                } else if (is(1, "response")) {
                    response(parser);
                }
            }
            case 3 -> {
                if (is(1, "usage") && isDetail(names[2]) && is(3, "cached_tokens")) {
                    cached = number(token, parser);
                } else if (isOfResponse("usage")) {
                    tokens(names[3], token, parser);
                } else if (isOfResponse("error")) {
                    errorWord(names[3], parser);
                } else if (is(1, "choices") && is(3, "finish_reason")) {
                    finished = true;
                } else if (is(1, "choices") && is(3, "text")) {
                    spoke |= parser.getTextLength() > 0;
                }
            }
            case 4 -> {
                if (isOfResponse("usage") && isDetail(names[3]) && is(4, "cached_tokens")) {
                    cached = number(token, parser);
                } else if (is(1, "choices")
                        && token == JsonToken.VALUE_STRING
                        && !is(4, "role")
                        && parser.getTextLength() > 0) {
                    spoke = true;
                }
            }
            default -> {}
        }
    }

    private void top(JsonToken token, JsonParser parser) throws IOException {
        switch (names[1]) {
            case "id" -> id = token == JsonToken.VALUE_STRING ? parser.getText() : id;
            case "error" -> failed |= token != JsonToken.VALUE_FALSE;
            case "status" -> failed |= parser.getText().equals("failed");
            case "type" -> event(parser.getText());
            default -> {}
        }
    }

    /// The kind of an event of a streamed response.
    private void event(String type) {
        switch (type) {
            case "response.completed", "response.incomplete" -> finished = true;
            case "response.failed", "error" -> failed = true;
            default -> spoke |= type.startsWith("response.") && type.endsWith(".delta");
        }
    }

    private void response(JsonParser parser) throws IOException {
        if (is(2, "id")) {
            id = parser.getText();
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
        if (name.equals("code") || (name.equals("type") && errorCode.isEmpty())) {
            errorCode = parser.getText();
        }
    }

    private static long number(JsonToken token, JsonParser parser) throws IOException {
        return token == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() < 16
                ? Math.max(0, parser.getLongValue())
                : 0;
    }

    private boolean isOfResponse(String name) {
        return is(1, "response") && is(2, name);
    }

    private static boolean isDetail(String name) {
        return name.equals("prompt_tokens_details") || name.equals("input_tokens_details");
    }

    private boolean is(int level, String name) {
        return level <= depth && name.equals(names[level]);
    }
}
