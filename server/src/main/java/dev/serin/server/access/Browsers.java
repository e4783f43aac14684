package dev.serin.server.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells a browser by what it calls itself, well enough for its owner to know it again.
final class Browsers {

    /// The first that fits: most pose as others.
    private static final List<List<String>> NAMES =
            List.of(
                    List.of("Edg", "Edge"),
                    List.of("OPR/", "Opera"),
                    List.of("Firefox/", "Firefox"),
                    List.of("FxiOS/", "Firefox"),
                    List.of("Chrome/", "Chrome"),
                    List.of("CriOS/", "Chrome"),
                    List.of("Safari/", "Safari"),
                    List.of("curl/", "curl"));

    private static final List<List<String>> SYSTEMS =
            List.of(
                    List.of("iPhone", "an iPhone"),
                    List.of("iPad", "an iPad"),
                    List.of("Android", "Android"),
                    List.of("Windows", "Windows"),
                    List.of("Mac OS X", "macOS"),
                    List.of("CrOS", "ChromeOS"),
                    List.of("Linux", "Linux"));

    private Browsers() {}

    /// Such as `Firefox on Linux`.
    static String words(@Nullable String agent) {
        var name = first(NAMES, agent);
        var system = first(SYSTEMS, agent);
        if (name == null) {
            return system == null ? "A browser" : "A browser on " + system;
        }
        return system == null ? name : name + " on " + system;
    }

    private static @Nullable String first(List<List<String>> marks, @Nullable String agent) {
        if (agent == null) {
            return null;
        }
        return marks.stream()
                .filter(mark -> agent.contains(mark.getFirst()))
                .map(List::getLast)
                .findFirst()
                .orElse(null);
    }
}
