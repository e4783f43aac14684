package dev.serin.web.settings;

import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may sign in, and a form to invite somebody.
///
/// @param sentence the page's answer: how many people there are
/// @param typed the name that was typed, or empty
/// @param nameError what is wrong with it, in a sentence, or null
/// @param link of whoever was just invited, or null
/// @param gone a sentence about somebody who was just removed, or null
public record PeopleView(
        String sentence,
        List<Line> lines,
        String typed,
        @Nullable String nameError,
        RolesForm roles,
        @Nullable Link link,
        @Nullable String gone) {

    public PeopleView {
        lines = List.copyOf(lines);
    }

    /// Whether there is nobody but whoever looks.
    public boolean alone() {
        return lines.size() <= 1;
    }

    /// One of them.
    ///
    /// @param address the name as it stands in an address
    /// @param roles such as `operator in everybody`
    /// @param state such as `may sign in`
    /// @param until when the link ends, or null without one
    /// @param seen null where no browser is signed in
    /// @param you whether it is who looks
    public record Line(
            String name,
            String address,
            String roles,
            Tone tone,
            String state,
            @Nullable When until,
            @Nullable When seen,
            boolean you) {}
}
