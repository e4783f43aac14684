package dev.serin.web.rollout;

/// The way back from a promoted rollout: a form that posts to `/routes/{route}/restore`.
///
/// @param path of its address under the root, the route's name encoded: `/routes/a%20b/restore`
/// @param text `Put gpt-3.5-turbo back`
/// @param change what it does: `Starts a new rollout that gives all calls to gpt-3.5-turbo at
///     once.`
public record Restore(String path, String text, String change) {}
