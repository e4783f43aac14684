package dev.serin.server.outward;

/// Nothing is sent there; the message says why and what would mend it.
public final class BadAddress extends Exception {

    public BadAddress(String message) {
        super(message);
    }
}
