package dev.serin.server.replay;

import dev.serin.engine.judge.Call;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A call as a file tells it.
///
/// @param at when it began; null if the file does not say
record RecordedCall(Call call, @Nullable Instant at) {}
