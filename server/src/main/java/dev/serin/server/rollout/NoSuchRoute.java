package dev.serin.server.rollout;

/// There is no route of this name.
public final class NoSuchRoute extends RuntimeException {

    public NoSuchRoute(String name) {
        super("there is no route " + name);
    }
}
