package dev.serin.server.evidence;

import java.util.List;

/// At which moment of its call something was seen.
public sealed interface Moment {

    /// The call has ended, and nothing was told of it before.
    Moment ENDED = new Ended(List.of());

    /// The call still runs and has passed a latency limit of the plan: that alone is known, and counts
    /// at once.
    ///
    /// @param limitMs the limit
    /// @param first the id under which the call was first seen to run past one
    record Running(double limitMs, String first) implements Moment {}

    /// The call has ended.
    ///
    /// @param told the ids under which it was seen to run past limits, which do not count again
    record Ended(List<String> told) implements Moment {

        public Ended {
            told = List.copyOf(told);
        }
    }
}
