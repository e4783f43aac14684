package dev.serin.server.otlp;

import dev.serin.server.evidence.Feedback;
import dev.serin.server.evidence.Seen;
import java.util.UUID;

/// What a span or an event means to Serin.
sealed interface Told {

    /// A call on a route that has an active rollout, or that names its rollout.
    record Observed(UUID rollout, Seen seen) implements Told {}

    /// A verdict on an answer.
    record Judged(Feedback feedback) implements Told {}

    /// None of Serin's business, or no evidence.
    record Other() implements Told {}

    /// It should have been evidence, and cannot be.
    ///
    /// @param why and how to mend it
    record Refused(String why) implements Told {}
}
