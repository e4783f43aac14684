package dev.serin.server.rollout;

import dev.serin.server.planfile.PlanFile;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A wish to start a rollout.
///
/// @param source the plan's document as it was given
/// @param format in which language the document is
/// @param linkedTo the rollout that this one takes back; null for none
public record Start(
        PlanFile plan,
        String source,
        Format format,
        String by,
        boolean simulated,
        @Nullable UUID linkedTo) {

    /// The language of a plan's document.
    public enum Format {
        YAML,
        JSON;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
