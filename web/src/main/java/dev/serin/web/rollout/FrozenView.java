package dev.serin.web.rollout;

import dev.serin.web.words.When;

/// A freeze that keeps the candidate's share from rising.
///
/// @param until when it ends, exactly as `Monday 30 Nov 09:00 UTC`
/// @param cause by whom and why: `frozen by noor: release week`
public record FrozenView(When until, String cause) {}
