package dev.serin.server.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import dev.serin.server.provider.Kind;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/// What a provider said instead of an answer.
///
/// @param kind of the provider that said it
/// @param code how it calls its error; empty if it does not
/// @param isJson whether the body is one JSON object, as a client expects it
record Reply(Kind kind, int status, MultiMap headers, Buffer body, String code, boolean isJson) {

    private static final JsonFactory JSON = new JsonFactory();

    /// @param kind of the provider
    /// @param isWhole whether all of the body is there
    static Reply of(Kind kind, int status, MultiMap headers, Buffer body, boolean isWhole) {
        var facts = AnswerFacts.of(kind);
        facts.begin();
        boolean json = isWhole;
        try (var parser = JSON.createParser(body.getBytes())) {
            facts.read(parser);
            json &= facts.isWhole();
        } catch (IOException _) {
            json = false;
        }
        return new Reply(kind, status, headers, body, facts.errorCode(), json);
    }
}
