package dev.serin.engine.judge;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which tracks must be tallied so that a plan can be judged and shown.
public final class Tracks {

    /// Tallied for every plan: they cost little, and pages and later backtests ask for them.
    private static final List<Track> ALWAYS =
            List.of(
                    new Track.Calls(),
                    new Track.Keys(),
                    new Track.Marked(Metric.Rate.ERROR),
                    new Track.Marked("hallucination"),
                    new Track.Spread(Quantity.LATENCY_MS),
                    new Track.Spread(Quantity.TTFT_MS),
                    new Track.Spread(Quantity.MS_PER_TOKEN),
                    new Track.Sum(Quantity.COST_USD, Quantity.COST_USD.usualCap()),
                    new Track.Sum(Quantity.TOKENS_OUT, Quantity.TOKENS_OUT.usualCap()));

    private Tracks() {}

    /// What one condition reads.
    public static Set<Track> of(Condition condition) {
        var tracks = new LinkedHashSet<Track>();
        switch (condition.metric()) {
            case Metric.Rate(_, var mark) -> tracks.add(new Track.Marked(mark));
            case Metric.Score(_, var label) -> tracks.add(new Track.Score(label));
            case Metric.Mean(_, var of) -> tracks.add(new Track.Sum(of, condition.capOrDefault()));
            case Metric.Percentile(_, var of, _) -> {
                tracks.add(new Track.Spread(of));
                if (condition.limit() instanceof Limit.Absolute(double value)) {
                    tracks.add(new Track.Reaches(of, value));
                }
            }
            case Metric.CostPerSuccess _ -> {
                tracks.add(new Track.Marked(Metric.Rate.ERROR));
                if (condition.limit() instanceof Limit.Absolute(double value)) {
                    tracks.add(new Track.CostWithFailures(value, condition.capOrDefault()));
                }
            }
        }
        return tracks;
    }

    /// What these conditions read, what else is asked for, and what is always tallied. An error budget
    /// reads only the latter.
    public static Set<Track> of(Collection<Condition> conditions, Collection<Track> more) {
        var tracks = new LinkedHashSet<Track>(ALWAYS);
        conditions.forEach(condition -> {
            tracks.addAll(of(condition));
            if (condition.metric() instanceof Metric.Mean(_, Measure.Named number)) {
                // Later backtests may ask for percentiles of it.
                tracks.add(new Track.Spread(number));
            }
        });
        tracks.addAll(more);
        return Set.copyOf(tracks);
    }

    /// For each label that these conditions and tracks read, the calls that were chosen for it.
    public static Set<Track> chosen(Collection<Condition> conditions, Collection<Track> more) {
        return Stream.concat(
                        conditions.stream().map(condition -> condition.metric().label()),
                        more.stream().map(Track::label))
                .filter(Objects::nonNull)
                .map(Track.Chosen::new)
                .collect(Collectors.toUnmodifiableSet());
    }
}
