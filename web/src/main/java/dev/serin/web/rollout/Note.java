package dev.serin.web.rollout;

import dev.serin.web.words.Tone;

/// A remark about what the reader just did: `Already approved by Mira`, `This page was old`.
public record Note(Tone tone, String text) {}
