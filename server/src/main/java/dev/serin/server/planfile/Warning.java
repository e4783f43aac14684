package dev.serin.server.planfile;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// What a plan may do, but hardly means.
///
/// @param line from 1
/// @param column from 1
/// @param field path of the field, such as `steps[1].duration`
/// @param message what will happen, without a full stop
@RegisterForReflection
public record Warning(int line, int column, String field, String message) {

    /// One line for a terminal or a log, after the name of the file.
    public String text() {
        return "%d:%d: %s: %s".formatted(line, column, field, message);
    }
}
