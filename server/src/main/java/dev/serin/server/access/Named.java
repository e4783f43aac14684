package dev.serin.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What belongs to a team and stands in an address by its id or name.
///
/// @param name as it stands there, decoded
record Named(Kind kind, String name) {

    enum Kind {
        ROLLOUT("/rollouts/", "the rollout's route"),
        ROUTE("/routes/", "the route"),
        LETTER("/notices/", "the message's route"),
        RECEIVER("/receivers/", "the receiver"),
        TEAM("/teams/", "the team");

        private final String prefix;
        private final String words;

        Kind(String prefix, String words) {
            this.prefix = prefix;
            this.words = words;
        }

        /// What stands before the name, under the root and under `/api/v1`.
        String prefix() {
            return prefix;
        }

        /// Whose team counts, in words.
        String words() {
            return words;
        }
    }

    private static final String API = "/api/v1";

    /// What an address names; empty if that is nothing that belongs to a team.
    ///
    /// @param path under the root, normalized
    static Optional<Named> in(String path) {
        var page = path.startsWith(API + "/") ? path.substring(API.length()) : path;
        for (var kind : Kind.values()) {
            if (page.startsWith(kind.prefix) && page.length() > kind.prefix.length()) {
                var rest = page.substring(kind.prefix.length());
                int end = rest.indexOf('/');
                return Optional.of(
                        new Named(kind, decoded(end < 0 ? rest : rest.substring(0, end))));
            }
        }
        return Optional.empty();
    }

    /// The rollout's or receiver's id; null if the name can be none.
    @Nullable UUID id() {
        try {
            var id = UUID.fromString(name);
            return id.toString().equalsIgnoreCase(name) ? id : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// The message's number; -1 if the name can be none.
    long number() {
        return name.matches("[0-9]{1,18}") ? Long.parseLong(name) : -1;
    }

    /// The kind of problem that its absence is.
    String problem() {
        return switch (kind) {
            case ROLLOUT -> "no-such-rollout";
            case ROUTE -> "no-such-route";
            case LETTER -> "no-such-notice";
            case RECEIVER -> "no-such-receiver";
            case TEAM -> "no-such-team";
        };
    }

    /// What is said of one that is not there, the same as where nobody ever had it.
    String absence() {
        return switch (kind) {
            case ROLLOUT -> {
                var id = id();
                yield id == null ? "there is no rollout with this id" : "there is no rollout " + id;
            }
            case ROUTE -> "there is no route " + name;
            case LETTER -> "there is no message " + name;
            case RECEIVER -> "there is no receiver with this id";
            case TEAM -> "there is no team " + name;
        };
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException _) {
            return part;
        }
    }
}
