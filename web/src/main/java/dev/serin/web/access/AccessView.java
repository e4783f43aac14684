package dev.serin.web.access;

import org.jspecify.annotations.Nullable;

/// A form that asks who somebody is.
///
/// @param next where to go afterwards, an address on this server
/// @param name what was typed before, or empty
/// @param error what was wrong, in a sentence that says what to do, or null
/// @param token the token that came in the address, or empty
public record AccessView(String next, String name, @Nullable String error, String token) {}
