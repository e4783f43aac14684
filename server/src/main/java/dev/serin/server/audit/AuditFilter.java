package dev.serin.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Which deeds are looked for, as it stands in the address.
///
/// @param who how the name begins, whatever its case; empty for everybody
/// @param what the only kind of deed, or empty
/// @param route the only route, or empty
/// @param before deeds with a lower number only; null for the newest
record AuditFilter(String who, String what, String route, @Nullable Long before) {

    private static final int LONGEST = 200;

    static AuditFilter of(
            @Nullable String who,
            @Nullable String what,
            @Nullable String route,
            @Nullable Long before) {
        return new AuditFilter(clean(who), clean(what), clean(route), before);
    }

    boolean isFiltering() {
        return !who.isEmpty() || !what.isEmpty() || !route.isEmpty();
    }

    AuditFilter from(@Nullable Long place) {
        return new AuditFilter(who, what, route, place);
    }

    /// How the name begins, for `like`.
    String whoPattern() {
        return who.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    /// The filter as a query, such as `?who=ada`; empty without one.
    String address() {
        var parts = new ArrayList<String>();
        add(parts, "who", who);
        add(parts, "what", what);
        add(parts, "route", route);
        if (before != null) {
            parts.add("before=" + before);
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(ArrayList<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + URLEncoder.encode(value, UTF_8));
        }
    }

    private static String clean(@Nullable String text) {
        var clean = text == null ? "" : text.replace("\0", "").strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }
}
