package dev.serin.server.source;

/// What a source said to one question.
sealed interface Answer {

    /// It said a number.
    ///
    /// @param value of a counter as it stands; of a rate, that rate
    record Value(double value) implements Answer {}

    /// It said nothing that counts.
    ///
    /// @param why in words, without a full stop
    record Nothing(String why) implements Answer {}
}
