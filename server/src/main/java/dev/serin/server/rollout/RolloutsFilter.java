package dev.serin.server.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serin.engine.rollout.Outcome;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which rollouts the list shows, as it stands in the address.
///
/// @param route the only route, or empty
/// @param state the only state, or null
/// @param outcome the only way to have ended, or null
/// @param team the only team, or empty
/// @param text what route, models, starter or team hold, or empty
/// @param before where the page of ended rollouts begins, or null for the newest
record RolloutsFilter(
        String route,
        @Nullable State state,
        @Nullable End outcome,
        String team,
        String text,
        RolloutsFilter.@Nullable Place before) {

    private static final int LONGEST = 200;

    /// A state that can be filtered by, with the phase as it is stored.
    enum State {
        WAITING("has not begun", "Waiting"),
        OBSERVING("on its way", "Observing"),
        AWAITING_APPROVAL("waits at a gate", "AwaitingApproval"),
        PAUSED("paused", "Paused"),
        PROMOTED("promoted", "Complete"),
        ROLLED_BACK("rolled back", "RolledBack");

        private final String words;
        private final String phase;

        State(String words, String phase) {
            this.words = words;
            this.phase = phase;
        }

        String words() {
            return words;
        }

        String phase() {
            return phase;
        }

        String key() {
            return RolloutsFilter.key(this);
        }
    }

    /// An outcome that can be filtered by, with its kind as it is stored.
    enum End {
        PROMOTED("promoted", Outcome.Kind.PROMOTED),
        BREACHED("rolled back by a condition", Outcome.Kind.BREACHED),
        EXPOSURE("had cost all that it may", Outcome.Kind.EXPOSURE),
        BY_HAND("rolled back by hand", Outcome.Kind.ROLLED_BACK_BY_HAND),
        REJECTED("rejected at a gate", Outcome.Kind.REJECTED);

        private final String words;
        private final Outcome.Kind kind;

        End(String words, Outcome.Kind kind) {
            this.words = words;
            this.kind = kind;
        }

        String words() {
            return words;
        }

        Outcome.Kind kind() {
            return kind;
        }

        String key() {
            return RolloutsFilter.key(this);
        }
    }

    /// A place in the order of ended rollouts: those that began earlier come after it.
    record Place(Instant startedAt, UUID id) {

        static @Nullable Place parse(@Nullable String text) {
            int at = text == null ? -1 : text.indexOf('_');
            if (text == null || at < 0) {
                return null;
            }
            try {
                return new Place(
                        Instant.parse(text.substring(0, at)),
                        UUID.fromString(text.substring(at + 1)));
            } catch (DateTimeParseException | IllegalArgumentException _) {
                return null;
            }
        }

        String text() {
            return startedAt + "_" + id;
        }
    }

    /// What the address asks for; what cannot be read asks for nothing.
    ///
    /// @param phase a state's key
    /// @param outcome a key of how it ended
    static RolloutsFilter of(
            @Nullable String route,
            @Nullable String phase,
            @Nullable String outcome,
            @Nullable String team,
            @Nullable String text,
            @Nullable String before) {
        return new RolloutsFilter(
                shortened(route),
                among(State.values(), phase),
                among(End.values(), outcome),
                shortened(team),
                shortened(text),
                Place.parse(before));
    }

    boolean isFiltering() {
        return !route.isEmpty()
                || state != null
                || outcome != null
                || !team.isEmpty()
                || !text.isEmpty();
    }

    /// The query of this page: `?route=support-chat`, or empty.
    String address() {
        return address(before);
    }

    String older(RolloutRow last) {
        return address(new Place(last.startedAt, last.id));
    }

    /// The query of the first page; not empty, so that a link to it leads somewhere.
    String newest() {
        var address = address(null);
        return address.isEmpty() ? "?" : address;
    }

    private String address(@Nullable Place from) {
        var parts = new ArrayList<String>();
        add(parts, "route", route);
        add(parts, "phase", state == null ? "" : state.key());
        add(parts, "outcome", outcome == null ? "" : outcome.key());
        add(parts, "team", team);
        add(parts, "text", text);
        add(parts, "before", from == null ? "" : from.text());
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + URLEncoder.encode(value, UTF_8));
        }
    }

    /// Never half a character, which no address can hold.
    private static String shortened(@Nullable String text) {
        var plain = text == null ? "" : text.replace("\0", "").strip();
        if (plain.length() <= LONGEST) {
            return plain;
        }
        boolean halves = Character.isHighSurrogate(plain.charAt(LONGEST - 1));
        return plain.substring(0, halves ? LONGEST - 1 : LONGEST);
    }

    private static String key(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T extends Enum<T>> @Nullable T among(T[] choices, @Nullable String key) {
        for (var choice : choices) {
            if (key(choice).equals(key)) {
                return choice;
            }
        }
        return null;
    }
}
