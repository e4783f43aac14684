package dev.serin.server.judging;

import io.vertx.core.buffer.Buffer;

/// An answer to be judged, and what was asked.
///
/// @param wire how question and answer are written
/// @param question the request's body
/// @param answer the response's body
/// @param streamed whether the answer is events
public record Sample(ChosenCall call, Wire wire, Buffer question, Buffer answer, boolean streamed) {

    /// The longest question and the longest answer that are judged, in bytes.
    public static final int MOST_BYTES = 1 << 20;

    /// Texts of people do not belong into a log.
    @Override
    public String toString() {
        return call.toString();
    }
}
