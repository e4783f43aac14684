package dev.serin.server.notice;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message to one receiver, for programs.
///
/// @param id grows with time; give the last one as `before` for those further back
/// @param notice the `webhook-id` that receivers see, the same for all who are told the same
/// @param type such as `rollout.gate_opened`
/// @param receiver its address without what may be a key to it
/// @param kind `webhook`, `slack` or `email`
/// @param state `waits`, `delivered` or `dead`
/// @param triedAt when it was sent last, null before
/// @param answer what came of that, null before
/// @param nextAt when it is sent next, null if it is not
/// @param resendable whether `POST …/resend` would send it again
@RegisterForReflection
record NoticeJson(
        long id,
        UUID notice,
        String type,
        Instant at,
        String route,
        UUID rollout,
        @Nullable String team,
        String sentence,
        String receiver,
        String kind,
        String state,
        int tries,
        @Nullable Instant triedAt,
        @Nullable String answer,
        @Nullable Instant nextAt,
        boolean resendable) {

    static NoticeJson of(Sent letter) {
        var told = letter.told();
        return new NoticeJson(
                letter.id(),
                letter.notice(),
                told.type(),
                told.at(),
                told.route(),
                told.rollout(),
                told.team(),
                told.sentence(),
                letter.receiver(),
                letter.kind().key(),
                letter.state().key(),
                letter.tries(),
                letter.tried(),
                letter.answer(),
                letter.state() == State.WAITS ? letter.next() : null,
                letter.whyNot() == null);
    }
}
