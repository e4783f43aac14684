package dev.serin.server.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What a client asks, as far as Serin must know it, and the bytes in which it asks.
///
/// @param route the model that the client names
/// @param streams whether it wants the answer in pieces
/// @param wantsUsage whether it wants to be told the tokens of a stream
/// @param user who the client says is asking; null if it does not
/// @param conversation the conversation's name; null if it has none
/// @param tenant null if none is named
/// @param beginning bytes of the conversation's first messages; null if there are none
/// @param previous the answer on which this question builds; null if there is none
/// @param model where the model's name stands in `body`
/// @param streamOptions where these stand in `body`; null if they do not
record Question(
        Buffer body,
        String route,
        boolean streams,
        boolean wantsUsage,
        @Nullable String user,
        @Nullable String conversation,
        @Nullable String tenant,
        @Nullable Span beginning,
        @Nullable String previous,
        Span model,
        @Nullable Span streamOptions) {

    private static final String INCLUDE_USAGE = "include_usage";

    /// A part of the body.
    record Span(int from, int to) {}

    /// The body with another model's name.
    ///
    /// @param askForUsage whether the provider is to tell the tokens of a stream
    Buffer asking(String name, boolean askForUsage) {
        var quoted = JsonStringEncoder.getInstance().quoteAsUTF8(name);
        var out = Buffer.buffer(body.length() + quoted.length + 64);
        if (!askForUsage) {
            put(out, 0, model.from());
            quote(out, quoted);
            return put(out, model.to(), body.length());
        }
        if (streamOptions == null) {
            put(out, 0, model.from());
            quote(out, quoted);
            out.appendString(",\"stream_options\":{\"include_usage\":true}");
            return put(out, model.to(), body.length());
        }
        var options = text(streamOptions);
        var wish = options.startsWith("{") ? new JsonObject(options) : new JsonObject();
        var wished = wish.put(INCLUDE_USAGE, true).encode();
        if (model.from() < streamOptions.from()) {
            put(out, 0, model.from());
            quote(out, quoted);
            put(out, model.to(), streamOptions.from()).appendString(wished);
            return put(out, streamOptions.to(), body.length());
        }
        put(out, 0, streamOptions.from()).appendString(wished);
        put(out, streamOptions.to(), model.from());
        quote(out, quoted);
        return put(out, model.to(), body.length());
    }

    /// The bytes of the conversation's first messages; null if there are none.
    byte @Nullable [] beginningBytes() {
        return beginning == null ? null : body.getBytes(beginning.from(), beginning.to());
    }

    private String text(Span span) {
        return body.getString(span.from(), span.to());
    }

    private Buffer put(Buffer out, int from, int to) {
        return out.appendBuffer(body, from, to - from);
    }

    private static void quote(Buffer out, byte[] text) {
        out.appendByte((byte) '"').appendBytes(text).appendByte((byte) '"');
    }
}
