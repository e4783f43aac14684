package dev.serin.web.settings;

import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Times in which no share rises, and a form to set one.
///
/// @param sentence the page's answer: `One freeze holds`
/// @param teams those that are offered to freeze
/// @param team as it was typed, or the first that is offered
/// @param from as it was typed, or empty
/// @param until as it was typed, or empty
/// @param why as it was typed, or empty
/// @param field the one that is wrong: `team`, `from`, `until` or `why`; null if it is none of them
/// @param wrong what is wrong, or empty
public record FreezesView(
        String sentence,
        List<Line> lines,
        List<Team> teams,
        String team,
        String from,
        String until,
        String why,
        @Nullable String field,
        String wrong) {

    public FreezesView {
        lines = List.copyOf(lines);
        teams = List.copyOf(teams);
    }

    /// What is wrong with a field, or null if it is right.
    public @Nullable String errorOf(String name) {
        return name.equals(field) ? wrong : null;
    }

    /// Why nothing was done, where no field is wrong; null if it was, or if one is.
    public @Nullable String aside() {
        return field == null && !wrong.isEmpty() ? wrong : null;
    }

    /// One freeze.
    ///
    /// @param team such as `every team`
    /// @param state such as `holds`
    /// @param mine whether the reader may end it
    public record Line(
            String id,
            String team,
            Tone tone,
            String state,
            When from,
            When until,
            String by,
            String why,
            boolean mine) {}

    /// A team that may be frozen.
    ///
    /// @param value as it is posted
    /// @param says what the team is
    public record Team(String value, String says) {}
}
