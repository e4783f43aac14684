package dev.serin.server.audit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Kinds of deeds in words.
final class Deeds {

    private static final Map<String, String> KNOWN = known();

    private Deeds() {}

    /// The kinds that can be filtered by, with their words.
    static Map<String, String> all() {
        return KNOWN;
    }

    /// What was done, after the name of who did it; a kind that has no words yet says its own name.
    static String words(String what) {
        return KNOWN.getOrDefault(what, spaced(what));
    }

    /// `SIGNED_IN` as it is stored: `signedIn`.
    static String key(Enum<?> what) {
        var key = new StringBuilder();
        for (var part : what.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            key.append(
                    key.isEmpty()
                            ? part
                            : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return key.toString();
    }

    private static String spaced(String what) {
        return what.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> known() {
        var words = new LinkedHashMap<String, String>();
        words.put("start", "started a rollout");
        words.put("approve", "approved");
        words.put("reject", "rejected");
        words.put("pause", "paused");
        words.put("resume", "resumed");
        words.put("promote", "finished a step early");
        words.put("rollback", "rolled back");
        words.put("restore", "put the model before back");
        words.put("routeGiven", "gave a route to another team");
        words.put("setUp", "set up the first account");
        words.put("signedIn", "signed in");
        words.put("signedOut", "signed out");
        words.put("signInRefused", "tried to sign in");
        words.put("nameLocked", "was locked out");
        words.put("nameUnlocked", "unlocked a name");
        words.put("personInvited", "invited somebody");
        words.put("invitationAccepted", "accepted an invitation");
        words.put("personCame", "came by the provider for the first time");
        words.put("rolesChanged", "changed roles");
        words.put("personDisabled", "shut somebody out");
        words.put("personEnabled", "let somebody in again");
        words.put("personRemoved", "removed somebody");
        words.put("passwordChanged", "changed the password");
        words.put("passwordReset", "reset a password");
        words.put("sessionsEnded", "ended sessions");
        words.put("tokenMade", "made a token");
        words.put("tokenEnded", "ended a token");
        words.put("receiverAdded", "added a receiver of messages");
        words.put("receiverRemoved", "removed a receiver of messages");
        words.put("freezeSet", "froze shares");
        words.put("freezeEnded", "ended a freeze");
        words.put("resend", "had a dead letter sent again");
        return java.util.Collections.unmodifiableMap(words);
    }
}
