package dev.serin.server.judging;

import dev.serin.server.planfile.RouteJudge;
import java.util.UUID;

/// A call that is to get its judge's label.
///
/// @param id under which it is observed
public record ChosenCall(UUID rollout, RouteJudge judge, String id) {

    /// What a log may say of it: its prompt is a text of people.
    @Override
    public String toString() {
        return "call " + id + " of rollout " + rollout;
    }
}
