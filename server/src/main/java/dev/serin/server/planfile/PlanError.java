package dev.serin.server.planfile;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// One thing that is wrong with a plan's document.
///
/// @param line from 1
/// @param column from 1
/// @param field path of the field, such as `steps[1].share`; `plan` for the document itself
/// @param value what stands there, shortened; empty if nothing does
/// @param message what is wrong, how to mend it, and the value; without a full stop
@RegisterForReflection
public record PlanError(int line, int column, String field, String value, String message) {

    /// One line for a terminal or a log, after the name of the file.
    public String text() {
        return "%d:%d: %s: %s".formatted(line, column, field, message);
    }
}
