package dev.serin.server.planfile;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Telemetry that counts a rollout's calls elsewhere, and what to ask it.
///
/// @param name of the source in the server's settings, never its address
/// @param every how often it is asked, [#SHORTEST] to [#LONGEST] in whole seconds
/// @param counts what is judged; those of one metric differ only in their limit
/// @param rates what can only be shown
public record Source(String name, Duration every, List<Counts> counts, List<Rate> rates) {

    public static final Duration SHORTEST = Duration.ofSeconds(10);
    public static final Duration LONGEST = Duration.ofHours(1);
    public static final Duration USUAL = Duration.ofSeconds(30);

    /// Two counters of each arm that make a proportion.
    ///
    /// @param metric whose conditions they answer
    /// @param track key of the track that they are tallied on
    /// @param limit of a percentile's condition, in the metric's unit: bad are calls that reach it; null
    ///     for a rate
    /// @param bad query for the calls that are bad, with [Template]s in it
    /// @param total query for all calls that could be
    public record Counts(
            String metric, String track, @Nullable Double limit, String bad, String total) {}

    /// A value of each arm without the number of its calls: nobody can say how sure it is.
    ///
    /// @param rate query for it
    public record Rate(String metric, String rate) {}

    public Source {
        counts = List.copyOf(counts);
        rates = List.copyOf(rates);
    }
}
