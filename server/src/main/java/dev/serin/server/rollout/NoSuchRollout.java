package dev.serin.server.rollout;

import java.util.UUID;

/// There is no rollout with this id.
public final class NoSuchRollout extends RuntimeException {

    public NoSuchRollout(UUID id) {
        super("there is no rollout " + id);
    }
}
