package dev.serin.web.rollout;

/// The way back on a route: a form that posts to `/routes/{route}/restore`.
///
/// @param undoes id of the rollout that is rolled back or taken back, and no other
/// @param path of its address under the root, the route's name encoded: `/routes/a%20b/restore`
/// @param text `Put gpt-3.5-turbo back`
/// @param change what it does: `Starts a new rollout that gives all calls to gpt-3.5-turbo at
///     once.`
public record Restore(String undoes, String path, String text, String change) {}
