package dev.serin.server.rollout;

import dev.serin.engine.rollout.Phase;
import dev.serin.server.access.Role;
import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitor;
import java.util.Optional;

/// Somebody as far as gates and pauses wait for them.
///
/// @param name as the journal writes it; empty for who decides nowhere, so that their pages are one
record Decider(Scope operates, Scope approves, String name) {

    static Decider of(Visitor visitor) {
        var approves = visitor.scope(Role.APPROVER);
        return new Decider(
                visitor.scope(Role.OPERATOR),
                approves,
                approves.isSomewhere() && !visitor.isNameless() ? visitor.by() : "");
    }

    /// Whether a rollout that waits for a person waits for this one.
    boolean isAwaited(RolloutRow row) {
        return switch (row.phase) {
            case Phase.AwaitingApproval gate ->
                    approves.covers(row.team) && barred(row, gate).isEmpty();
            case Phase.Paused _ -> operates.covers(row.team);
            case Phase.Waiting _, Phase.Observing _, Phase.Complete _, Phase.RolledBack _ -> false;
        };
    }

    /// Why this approver may not approve at a gate of all; empty where they may.
    Optional<String> barred(RolloutRow row, Phase.AwaitingApproval gate) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (row.enginePlan().approvals().notByStarter() && name.equals(row.startedBy)) {
            return Optional.of(
                    "You started this rollout, and its plan asks for another approver. You may still"
                            + " reject.");
        }
        return gate.approvedBy().contains(name)
                ? Optional.of(
                        "You have approved already; it takes another person. You may still"
                                + " reject.")
                : Optional.empty();
    }
}
