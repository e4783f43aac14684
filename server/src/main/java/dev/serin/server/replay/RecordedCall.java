package dev.serin.server.replay;

import dev.serin.engine.judge.Call;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A call as a file tells it.
///
/// @param tokensIn tokens of the prompt, 0 or more; null if the file does not say
/// @param at when it began; null if the file does not say
public record RecordedCall(Call call, @Nullable Instant at, @Nullable Long tokensIn) {

    RecordedCall(Call call, @Nullable Instant at) {
        this(call, at, null);
    }
}
