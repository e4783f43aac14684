package dev.serin.server.rollout;

/// What became of a command.
public sealed interface Reply {

    /// Done, or nothing to do.
    record Accepted(long version) implements Reply {}

    /// The sender looked at an older version; nothing was changed.
    ///
    /// @param what what happened since, and who did it, in a sentence
    record Outdated(long current, String what) implements Reply {}

    record Refused(String why) implements Reply {}
}
