package dev.serin.server.judging;

/// What came of asking a judge.
sealed interface Spoken {

    /// It said something.
    ///
    /// @param usd what it cost, or what it must have cost at most where its provider did not say
    record Said(String text, double usd) implements Spoken {}

    /// It said nothing.
    ///
    /// @param why in half a sentence, without anything that the provider said
    /// @param usd what it must have cost at most; 0 where it was not asked, or refused to answer
    record Nothing(String why, double usd) implements Spoken {}
}
