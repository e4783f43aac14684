package dev.serin.web.settings;

import dev.serin.web.words.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody's account, as an admin sees it.
///
/// @param address the name as it stands in an address
/// @param sentence what they may do now
/// @param note what was done, or why nothing was, or null
/// @param refused whether the note says why nothing was done
/// @param link that was just made, or null
/// @param kept why the account cannot be changed here, or null if it can
/// @param you whether it is who looks
/// @param disabled whether it may not sign in
/// @param locked how long the name waits after wrong passwords, or null if it does not
public record PersonView(
        String name,
        String address,
        String sentence,
        Tone tone,
        String state,
        @Nullable String note,
        boolean refused,
        @Nullable Link link,
        @Nullable String kept,
        boolean you,
        boolean disabled,
        @Nullable String locked,
        RolesForm roles,
        List<SessionLine> sessions) {

    public PersonView {
        sessions = List.copyOf(sessions);
    }

    /// Where sessions are ended.
    ///
    /// @param root prefix of every address
    public String sessionsAt(String root) {
        return root + "/settings/people/" + address + "/sessions";
    }
}
