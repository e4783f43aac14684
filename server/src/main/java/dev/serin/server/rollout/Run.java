package dev.serin.server.rollout;

import dev.serin.engine.judge.Evidence;
import dev.serin.server.words.Story;
import java.util.UUID;

/// A rollout with all that is known of it, to be set beside others.
public record Run(UUID id, Story story, Evidence evidence, boolean simulated) {}
