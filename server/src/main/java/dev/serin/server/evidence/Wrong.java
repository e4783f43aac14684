package dev.serin.server.evidence;

/// A posted row that cannot be read.
final class Wrong extends Exception {

    private final String field;
    private final String message;

    /// @param field the field that is wrong; empty if it is the whole
    /// @param message what is wrong with it and how to mend it
    Wrong(String field, String message) {
        super(message, null, false, false);
        this.field = field;
        this.message = message;
    }

    Answer.Refused at(int index) {
        return new Answer.Refused(index, field, message);
    }
}
