package dev.serin.server.remote;

/// The server gave no answer, or one that says that it cannot answer now. It may be back in a moment.
public final class ServerAway extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServerAway(String message) {
        super(message);
    }
}
