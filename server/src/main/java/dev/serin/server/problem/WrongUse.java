package dev.serin.server.problem;

/// What a person asked for cannot be done. The message is one line: field, value and mend.
public final class WrongUse extends RuntimeException {

    public WrongUse(String message) {
        super(message);
    }
}
