package dev.serin.web.rollout;

/// How a first call comes to a rollout that knows of none, as a request of the API.
///
/// @param says how calls come, as a sentence
/// @param path without the root
/// @param body JSON
public record FirstCall(String says, String path, String body) {}
