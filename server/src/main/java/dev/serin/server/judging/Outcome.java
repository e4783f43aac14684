package dev.serin.server.judging;

/// What became of an answer that was to be judged.
enum Outcome {
    LABELLED("labelled"),
    /// The judge said something that is no verdict.
    UNREADABLE("unreadable"),
    /// The judge said nothing.
    FAILED("failed"),
    /// Too many answers waited already.
    BUSY("busy"),
    /// All is spent that the judge may cost.
    COST("cost"),
    /// There was no text to judge, or too much of it.
    NO_TEXT("no_text");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /// As metrics and columns call it.
    String word() {
        return word;
    }
}
