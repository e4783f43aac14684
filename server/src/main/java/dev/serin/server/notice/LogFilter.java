package dev.serin.server.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Which letters are looked for, as it stands in the address.
///
/// @param state the only state, or null
/// @param route the only route, or empty
/// @param before letters with a lower number only; null for the newest
record LogFilter(@Nullable State state, String route, @Nullable Long before) {

    private static final int LONGEST = 200;

    static LogFilter of(@Nullable State state, @Nullable String route, @Nullable Long before) {
        var clean = route == null ? "" : route.replace("\0", "").strip();
        return new LogFilter(
                state, clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST), before);
    }

    boolean isFiltering() {
        return state != null || !route.isEmpty();
    }

    LogFilter from(@Nullable Long place) {
        return new LogFilter(state, route, place);
    }

    /// The filter as a query, such as `?state=dead`; empty without one.
    String address() {
        var parts = new ArrayList<String>();
        if (state != null) {
            parts.add("state=" + state.key());
        }
        if (!route.isEmpty()) {
            parts.add("route=" + URLEncoder.encode(route, UTF_8));
        }
        if (before != null) {
            parts.add("before=" + before);
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
}
