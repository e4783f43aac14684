package dev.serin.web.audit;

import dev.serin.web.words.When;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was done, ready to print.
///
/// @param sentence the page's answer: who did what last
/// @param address query of this page, such as `?who=ada`; empty without a filter
/// @param older query of the next page, or null on the last
/// @param newest query of the first page, or null when this is the first
/// @param export query of the API that has all that match as a file
public record AuditView(
        String sentence,
        String address,
        List<Line> lines,
        Filter filter,
        @Nullable String older,
        @Nullable String newest,
        String export) {

    public AuditView {
        lines = List.copyOf(lines);
    }

    /// One deed.
    ///
    /// @param id its number
    /// @param proven whether the name was proven, or only said
    /// @param did such as `approved`, after the name
    /// @param refused why nothing came of it, or null
    /// @param comment what they said with it, or empty
    /// @param before what held before, or null
    /// @param after what holds now, or null
    /// @param from the address that asked, or null where the program acted by itself
    public record Line(
            long id,
            When at,
            String who,
            boolean proven,
            String did,
            @Nullable String refused,
            @Nullable String route,
            @Nullable String rollout,
            String comment,
            @Nullable String before,
            @Nullable String after,
            @Nullable String from) {

        /// The route's name as it stands in an address.
        public String routeInAddress() {
            return route == null
                    ? ""
                    : URLEncoder.encode(route, StandardCharsets.UTF_8).replace("+", "%20");
        }

        /// Whether anything is another than before.
        public boolean changed() {
            return before != null && after != null && !before.equals(after);
        }
    }

    /// The filter as it stands in the address.
    ///
    /// @param whats kinds of deeds, *all* first
    public record Filter(String who, List<Choice> whats, String route, boolean filtered) {

        public Filter {
            whats = List.copyOf(whats);
        }
    }

    /// One choice of a filter.
    ///
    /// @param value as it stands in the address; empty for all
    public record Choice(String value, String label, boolean chosen) {}
}
