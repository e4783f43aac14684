package dev.serin.server.notice;

/// What became of sending.
sealed interface Outcome {

    /// The receiver answered 2xx.
    record Delivered() implements Outcome {}

    /// It may work later.
    record Failed(String trouble) implements Outcome {}

    /// It will not work later either.
    record Hopeless(String trouble) implements Outcome {}
}
