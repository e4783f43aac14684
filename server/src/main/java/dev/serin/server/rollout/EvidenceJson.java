package dev.serin.server.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.engine.judge.Histogram;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.evidence.ForcedCalls;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The sums behind a rollout's findings, in the words of the API.
@RegisterForReflection
public record EvidenceJson(UUID rollout, Instant at, List<Step> steps, Forced forced) {

    /// Calls of callers whom the plan forces to an arm: part of no sum in `steps`, and never judged.
    @RegisterForReflection
    public record Forced(Met baseline, Met candidate) {

        static Forced of(Map<Arm, ForcedCalls.Met> met) {
            return new Forced(Met.of(met, Arm.BASELINE), Met.of(met, Arm.CANDIDATE));
        }
    }

    /// What one arm's forced callers met.
    ///
    /// @param keys different callers, of those that are known
    /// @param usd what the calls cost whose cost is known; null if none is
    @RegisterForReflection
    public record Met(long calls, long keys, long badCalls, @Nullable Double usd) {

        private static Met of(Map<Arm, ForcedCalls.Met> all, Arm arm) {
            var met = all.getOrDefault(arm, ForcedCalls.Met.NOTHING);
            return new Met(
                    met.calls(), met.keys(), met.bad(), met.priced() == 0 ? null : met.usd());
        }
    }

    /// One step that was entered.
    ///
    /// @param splitByServer whether Serin itself assigned the arms
    @RegisterForReflection
    public record Step(
            int index,
            String name,
            double share,
            Instant startedAt,
            boolean splitByServer,
            Arms total,
            List<Bucket> buckets) {}

    /// Both arms over one stretch of time.
    ///
    /// @param at when the stretch begins
    /// @param seconds how long it is
    @RegisterForReflection
    public record Bucket(Instant at, long seconds, List<Sum> baseline, List<Sum> candidate) {}

    @RegisterForReflection
    public record Arms(List<Sum> baseline, List<Sum> candidate) {}

    /// One sum.
    ///
    /// @param of what is summed up: `calls`, `error`, `label:…`, `latency_ms>=5000`, `cost_usd/0.5` …;
    ///     `cost_usd/1000000000000` is what all calls cost, those that nobody judges too
    /// @param n calls that carry it
    /// @param bad of these, the bad ones
    /// @param v squared distances from centres known before
    /// @param histogram calls by value
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sum(
            String of,
            long n,
            @Nullable Long bad,
            @Nullable Double sum,
            @Nullable Double v,
            @Nullable Long overCap,
            @Nullable List<Bin> histogram) {}

    /// Calls whose value is `from` or more, and below `to`.
    @RegisterForReflection
    public record Bin(double from, double to, long n) {}

    static List<Sum> sums(Tallies tallies) {
        var sorted = new TreeMap<String, Tally>();
        tallies.byTrack().forEach((track, tally) -> sorted.put(track.key(), tally));
        var sums = new ArrayList<Sum>();
        sorted.forEach((of, tally) -> sums.add(sum(of, tally)));
        return sums;
    }

    private static Sum sum(String of, Tally tally) {
        return switch (tally) {
            case Tally.Counts counts ->
                    new Sum(of, counts.n(), counts.bad(), null, null, null, null);
            case Tally.Moments moments ->
                    new Sum(
                            of,
                            moments.n(),
                            null,
                            moments.sum(),
                            moments.v(),
                            moments.overCap(),
                            null);
            case Histogram histogram ->
                    new Sum(of, histogram.n(), null, null, null, null, bins(histogram));
        };
    }

    private static List<Bin> bins(Histogram histogram) {
        var bins = new ArrayList<Bin>();
        new TreeMap<>(histogram.buckets())
                .forEach((bucket, calls) ->
                        bins.add(
                                new Bin(
                                        Histogram.edge(bucket),
                                        Histogram.edge(bucket + 1),
                                        calls)));
        return bins;
    }
}
