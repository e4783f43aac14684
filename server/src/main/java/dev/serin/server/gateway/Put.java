package dev.serin.server.gateway;

import dev.serin.server.dialect.Crossing;
import dev.serin.server.dialect.Translation;
import dev.serin.server.dialect.Untranslatable;
import dev.serin.server.provider.Provider;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a question is put to one provider.
///
/// @param endpoint that is asked there
/// @param leavesOutUsage whether the client is not to see the usage that Serin asks for
/// @param back puts the answer into the client's words; null if it goes as it comes
record Put(Endpoint endpoint, Buffer body, boolean leavesOutUsage, @Nullable Translation back) {

    /// Only the model's name is changed where the provider speaks the client's API; else it is
    /// translated.
    ///
    /// @param endpoint that the client called
    /// @throws Untranslatable if the provider's API has no words for it
    static Put of(Endpoint endpoint, Question asked, Provider.Model model) throws Untranslatable {
        var provider = model.provider();
        if (provider.kind() == endpoint.kind()) {
            boolean wish =
                    endpoint == Endpoint.CHAT
                            && asked.streams()
                            && !asked.wantsUsage()
                            && provider.tellsUsage();
            return new Put(endpoint, asked.asking(model.name(), wish), wish, null);
        }
        return switch (endpoint) {
            case CHAT ->
                    of(
                            Endpoint.MESSAGES,
                            Crossing.ofChat(
                                    asked.body().getBytes(),
                                    model.name(),
                                    Instant.now().getEpochSecond()));
            case MESSAGES ->
                    of(
                            Endpoint.CHAT,
                            Crossing.ofMessages(
                                    asked.body().getBytes(), model.name(), provider.tellsUsage()));
            case COUNT ->
                    throw new Untranslatable(
                            "model", "its provider speaks OpenAI's API, which counts no tokens");
            case EMBEDDINGS, RESPONSES ->
                    throw new Untranslatable(
                            "model",
                            "its provider speaks Anthropic's API, which has no " + endpoint.path());
        };
    }

    private static Put of(Endpoint endpoint, Crossing crossing) {
        return new Put(
                endpoint,
                Buffer.buffer(crossing.question()),
                /* leavesOutUsage= */ false,
                crossing.answer());
    }
}
