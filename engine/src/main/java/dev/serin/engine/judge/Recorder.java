package dev.serin.engine.judge;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Folds the calls of one arm and one bucket of time into the tallies of a plan. It belongs to one
/// thread, and takes a call without an allocation.
///
/// Values of a mean are measured from a centre that was known before them, and only so many classes of
/// failures are told apart, so a recorder is told what the step has seen already: a new one for each
/// bucket, each handed [#seen()] of the one before.
public final class Recorder {

    /// Classes of failures that are told apart in one arm of a step; the rest counts as [#OTHER].
    /// Whoever reports calls names them, and would make tallies without end.
    public static final int MOST_CLASSES = 32;

    private static final String OTHER = "other";

    private final Part[] parts;
    private final Map<String, CountsRecorder> failures = new HashMap<>();
    private final Set<String> classes = new HashSet<>();
    private final Tallies before;
    private long keys;

    /// Begins a bucket.
    ///
    /// @param tracks what to tally
    /// @param seen the same arm's tallies of the step so far, from any replica; means read them, and
    ///     the classes of failures
    public Recorder(Collection<Track> tracks, Tallies seen) {
        this.before = seen;
        this.parts =
                tracks.stream()
                        .filter(track ->
                                !(track instanceof Track.Keys)
                                        && !(track instanceof Track.Failures))
                        .map(track -> Part.of(track, seen))
                        .toArray(Part[]::new);
        for (var track : seen.byTrack().keySet()) {
            if (track instanceof Track.Failures(var name)) {
                classes.add(name);
            }
        }
    }

    /// Takes one call.
    public void record(Call call) {
        record(call, Set.of());
    }

    /// Takes one call of which some is recorded already.
    ///
    /// @param told tracks that have taken it
    public void record(Call call, Set<Track> told) {
        for (var part : parts) {
            if (told.isEmpty() || !told.contains(part.track())) {
                part.record(call);
            }
        }
        var errorClass = call.errorClass();
        if (errorClass != null && Boolean.TRUE.equals(call.error())) {
            failed(errorClass);
        }
    }

    /// Counts a key that the step has not seen before.
    public void firstSeenKey() {
        keys++;
    }

    /// What was recorded; tracks without calls are left out.
    public Tallies tallies() {
        var tallies = new HashMap<Track, Tally>();
        for (var part : parts) {
            var tally = part.tally();
            if (tally.n() > 0) {
                tallies.put(part.track(), tally);
            }
        }
        failures.forEach((name, counts) -> tallies.put(new Track.Failures(name), counts.tally()));
        if (keys > 0) {
            tallies.put(new Track.Keys(), new Tally.Counts(keys, 0));
        }
        return new Tallies(tallies);
    }

    /// What the step has seen with this recorder's calls, for the next bucket's recorder.
    public Tallies seen() {
        return before.plus(tallies());
    }

    private void failed(String errorClass) {
        var counts = failures.get(errorClass);
        if (counts == null) {
            boolean apart = classes.contains(errorClass) || classes.size() < MOST_CLASSES;
            var name = apart ? errorClass : OTHER;
            classes.add(name);
            counts = failures.computeIfAbsent(name, _ -> new CountsRecorder());
        }
        counts.record(true);
    }

    /// One track being tallied.
    private sealed interface Part {

        Track track();

        void record(Call call);

        Tally tally();

        static Part of(Track track, Tallies seen) {
            return switch (track) {
                case Track.Calls calls -> new AllCalls(calls, new CountsRecorder());
                case Track.Marked marked -> new Marks(marked, new CountsRecorder());
                case Track.Score score -> new Scores(score);
                case Track.Chosen chosen -> new Choices(chosen, new CountsRecorder());
                case Track.Reaches reaches -> new Limits(reaches, new CountsRecorder());
                case Track.Spread spread -> new Spreads(spread, new HistogramRecorder());
                case Track.Sum sum -> new Sums(sum, moments(sum, sum.cap(), seen));
                case Track.CostWithFailures costs ->
                        new Costs(costs, moments(costs, costs.cap(), seen));
                case Track.Keys _, Track.Spent _, Track.Failures _ ->
                        throw new IllegalArgumentException(track + " is not read from calls");
            };
        }

        private static MomentsRecorder moments(Track track, double cap, Tallies seen) {
            var moments = seen.moments(track);
            return new MomentsRecorder(cap, moments.n(), moments.sum());
        }
    }

    private record AllCalls(Track.Calls track, CountsRecorder counts) implements Part {
        @Override
        public void record(Call call) {
            counts.record(call.bad());
        }

        @Override
        public Tally tally() {
            return counts.tally();
        }
    }

    private record Marks(Track.Marked track, CountsRecorder counts) implements Part {
        @Override
        public void record(Call call) {
            var mark =
                    track.mark().equals(Metric.Rate.ERROR)
                            ? call.error()
                            : call.labels().get(track.mark());
            if (mark != null) {
                counts.record(mark);
            }
        }

        @Override
        public Tally tally() {
            return counts.tally();
        }
    }

    private static final class Scores implements Part {

        private final Track.Score track;
        private long n;
        private double sum;
        private double squares;

        Scores(Track.Score track) {
            this.track = track;
        }

        @Override
        public Track track() {
            return track;
        }

        @Override
        public void record(Call call) {
            var score = call.scores().get(track.label());
            if (score != null) {
                n++;
                sum += score;
                squares += score * score;
            }
        }

        @Override
        public Tally tally() {
            return new Tally.Moments(n, sum, squares, 0);
        }
    }

    private record Choices(Track.Chosen track, CountsRecorder counts) implements Part {
        @Override
        public void record(Call call) {
            if (call.chosen() || call.carries(track.by())) {
                counts.record(false);
            }
        }

        @Override
        public Tally tally() {
            return counts.tally();
        }
    }

    private record Limits(Track.Reaches track, CountsRecorder counts) implements Part {
        @Override
        public void record(Call call) {
            double value = call.measured(track.of());
            if (value >= 0) {
                counts.record(value >= track.limit());
            }
        }

        @Override
        public Tally tally() {
            return counts.tally();
        }
    }

    private record Spreads(Track.Spread track, HistogramRecorder histogram) implements Part {
        @Override
        public void record(Call call) {
            double value = call.measured(track.of());
            if (value >= 0) {
                histogram.record(value);
            }
        }

        @Override
        public Tally tally() {
            return histogram.tally();
        }
    }

    private record Sums(Track.Sum track, MomentsRecorder moments) implements Part {
        @Override
        public void record(Call call) {
            double value = call.measured(track.of());
            if (value >= 0) {
                moments.record(value);
            }
        }

        @Override
        public Tally tally() {
            return moments.tally();
        }
    }

    private record Costs(Track.CostWithFailures track, MomentsRecorder moments) implements Part {
        @Override
        public void record(Call call) {
            double cost = call.measured(Quantity.COST_USD);
            var error = call.error();
            if (cost >= 0 && error != null) {
                moments.record(error ? cost + track.penalty() : cost);
            }
        }

        @Override
        public Tally tally() {
            return moments.tally();
        }
    }
}
