package dev.serin.server;

import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/// Native queries whose rows hold one value.
public final class OneColumn {

    private OneColumn() {}

    /// A query that returns the values of `column`.
    ///
    /// Hibernate finds the plan of such a query again only where its column is named: by the class alone it
    /// made and kept another one each time, and went through all of them before.
    ///
    /// @param column as `sql` calls it
    public static <T> NativeQuery<T> of(
            Session database, String sql, String column, Class<T> type) {
        return database.createNativeQuery(sql, type).addScalar(column, type);
    }
}
