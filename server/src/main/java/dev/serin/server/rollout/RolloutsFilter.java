package dev.serin.server.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

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
/// @param text what route, models, starter or team hold, or empty
/// @param before where the page of ended rollouts begins, or null for the newest
record RolloutsFilter(
        String route, @Nullable State state, String text, RolloutsFilter.@Nullable Place before) {

    private static final int LONGEST = 200;

    /// A state that can be filtered by, with the phase as it is stored.
    enum State {
        OBSERVING("on its way", "Observing", null),
        AWAITING_APPROVAL("waits at a gate", "AwaitingApproval", null),
        PAUSED("paused", "Paused", null),
        PROMOTED("promoted", "Complete", null),
        ROLLED_BACK("rolled back", "RolledBack", null),
        BREACHED("rolled back by a condition", "RolledBack", "BREACHED"),
        BY_HAND("rolled back by hand", "RolledBack", "ROLLED_BACK_BY_HAND"),
        REJECTED("rejected", "RolledBack", "REJECTED");

        private final String words;
        private final String phase;
        private final @Nullable String kind;

        State(String words, String phase, @Nullable String kind) {
            this.words = words;
            this.phase = phase;
            this.kind = kind;
        }

        String words() {
            return words;
        }

        String phase() {
            return phase;
        }

        @Nullable String kind() {
            return kind;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
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

    static RolloutsFilter of(
            @Nullable String route,
            @Nullable String phase,
            @Nullable String text,
            @Nullable String before) {
        return new RolloutsFilter(
                shortened(route), state(phase), shortened(text), Place.parse(before));
    }

    boolean isFiltering() {
        return !route.isEmpty() || state != null || !text.isEmpty();
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
        add(parts, "text", text);
        add(parts, "before", from == null ? "" : from.text());
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + URLEncoder.encode(value, UTF_8));
        }
    }

    private static String shortened(@Nullable String text) {
        var plain = text == null ? "" : text.replace("\0", "").strip();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }

    private static @Nullable State state(@Nullable String key) {
        for (var state : State.values()) {
            if (state.key().equals(key)) {
                return state;
            }
        }
        return null;
    }
}
