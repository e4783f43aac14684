package dev.serin.server.standin;

import dev.serin.simulator.provider.Ask;
import dev.serin.simulator.provider.ChatReply;
import dev.serin.simulator.provider.InstantProfile;
import dev.serin.simulator.provider.Piece;
import dev.serin.simulator.provider.StandInModel;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a model that answers at once, and always alike, sends: made once.
///
/// @param whole the answer to a plain question
/// @param events of a stream
/// @param eventsWithUsage of a stream that tells its tokens
record Ready(Buffer whole, List<Buffer> events, List<Buffer> eventsWithUsage) {

    private static final long PROMPT_TOKENS = 12;

    /// Empty for a model that takes its time.
    static Optional<Ready> of(StandInModel model, long created) {
        if (!(model.profile() instanceof InstantProfile)) {
            return Optional.empty();
        }
        var turn = model.turn(0, Instant.EPOCH, null).asked(PROMPT_TOKENS);
        var reply = new ChatReply(new Ask(1, created, model.name()), turn, /* cut= */ false, null);
        return Optional.of(
                new Ready(
                        Buffer.buffer(reply.json()),
                        buffers(reply.stream(/* withUsage= */ false)),
                        buffers(reply.stream(/* withUsage= */ true))));
    }

    private static List<Buffer> buffers(List<Piece> pieces) {
        return pieces.stream().map(piece -> Buffer.buffer(piece.text())).toList();
    }
}
