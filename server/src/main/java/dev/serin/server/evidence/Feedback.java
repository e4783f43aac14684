package dev.serin.server.evidence;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Labels of one call, as they were posted.
///
/// @param index its place in what was posted, from 0
/// @param rollout the call's; null where its id is to tell
/// @param call the call's id
/// @param isShort whether it was posted as `labels`, many at once
public record Feedback(
        int index, @Nullable UUID rollout, String call, List<Label> labels, boolean isShort) {

    public Feedback {
        labels = List.copyOf(labels);
    }

    /// The field that holds a label.
    String field(Label label) {
        return isShort ? "labels." + label.name() : "value";
    }
}
