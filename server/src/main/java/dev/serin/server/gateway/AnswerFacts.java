package dev.serin.server.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.serin.server.provider.Kind;
import dev.serin.server.provider.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What Serin reads of an answer, or of all events of a streamed one: never its text.
abstract sealed class AnswerFacts permits OpenAiFacts, AnthropicFacts {

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

    /// What is read of answers of a provider of this kind.
    static AnswerFacts of(Kind kind) {
        return switch (kind) {
            case OPENAI -> new OpenAiFacts();
            case ANTHROPIC -> new AnthropicFacts();
        };
    }

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

    /// Whether it holds what a chat is answered with.
    boolean hasAnswer() {
        return true;
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
    }

    /// Whether the text was one whole JSON object.
    boolean isWhole() {
        return object && depth == 0;
    }

    /// Whether the text was an event that tells the usage and nothing else.
    boolean onlyTellsUsage() {
        return false;
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
                        value(depth, token, parser);
                case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {}
            }
        }
    }

    /// An object or a list begins.
    ///
    /// @param depth of what it lies in; 0 for the text itself
    abstract void opens(int depth, boolean isObject);

    /// An object or a list has ended.
    ///
    /// @param depth of what it lay in
    abstract void closes(int depth);

    /// @param depth of what it lies in; its own name is that of this level
    abstract void value(int depth, JsonToken token, JsonParser parser) throws IOException;

    void isNamed(String told) {
        id = told;
    }

    void tells(Usage told) {
        usage = told;
    }

    void calls(String code) {
        errorCode = code;
    }

    void speaks(boolean now) {
        spoke |= now;
    }

    /// Whether what is being read lies, at this level, under this name.
    boolean is(int level, String name) {
        return level <= depth && name.equals(names[level]);
    }

    String name(int level) {
        return names[level];
    }

    private void open(@Nullable String name) {
        if (depth == 0) {
            object = name == null;
        }
        opens(depth, name == null);
        depth++;
        name(name == null ? "" : name);
    }

    private void close() {
        depth--;
        closes(depth);
    }

    private void name(String name) {
        if (depth <= DEEPEST_KNOWN) {
            names[depth] = name;
        }
    }

    static long number(JsonToken token, JsonParser parser) throws IOException {
        return token == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() < 16
                ? Math.max(0, parser.getLongValue())
                : 0;
    }
}
