package dev.serin.server.planfile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a route before a plan for it is read. What is not known is not checked.
///
/// @param model the route's current model; null if it has none yet
/// @param callsPerSecond the route's traffic, above 0; null if unknown
/// @param labels the labels that the route's calls ever carried; null if unknown
/// @param numbers the numbers that they ever carried; null if unknown
/// @param sources the sources that a plan may name; null if unknown
public record Known(
        @Nullable String model,
        @Nullable Double callsPerSecond,
        @Nullable Set<String> labels,
        @Nullable Set<String> numbers,
        @Nullable Set<String> sources) {

    public static final Known NOTHING = new Known(null, null, null, null);

    /// What is known of a route, away from any server's settings.
    public Known(
            @Nullable String model,
            @Nullable Double callsPerSecond,
            @Nullable Set<String> labels,
            @Nullable Set<String> numbers) {
        this(model, callsPerSecond, labels, numbers, null);
    }

    public Known {
        labels = labels == null ? null : Set.copyOf(labels);
        numbers = numbers == null ? null : Set.copyOf(numbers);
        sources = sources == null ? null : Set.copyOf(sources);
    }

    public static Known model(String model) {
        return new Known(model, null, null, null);
    }
}
