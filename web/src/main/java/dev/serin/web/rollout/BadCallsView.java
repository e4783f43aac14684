package dev.serin.web.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of the bad calls of a rollout, the newest first.
///
/// @param id of the rollout
/// @param sentence `Bad calls of the candidate for error_rate >= 10 %`
/// @param counted how many of how many calls counted as such
/// @param arms to choose from
/// @param conditions to choose from, with any of them first
/// @param older query of the page with the calls before them; null if there are none
/// @param newest query of the first page; null on it
/// @param kept how long single calls are kept
public record BadCallsView(
        String id,
        String route,
        String baseline,
        String candidate,
        String sentence,
        String counted,
        List<Choice> arms,
        List<Choice> conditions,
        List<BadCall> calls,
        @Nullable String older,
        @Nullable String newest,
        String kept) {

    public BadCallsView {
        arms = List.copyOf(arms);
        conditions = List.copyOf(conditions);
        calls = List.copyOf(calls);
    }

    /// Something that may be chosen instead.
    ///
    /// @param query of the list of it: `?arm=baseline`
    public record Choice(String text, String query, boolean chosen) {}
}
