package dev.serin.server.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of posted observations or labels.
///
/// @param accepted how many are stored, those that were known already among them
/// @param label ids of the calls that are to be labelled; null where the plan waits for no labels
/// @param waiting labels whose call is not known yet; null for observations
/// @param uncounted labels that are kept and count for nothing; null for observations
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(
        int accepted,
        List<Refused> refused,
        @Nullable List<String> label,
        @Nullable Integer waiting,
        @Nullable List<Refused> uncounted) {

    /// What was not stored, or not counted.
    ///
    /// @param index its place in what was posted, from 0
    /// @param field the field that is wrong; empty if it is the whole
    /// @param message what is wrong with it and how to mend it
    @RegisterForReflection
    public record Refused(int index, String field, String message) {}

    public Answer {
        refused = List.copyOf(refused);
        label = label == null ? null : List.copyOf(label);
        uncounted = uncounted == null ? null : List.copyOf(uncounted);
    }
}
