package dev.serin.server.deploy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a server can hold on to in a database: columns, and what refuses a row.
///
/// @param columns by table and name
/// @param limits by table: definitions of constraints and unique indexes
record Schema(Map<String, Column> columns, Map<String, List<String>> limits) {

    /// @param must whether a row has to name it
    record Column(String table, String type, boolean mayBeNull, boolean must) {}

    private static final String COLUMNS =
            """
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
              a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = ''
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind in ('r', 'p', 'v') and a.attnum > 0
              and not a.attisdropped and not c.relispartition\
            """;

    private static final String LIMITS =
            """
            select c.relname, pg_get_constraintdef(k.oid)
            from pg_constraint k join pg_class c on c.oid = k.conrelid
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and k.contype in ('c', 'f', 'x') and not c.relispartition
            union all
            select c.relname, regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING', 'UNIQUE')
            from pg_index i join pg_class c on c.oid = i.indrelid
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and i.indisunique and not c.relispartition
            order by 1, 2\
            """;

    static Schema of(Connection database) throws SQLException {
        var columns = new TreeMap<String, Column>();
        var limits = new TreeMap<String, List<String>>();
        try (var statement = database.createStatement()) {
            try (var rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    var table = rows.getString(1);
                    columns.put(
                            table + "." + rows.getString(2),
                            new Column(
                                    table,
                                    rows.getString(3),
                                    rows.getBoolean(4),
                                    rows.getBoolean(5)));
                }
            }
            try (var rows = statement.executeQuery(LIMITS)) {
                while (rows.next()) {
                    limits.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
        }
        return new Schema(columns, limits);
    }

    /// Why servers that know only `older` could not go on beside this; empty if they can.
    List<String> breaks(Schema older) {
        var broken = new ArrayList<String>();
        older.columns.forEach((name, was) -> {
            var is = columns.get(name);
            if (is == null) {
                broken.add(name + " is gone");
            } else if (!is.type.equals(was.type)) {
                broken.add("%s was %s and is %s".formatted(name, was.type, is.type));
            } else if (was.mayBeNull && !is.mayBeNull) {
                broken.add(name + " may no longer be null");
            } else if (is.must && !was.must) {
                broken.add(name + " has lost its default");
            }
        });
        var tables = older.columns.values().stream().map(Column::table).distinct().toList();
        columns.forEach((name, is) -> {
            if (is.must && tables.contains(is.table) && !older.columns.containsKey(name)) {
                broken.add(name + " is new and has neither a default nor null");
            }
        });
        limits.forEach((table, are) -> {
            var more = new ArrayList<>(are);
            more.removeAll(older.limits.getOrDefault(table, List.of()));
            if (tables.contains(table)) {
                more.forEach(limit -> broken.add("%s is held to %s".formatted(table, limit)));
            }
        });
        return broken;
    }
}
