package dev.serin.server;

import java.util.LinkedHashMap;
import java.util.Map;

/// Maps that hold no more than they may, and forget something for each thing too many. They are for
/// one thread at a time.
public final class Bounded {

    private Bounded() {}

    /// Forgets what was put in first.
    ///
    /// @param most above 0
    public static <K, V> Map<K, V> byAge(int most) {
        return map(most, false);
    }

    /// Forgets what was asked for or put in the longest ago.
    ///
    /// @param most above 0
    public static <K, V> Map<K, V> byUse(int most) {
        return map(most, true);
    }

    private static <K, V> Map<K, V> map(int most, boolean byUse) {
        return new LinkedHashMap<>(16, 0.75f, byUse) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
