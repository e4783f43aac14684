package dev.serin.web.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of one kind: steps, conditions or objectives.
///
/// @param id of the group
/// @param kind `step`, `condition` or `objective`
/// @param title `Steps`
/// @param says what the rows do, in a sentence
/// @param error what is wrong with the rows as a whole; null if nothing is
/// @param add what the button says: `Add a step`; empty where no more fit in
/// @param focused whether the reader goes on at that button
public record FormRows(
        String id,
        String kind,
        String title,
        String says,
        List<Row> rows,
        @Nullable String error,
        String add,
        boolean focused) {

    /// The fields that belong together.
    ///
    /// @param number from 1
    /// @param act what the button posts that takes the row out
    public record Row(int number, List<FormField> fields, String act) {

        public Row {
            fields = List.copyOf(fields);
        }
    }

    public FormRows {
        rows = List.copyOf(rows);
    }
}
