package dev.serin.server.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.OpenAiError;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a question once, from its first byte to its last, and remembers where the fields stand that
/// Serin reads or changes.
final class QuestionReader {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    /// Fields that must not come twice: the provider might read the other one.
    private static final Set<String> ONCE = Set.of("model", "stream", "stream_options", "user");

    private static final int LONGEST_NAME = 200;

    private final Buffer body;
    private final JsonParser parser;
    private final List<String> seen = new ArrayList<>(ONCE.size());

    private @Nullable String route;
    private Question.@Nullable Span model;
    private boolean streams;
    private boolean wantsUsage;
    private Question.@Nullable Span streamOptions;
    private @Nullable String user;
    private @Nullable String conversation;
    private @Nullable String tenant;
    private Question.@Nullable Span beginning;
    private @Nullable String previous;

    private QuestionReader(Buffer body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    /// @throws BadQuestion if `body` is no JSON object in UTF-8 that names a model
    static Question read(Buffer body) throws BadQuestion {
        if (body.length() == 0) {
            throw bad("the body is empty; send one JSON object", null);
        }
        try (var parser = JSON.createParser(body.getBytes())) {
            return new QuestionReader(body, parser).question();
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw bad(
                    "the body is no JSON: %s, in line %d, column %d"
                            .formatted(
                                    Bodies.whatIsWrong(e),
                                    where == null ? 1 : where.getLineNr(),
                                    where == null ? 1 : where.getColumnNr()),
                    null);
        } catch (IOException _) {
            throw bad("the body is no text in UTF-8", null);
        }
    }

    private Question question() throws IOException, BadQuestion {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw bad("the body is to be one JSON object", null);
        }
        if (parser.currentTokenLocation().getByteOffset() < 0) {
            throw bad("the body is no text in UTF-8", null);
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            if (ONCE.contains(name)) {
                if (seen.contains(name)) {
                    throw bad(name + " stands there twice; leave one of them out", name);
                }
                seen.add(name);
            }
            field(name);
        }
        if (parser.nextToken() != null) {
            throw bad("something follows after the JSON object; send one object", null);
        }
        if (route == null || model == null) {
            throw bad("model is missing; write the name of a route", "model");
        }
        return new Question(
                body,
                route,
                streams,
                wantsUsage,
                user,
                conversation,
                tenant,
                beginning,
                previous,
                model,
                streamOptions);
    }

    private void field(String name) throws IOException, BadQuestion {
        switch (name) {
            case "model" -> {
                int from = start();
                route = text();
                if (route == null || route.isEmpty() || route.length() > LONGEST_NAME) {
                    throw bad("model is to be the name of a route", "model");
                }
                parser.finishToken();
                model = new Question.Span(from, end());
            }
            case "stream" -> {
                streams = parser.currentToken() == JsonToken.VALUE_TRUE;
                parser.skipChildren();
            }
            case "stream_options" -> streamOptions();
            case "user" -> user = text();
            case "safety_identifier" -> {
                var named = text();
                user = user == null ? named : user;
            }
            case "conversation" -> conversation();
            case "metadata" -> metadata();
            case "messages" -> messages();
            case "previous_response_id" -> previous = text();
            default -> parser.skipChildren();
        }
    }

    private void streamOptions() throws IOException {
        int from = start();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                var value = parser.nextToken();
                if (name.equals("include_usage")) {
                    wantsUsage = value == JsonToken.VALUE_TRUE;
                }
                parser.skipChildren();
            }
        } else {
            parser.skipChildren();
            parser.finishToken();
        }
        streamOptions = new Question.Span(from, end());
    }

    /// A name, or an object with its `id`.
    private void conversation() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            conversation = text();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            if (name.equals("id")) {
                conversation = text();
            } else {
                parser.skipChildren();
            }
        }
    }

    private void metadata() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "conversation_id" -> {
                    var named = text();
                    conversation = conversation == null ? named : conversation;
                }
                case "tenant" -> tenant = text();
                case "user_id" -> {
                    var named = text();
                    user = user == null ? named : user;
                }
                default -> parser.skipChildren();
            }
        }
    }

    /// What stands before and in the first message of a user is the same in every later turn.
    private void messages() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        int from = start();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean ofUser = false;
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("role")) {
                        ofUser = "user".equals(text());
                    } else {
                        parser.skipChildren();
                    }
                }
            } else {
                parser.skipChildren();
            }
            if (ofUser && beginning == null) {
                beginning = new Question.Span(from, end());
            }
        }
    }

    private @Nullable String text() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            var text = parser.getText();
            return text.isEmpty() ? null : text;
        }
        parser.skipChildren();
        return null;
    }

    private int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private int end() {
        return (int) parser.currentLocation().getByteOffset();
    }

    private static BadQuestion bad(String message, @Nullable String param) {
        return new BadQuestion(400, OpenAiError.invalid(message, param, "invalid_request"));
    }
}
