package dev.serin.server.replay;

/// A row that could not be read, or does not count.
///
/// @param line from 1
/// @param why with the field and its value, without a full stop
record BadRow(long line, String why) {

    String text(String file) {
        return "%s:%d: %s".formatted(file, line, why);
    }
}
