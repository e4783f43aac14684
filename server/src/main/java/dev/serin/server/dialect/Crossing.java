package dev.serin.server.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A question in the words of the other API, and who puts its answer back.
///
/// @param question JSON
public record Crossing(String question, Translation answer) {

    /// A chat completion, asked of a provider that speaks Anthropic's API.
    ///
    /// @param model as its provider calls it
    /// @param now in seconds since 1970
    /// @throws Untranslatable if it holds what Anthropic's API has no words for
    public static Crossing ofChat(byte[] question, String model, long now) throws Untranslatable {
        var chat = read(question);
        var put = ChatQuestion.toMessages(chat, model);
        boolean usage = chat.path("stream_options").path("include_usage").asBoolean();
        return new Crossing(Json.write(put), new MessageToChat(now, usage));
    }

    /// A message, asked of a provider that speaks OpenAI's API.
    ///
    /// @param model as its provider calls it
    /// @param tellsUsage whether the provider may be asked for the tokens of a stream
    /// @throws Untranslatable if it holds what OpenAI's API has no words for
    public static Crossing ofMessages(byte[] question, String model, boolean tellsUsage)
            throws Untranslatable {
        var put = MessagesQuestion.toChat(read(question), model, tellsUsage);
        return new Crossing(Json.write(put), new ChatToMessage());
    }

    /// What a provider said went wrong, in either API; null if it did not.
    public static @Nullable String errorMessage(byte[] reply) {
        try {
            return Json.text(Json.object(reply).path("error"), "message");
        } catch (Unreadable _) {
            return null;
        }
    }

    private static JsonNode read(byte[] question) throws Untranslatable {
        try {
            return Json.read(question);
        } catch (JsonProcessingException e) {
            var message = String.valueOf(e.getOriginalMessage());
            throw new Untranslatable(
                    "body",
                    message.startsWith("Duplicate field")
                            ? message.replaceFirst("Duplicate field", "a field stands there twice:")
                            : "it is no JSON");
        } catch (IOException _) {
            throw new Untranslatable("body", "it is no text in UTF-8");
        }
    }
}
