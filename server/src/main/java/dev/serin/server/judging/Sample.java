package dev.serin.server.judging;

import dev.serin.server.planfile.RouteJudge;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/// An answer to be judged, and what was asked.
///
/// @param call the call's id
/// @param wire how question and answer are written
/// @param question the request's body
/// @param answer the response's body
/// @param streamed whether the answer is events
public record Sample(
        UUID rollout,
        RouteJudge judge,
        String call,
        Wire wire,
        Buffer question,
        Buffer answer,
        boolean streamed) {

    /// The longest question and the longest answer that are judged, in bytes.
    public static final int MOST_BYTES = 1 << 20;

    /// Texts of people do not belong into a log.
    @Override
    public String toString() {
        return "call " + call + " of rollout " + rollout;
    }
}
