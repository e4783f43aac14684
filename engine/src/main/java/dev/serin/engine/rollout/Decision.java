package dev.serin.engine.rollout;

import dev.serin.engine.judge.Finding;
import java.util.List;

/// What follows from a signal.
public sealed interface Decision {

    /// The rollout changes; `entries` say how, in order, and are never empty.
    record Moved(Rollout next, List<Entry> entries) implements Decision {
        public Moved {
            entries = List.copyOf(entries);
        }
    }

    /// Nothing changes and nothing is written.
    ///
    /// @param why what it waits for, in words
    record Stays(List<Finding> findings, String why) implements Decision {
        public Stays {
            findings = List.copyOf(findings);
        }
    }

    /// The signal makes no sense in this phase; the sender is told why.
    record Refused(String reason) implements Decision {}
}
