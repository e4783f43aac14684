package dev.serin.web.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One's own account.
///
/// @param roles such as `operator in everybody`
/// @param open whether nobody signs in here, so that there is no account
/// @param kept why the password cannot be changed here, or null if it can
/// @param done what was just done, in a sentence, or null
/// @param currentError what is wrong with the present password, or null
/// @param passwordError what is wrong with the new one, or null
public record MeView(
        String name,
        String roles,
        boolean open,
        @Nullable String kept,
        @Nullable String done,
        @Nullable String currentError,
        @Nullable String passwordError,
        List<SessionLine> sessions) {

    public MeView {
        sessions = List.copyOf(sessions);
    }

    /// Whether there is another browser to sign out.
    public boolean elsewhere() {
        return sessions.stream().anyMatch(line -> !line.here());
    }

    /// Where sessions are ended.
    ///
    /// @param root prefix of every address
    public String sessionsAt(String root) {
        return root + "/settings/me/sessions";
    }
}
