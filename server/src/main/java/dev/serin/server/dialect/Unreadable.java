package dev.serin.server.dialect;

/// An answer that is none of its API.
public final class Unreadable extends Exception {

    private static final long serialVersionUID = 1;

    Unreadable(String what) {
        super(what, null, false, false);
    }
}
