package dev.serin.server.evidence;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/// A call that waits for a label. It says nothing of the arm: whoever labels should not know.
///
/// @param at when it began
/// @param deadline until when a label counts
/// @param labels which are missing
@RegisterForReflection
public record PendingCall(String id, Instant at, Instant deadline, List<String> labels) {

    public PendingCall {
        labels = List.copyOf(labels);
    }
}
