package dev.serin.server.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody may do to the rollouts of a team: which buttons a page has for them.
///
/// @param operates may start, pause, resume, promote, roll back and put a model back
/// @param approves may decide at gates
public record Rights(boolean operates, boolean approves) {

    /// What they may do in a team.
    ///
    /// @param team null for nobody's
    public static Rights of(Visitor visitor, @Nullable String team) {
        return new Rights(visitor.may(Role.OPERATOR, team), visitor.may(Role.APPROVER, team));
    }

    /// Why buttons are missing, in a sentence that says what would bring them; null if none is.
    ///
    /// @param operable whether an operator would have one
    /// @param gate whether an approver would have one
    /// @param team whose rollout it is; null for nobody's
    public @Nullable String missing(boolean operable, boolean gate, @Nullable String team) {
        var where = team == null ? "" : " in " + team;
        var needs = new ArrayList<String>();
        if (gate && !approves) {
            needs.add("approving needs the role approver" + where);
        }
        if (operable && !operates) {
            needs.add("moving it by hand needs the role operator" + where);
        }
        if (needs.isEmpty()) {
            return null;
        }
        var may = operates || approves ? "" : "You may watch; ";
        var sentence = may + String.join(", ", needs) + ". Ask an admin for it.";
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /// `actions`, if they may operate.
    public <T> List<T> operating(List<T> actions) {
        return operates ? actions : List.of();
    }
}
