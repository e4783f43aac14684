package dev.serin.server.evidence;

import dev.serin.server.problem.ProblemException;
import java.util.UUID;

/// Ids of rollouts as they stand in addresses.
public final class Ids {

    private Ids() {}

    /// The id that stands in an address.
    ///
    /// @throws ProblemException not found, if it can be no rollout's
    public static UUID parse(String text) {
        try {
            var id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException _) {
            // told below, like any other that is not there
        }
        throw ProblemException.notFound("no-such-rollout", "there is no rollout with this id");
    }
}
