package dev.serin.server.access;

/// Who is asked to sign in.
public enum Mode {
    /// Strangers get nothing.
    CLOSED,
    /// Nobody signs in; only this machine is answered.
    OPEN,
    /// As open, with simulated traffic.
    DEMO;

    boolean asksToSignIn() {
        return this == CLOSED;
    }
}
