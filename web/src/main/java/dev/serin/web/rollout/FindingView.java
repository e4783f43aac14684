package dev.serin.web.rollout;

import dev.serin.web.words.Tone;

/// What the evidence says of one condition, in a line.
///
/// @param condition as the plan says it: `error_rate >= 10 %`
/// @param name in words: `Errors`
/// @param state the finding's word: `met`, `breached`, `unsure`, `rests`
/// @param numbers estimate, interval and calls: `1.9 % of 412 (0.9 % to 3.6 %), limit 10 %`; why it
///     is unsure, where it is
public record FindingView(String condition, String name, Tone tone, String state, String numbers) {}
