package dev.serin.server.evidence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.util.ByteStreamWriter;
import org.postgresql.util.PSQLState;

/// Stores many calls by `COPY`, which costs PostgreSQL and Serin over a third less than an `insert`.
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

    private static final int USUAL_BYTES = 256;

    /// So many are written at a time: a collector moves no array of half a megabyte.
    static final int PART = 1_000;

    private static final String COPY =
            "copy call (%s) from stdin (format binary)".formatted(CallRow.COLUMNS);

    private int rest;

    /// Stores calls, each with an id and none twice.
    ///
    /// @param unjudged names of those of which no label counts
    /// @return whether it stored them; if not, it stored none, and they are to be inserted
    boolean isDone(Connection connection, Collection<Placed> calls, Set<CallRow.Name> unjudged)
            throws SQLException {
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
                copy(connection, CallRow.inOrder(calls), unjudged);
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
        }
    }

    private static void copy(Connection connection, List<Placed> calls, Set<CallRow.Name> unjudged)
            throws SQLException {
        var in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            var rows = new CopiedRows(Math.min(calls.size(), PART) * USUAL_BYTES);
            for (int i = 0; i < calls.size(); i++) {
                var call = calls.get(i);
                add(rows, call, unjudged.isEmpty() || !unjudged.contains(call.name()));
                if (i % PART == PART - 1) {
                    in.writeToCopy(ByteStreamWriter.of(rows.taken()));
                }
            }
            in.writeToCopy(ByteStreamWriter.of(rows.end().taken()));
            in.endCopy();
        } finally {
            if (in.isActive()) {
                in.cancelCopy();
            }
        }
    }

    private static void add(CopiedRows rows, Placed call, boolean isJudged) {
        var place = call.place();
        // In the order of the columns.
        rows.begin(CallRow.NUMBER_OF_COLUMNS)
                .uuid(place.rollout())
                .date(call.rollout().began())
                .text(call.id())
                .int4(place.step())
                .int2(StoredArm.number(place.arm()))
                .timestamptz(call.at())
                .hex(call.keyHash())
                .jsonb(LabelsJson.write(call.labels(isJudged)))
                .texts(call.bad())
                .text(call.call().errorClass())
                .text(call.seen().traceId())
                .float8(call.call().latencyMs())
                .float8(call.call().costUsd())
                .int4(place.bucket())
                .bool(isJudged && call.countsLabels())
                .bool(isJudged && call.waits())
                .jsonb(NumbersJson.write(call.call().numbers()));
    }
}
