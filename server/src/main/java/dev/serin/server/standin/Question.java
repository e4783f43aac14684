package dev.serin.server.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serin.server.problem.Bodies;
import dev.serin.simulator.provider.ErrorReply;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A question's body, as far as a stand-in heeds it. Every method refuses what it cannot read with an
/// [Objection].
record Question(JsonNode body) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /// English has about four letters to a token.
    private static final int LETTERS_PER_TOKEN = 4;

    private static final int MOST_DIMENSIONS = 4096;
    private static final int USUAL_DIMENSIONS = 256;

    static Question read(Buffer body) {
        try {
            var json = JSON.readTree(body.getBytes());
            if (json.isObject()) {
                return new Question(json);
            }
            throw new Objection(ErrorReply.badRequest("The body is to be one JSON object.", null));
        } catch (JsonProcessingException e) {
            throw new Objection(
                    ErrorReply.badRequest(
                            "We could not parse the JSON body of your request: "
                                    + Bodies.whatIsWrong(e),
                            null));
        } catch (IOException e) {
            throw new Objection(ErrorReply.badRequest("The body is no UTF-8 text.", null));
        }
    }

    String model() {
        var model = body.path("model").asText();
        if (model.isEmpty()) {
            throw refuse("model", "you must provide a model parameter");
        }
        return model;
    }

    boolean stream() {
        return isTrue(body.path("stream"), "stream");
    }

    boolean wantsUsage() {
        return isTrue(body.path("stream_options").path("include_usage"), "stream_options");
    }

    /// Refuses what is asked for and not there.
    void requireMessages() {
        var messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw refuse("messages", "an array of at least one message belongs here");
        }
        if (body.path("n").asInt(1) != 1) {
            throw refuse("n", "this stand-in gives one answer; leave it out");
        }
    }

    void requireInput() {
        var input = body.path("input");
        if (!input.isTextual() && !(input.isArray() && !input.isEmpty())) {
            throw refuse("input", "a text or an array belongs here");
        }
    }

    /// The tokens of all texts under a field, about.
    long promptTokens(String field) {
        return Math.max(1, letters(body.path(field)) / LETTERS_PER_TOKEN);
    }

    /// How long the answer may be at most, by the first of these fields that is there.
    OptionalInt mostTokens(String... fields) {
        for (var field : fields) {
            var most = body.path(field);
            if (most.isMissingNode() || most.isNull()) {
                continue;
            }
            if (!most.isIntegralNumber() || most.asLong() < 1) {
                throw refuse(field, "a whole number of 1 or more belongs here, got " + most);
            }
            return OptionalInt.of((int) Math.min(most.asLong(), Integer.MAX_VALUE));
        }
        return OptionalInt.empty();
    }

    /// The answer that this question goes on from; null for none.
    @Nullable String previous() {
        var id = body.path("previous_response_id");
        return id.isTextual() ? id.asText() : null;
    }

    /// The inputs of which vectors are wanted; tokens are taken as their numbers' text.
    List<String> inputs() {
        requireInput();
        var input = body.path("input");
        if (input.isTextual() || input.get(0).isNumber()) {
            return List.of(input.isTextual() ? input.asText() : input.toString());
        }
        var inputs = new ArrayList<String>();
        input.forEach(one -> inputs.add(one.isTextual() ? one.asText() : one.toString()));
        return inputs;
    }

    int dimensions() {
        int wanted = mostTokens("dimensions").orElse(USUAL_DIMENSIONS);
        if (wanted > MOST_DIMENSIONS) {
            throw refuse("dimensions", "at most %d belong here".formatted(MOST_DIMENSIONS));
        }
        return wanted;
    }

    boolean base64() {
        var format = body.path("encoding_format").asText("float");
        return switch (format) {
            case "base64" -> true;
            case "float" -> false;
            default -> throw refuse("encoding_format", "float or base64 belongs here");
        };
    }

    private static boolean isTrue(JsonNode flag, String field) {
        if (flag.isMissingNode() || flag.isNull()) {
            return false;
        }
        if (!flag.isBoolean()) {
            throw refuse(field, "true or false belongs here, got " + flag);
        }
        return flag.asBoolean();
    }

    private static long letters(JsonNode in) {
        if (in.isTextual()) {
            return in.asText().length();
        }
        long sum = 0;
        for (var child : in) {
            sum += child.isNumber() ? LETTERS_PER_TOKEN : letters(child);
        }
        return sum;
    }

    private static Objection refuse(String field, String mend) {
        return new Objection(ErrorReply.badRequest("'%s': %s".formatted(field, mend), field));
    }
}
