package dev.serin.bench.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Copies what Serin has stored into a table with the same columns and the same primary key.
final class Copier {

    /// As they lie in the table, so that either tree is visited in the same order.
    private static final String READ =
            "copy (select * from call where rollout = '%s' order by tableoid, ctid) to stdout (format binary)";

    private static final String WRITE = "copy copied from stdin (format binary)";

    private final Connection connection;
    private final CopyManager copies;

    Copier(Connection connection) throws SQLException {
        this.connection = connection;
        this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
        execute("create table copied (like call)");
        execute("alter table copied add primary key (%s)".formatted(primaryKey()));
    }

    private String primaryKey() throws SQLException {
        try (var statement = connection.createStatement();
                var columns =
                        statement.executeQuery(
                                """
                                select string_agg(a.attname, ', ' order by k.place)
                                from pg_index as i, unnest(i.indkey) with ordinality as k (number, place),
                                  pg_attribute as a
                                where i.indrelid = 'call'::regclass and i.indisprimary
                                  and a.attrelid = i.indrelid and a.attnum = k.number\
                                """)) {
            columns.next();
            return columns.getString(1);
        }
    }

    /// Copies a rollout's calls.
    ///
    /// @param calls how many it has
    /// @return how many a second were committed
    /// @throws IllegalStateException if it has more or fewer
    double copy(String rollout, long calls) throws IOException, SQLException {
        var rows = new ByteArrayOutputStream();
        long stored = copies.copyOut(READ.formatted(rollout), rows);
        if (stored != calls) {
            throw new IllegalStateException(
                    "%d calls were acknowledged, and %d are stored".formatted(calls, stored));
        }
        var bytes = rows.toByteArray();
        settle();
        long began = System.nanoTime();
        var in = copies.copyIn(WRITE);
        in.writeToCopy(bytes, 0, bytes.length);
        in.endCopy();
        return calls / ((System.nanoTime() - began) / 1e9);
    }

    /// Writes what PostgreSQL would write some time, lest one pays for what the other has left.
    void settle() throws SQLException {
        execute("checkpoint");
    }

    private void execute(String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
