package dev.serin.server.evidence;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;

/// Stores many calls by `COPY`, which costs PostgreSQL and Serin a third less than an `insert`.
///
/// `COPY` cannot pass over a call that is known. If one is, nothing was copied, and for a while nothing
/// is: whoever tells of calls twice is likely to go on with it.
///
/// Only one thread comes here.
final class CallCopy {

    /// Fewer are not worth the way to the database and back that it takes more.
    static final int FEWEST = 50;

    /// How often it is left out after a call was known.
    static final int REST = 100;

    private static final String COPY = "copy call (%s) from stdin".formatted(CallRow.COLUMNS);

    private int rest;

    /// Stores calls, each with an id and none twice.
    ///
    /// @return whether it stored them; if not, it stored none, and they are to be inserted
    boolean isDone(Connection connection, Collection<Placed> calls) throws SQLException {
        if (calls.size() < FEWEST) {
            return false;
        }
        if (rest > 0) {
            rest--;
            return false;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("savepoint copied");
            try {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(COPY, new StringReader(text(connection, CallRow.inOrder(calls))));
            } catch (SQLException e) {
                if (!PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState())) {
                    throw e;
                }
                statement.execute("rollback to savepoint copied");
                rest = REST;
                return false;
            }
            statement.execute("release savepoint copied");
            return true;
        } catch (IOException e) {
            throw new IllegalStateException("a text can always be read", e);
        }
    }

    private static String text(Connection connection, List<Placed> calls) throws SQLException {
        var line = new Line(calls.size());
        for (var call : calls) {
            var place = call.place();
            // In the order of the columns.
            line.add(place.rollout())
                    .add(call.rollout().began())
                    .add(call.id())
                    .add(place.step())
                    .add(StoredArm.number(place.arm()))
                    .add(call.at())
                    .add(call.keyHash() == null ? null : "\\x" + call.keyHash())
                    .add(LabelsJson.write(call.labels()))
                    .add(array(connection, call.bad()))
                    .add(call.call().errorClass())
                    .add(call.seen().traceId())
                    .add(call.call().latencyMs())
                    .add(call.call().costUsd())
                    .add(place.bucket())
                    .add(call.countsLabels())
                    .add(call.waits())
                    .add(NumbersJson.write(call.call().numbers()))
                    .end();
        }
        return line.text.toString();
    }

    private static String array(Connection connection, List<String> texts) throws SQLException {
        return texts.isEmpty()
                ? "{}"
                : connection.createArrayOf("text", texts.toArray()).toString();
    }

    /// Lines in `COPY`'s text format:
    /// [File Formats](https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS).
    private static final class Line {

        private static final int USUAL = 256;

        private final StringBuilder text;

        Line(int lines) {
            text = new StringBuilder(lines * USUAL);
        }

        Line add(@Nullable Object value) {
            if (value == null) {
                text.append("\\N");
            } else {
                text.append(
                        value.toString()
                                .replace("\\", "\\\\")
                                .replace("\t", "\\t")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r"));
            }
            text.append('\t');
            return this;
        }

        void end() {
            text.setCharAt(text.length() - 1, '\n');
        }
    }
}
