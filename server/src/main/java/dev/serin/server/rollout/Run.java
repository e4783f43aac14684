package dev.serin.server.rollout;

import dev.serin.engine.judge.Evidence;
import dev.serin.server.evidence.Judges;
import dev.serin.server.planfile.RouteJudge;
import dev.serin.server.words.Story;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A rollout with all that is known of it, to be set beside others.
///
/// @param judges who labelled its calls
/// @param judge the model that its plan asks; null if it asks none
/// @param prices of its models when it started; null where none is known
public record Run(
        UUID id,
        Story story,
        Evidence evidence,
        List<Judges.Judge> judges,
        @Nullable RouteJudge judge,
        @Nullable StartPrices prices,
        boolean simulated) {

    public Run {
        judges = List.copyOf(judges);
    }
}
