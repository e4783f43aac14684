package dev.serin.web.rollout;

import dev.serin.web.chart.Course;
import java.util.List;

/// One metric over time, with the numbers of its picture.
///
/// @param name `Hallucinations`
/// @param latest the newest number: `2.0 % of 409`
/// @param rows the same numbers for a table, the newest first
public record CourseView(String name, String latest, Course course, List<Row> rows) {

    public CourseView {
        rows = List.copyOf(rows);
    }

    /// A moment in words.
    public record Row(String at, String step, String candidate, String baseline) {}
}
