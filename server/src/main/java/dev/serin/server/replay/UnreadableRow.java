package dev.serin.server.replay;

/// A row that cannot be read. The message names the field and its value, without a full stop.
final class UnreadableRow extends Exception {

    private static final long serialVersionUID = 1;

    UnreadableRow(String message) {
        super(message);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
