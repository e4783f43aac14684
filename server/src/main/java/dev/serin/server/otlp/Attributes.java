package dev.serin.server.otlp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a span or an event says of itself: texts, numbers and truths by name. Lists and maps are left
/// out when they are read; nothing of Serin's stands in one.
///
/// @param byName each a String, Double, Long or Boolean
record Attributes(Map<String, Object> byName) {

    static final Attributes NONE = new Attributes(Map.of());

    Attributes {
        byName = Map.copyOf(byName);
    }

    /// These, and what `others` say beyond them.
    Attributes or(Attributes others) {
        var all = new HashMap<>(others.byName);
        all.putAll(byName);
        return new Attributes(all);
    }

    /// The first of `names` that is a text or a number, as a text; null if none is, or if it is blank.
    @Nullable String text(String... names) {
        for (var name : names) {
            var value = byName.get(name);
            if (value != null && !value.toString().isBlank()) {
                return value.toString();
            }
        }
        return null;
    }

    /// The first of `names` that is a number, 0 or more; null if none is.
    @Nullable Double number(String... names) {
        for (var name : names) {
            double value =
                    byName.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        }
        return null;
    }
}
