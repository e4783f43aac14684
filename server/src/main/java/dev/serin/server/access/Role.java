package dev.serin.server.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What somebody may do in a team.
///
/// Who operates does not approve, and who approves does not operate: a gate is a second person's word.
/// Somebody who shall do both is given both.
public enum Role {
    /// Looks at everything of the team and changes nothing.
    VIEWER,
    /// Starts, pauses, resumes, promotes, rolls back, and reports what was observed.
    OPERATOR,
    /// Approves and rejects at gates.
    APPROVER,
    /// May do all of it, and whatever no rule speaks of.
    ADMIN;

    /// Whether who has this role may do what the other is needed for.
    public boolean includes(Role other) {
        return this == other || this == ADMIN || other == VIEWER;
    }

    /// The role of a word such as `viewer`.
    static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /// As people and settings write it: `viewer`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
