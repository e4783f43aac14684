package dev.serin.server.notice;

import dev.serin.server.outward.Destination;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A letter as the log has it: what it says, to whom, and what became of it.
///
/// @param id grows with time
/// @param notice what it tells; receivers know it as `webhook-id`
/// @param tries how often it was sent
/// @param tried when it was sent last; null before
/// @param answer what came of that; null before
/// @param next when it is sent again, if it waits
/// @param wanted whether its plan or a receiver still names the address
record Sent(
        long id,
        UUID notice,
        Told told,
        String address,
        Kind kind,
        State state,
        int tries,
        @Nullable Instant tried,
        @Nullable String answer,
        Instant next,
        boolean wanted) {

    /// What it tells, and of which rollout.
    ///
    /// @param type such as `rollout.paused`
    record Told(
            UUID rollout,
            String route,
            @Nullable String team,
            String type,
            Instant at,
            String sentence) {}

    /// Why it cannot be sent again; null if it can.
    @Nullable String whyNot() {
        return switch (state) {
            case DELIVERED -> "it was delivered; who has taken a message is not sent it again";
            case WAITS -> "it waits to be sent already";
            case DEAD -> wanted ? null : "its receiver was removed; add it again first";
        };
    }

    /// What of the address may be shown.
    String receiver() {
        return Destination.shown(address);
    }

    /// Where it stands: `dead letter after 9 tries: it answered 500`.
    String words() {
        var words = new StringBuilder(state.words());
        words.append(tries == 1 ? " after 1 try" : " after %d tries".formatted(tries));
        return answer == null ? words.toString() : words.append(": ").append(answer).toString();
    }
}
