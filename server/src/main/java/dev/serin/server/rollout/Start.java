package dev.serin.server.rollout;

import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitor;
import dev.serin.server.planfile.PlanFile;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A wish to start a rollout.
///
/// @param source the plan's document as it was given
/// @param format in which language the document is
/// @param by as the journal writes a name
/// @param visitor who asks for it, whose teams count
/// @param linkedTo the rollout that this one takes back; null for none
public record Start(
        PlanFile plan,
        String source,
        Format format,
        String by,
        Visitor visitor,
        boolean simulated,
        @Nullable UUID linkedTo) {

    /// What Serin itself begins, or what somebody may whose right was asked for already.
    public static Start granted(
            PlanFile plan,
            String source,
            Format format,
            String by,
            boolean simulated,
            @Nullable UUID linkedTo) {
        return new Start(plan, source, format, by, Visitor.serin(), simulated, linkedTo);
    }

    /// The team that its plan names; null for none.
    @Nullable String team() {
        return Scope.stored(plan.team());
    }

    /// The language of a plan's document.
    public enum Format {
        YAML,
        JSON;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
