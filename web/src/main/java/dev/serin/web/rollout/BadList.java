package dev.serin.web.rollout;

/// A list of bad calls that goes back to the first.
///
/// @param text `All bad calls of the candidate`
/// @param query of the list under the rollout's `calls`: `?arm=candidate`
public record BadList(String text, String query) {}
