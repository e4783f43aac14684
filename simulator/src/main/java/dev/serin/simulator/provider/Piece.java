package dev.serin.simulator.provider;

/// A part of a streamed answer.
///
/// @param afterMs when it is sent, in milliseconds from the question
/// @param text what is sent, whole events
public record Piece(double afterMs, String text) {}
