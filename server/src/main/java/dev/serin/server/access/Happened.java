package dev.serin.server.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something about access that an audit keeps; fired as a CDI event, before its answer is sent.
///
/// An observer that throws makes what it was told of fail: what cannot be written down is not done.
///
/// @param who the account, or the name that was tried
/// @param from the address that asked
/// @param before what held before, null if there was nothing
/// @param after what holds now, null if there is nothing; never a secret
public record Happened(
        Instant when,
        String who,
        String from,
        What what,
        @Nullable String before,
        @Nullable String after) {

    /// What can happen.
    public enum What {
        /// The first account was made.
        SET_UP,
        SIGNED_IN,
        /// A name and a password did not belong together.
        SIGN_IN_REFUSED,
        SIGNED_OUT,
        /// Too many wrong passwords in a row for one name.
        NAME_LOCKED,
        NAME_UNLOCKED,
        PERSON_INVITED,
        INVITATION_ACCEPTED,
        /// Came by the OpenID provider for the first time, and has an account since.
        PERSON_CAME,
        ROLES_CHANGED,
        PERSON_DISABLED,
        PERSON_ENABLED,
        PERSON_REMOVED,
        PASSWORD_CHANGED,
        /// An admin took it and made a link to choose another with.
        PASSWORD_RESET,
        SESSIONS_ENDED,
        TOKEN_MADE,
        TOKEN_ENDED;

        /// Whether nothing came of it, so that it proves nobody.
        public boolean isRefusal() {
            return refusal() != null;
        }

        /// Why nothing came of it; null if something did.
        public @Nullable String refusal() {
            return switch (this) {
                case SIGN_IN_REFUSED -> "name and password do not belong together";
                case NAME_LOCKED -> "too many wrong passwords in a row; the name waits 15 min";
                default -> null;
            };
        }
    }

    static Happened now(String who, String from, What what) {
        return new Happened(Instant.now(), who, from, what, null, null);
    }
}
