package dev.serin.server.notice;

/// What became of sending, in words.
sealed interface Outcome {

    /// What the receiver answered, or why it did not.
    String answer();

    /// The receiver has it.
    record Delivered(String answer) implements Outcome {}

    /// It may work later.
    record Failed(String answer) implements Outcome {}

    /// It will not work later either.
    record Hopeless(String answer) implements Outcome {}
}
