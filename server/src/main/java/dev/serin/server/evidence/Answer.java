package dev.serin.server.evidence;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/// What became of posted observations.
///
/// @param accepted how many are stored, those that were known already among them
@RegisterForReflection
public record Answer(int accepted, List<Refused> refused) {

    /// An observation that was not stored.
    ///
    /// @param index its place in what was posted, from 0
    /// @param field the field that is wrong; empty if it is the whole
    /// @param message what is wrong with it and how to mend it
    @RegisterForReflection
    public record Refused(int index, String field, String message) {}

    public Answer {
        refused = List.copyOf(refused);
    }
}
