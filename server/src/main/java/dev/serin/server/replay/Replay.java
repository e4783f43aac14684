package dev.serin.server.replay;

import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.simulator.play.Act;
import dev.serin.simulator.play.Pace;
import dev.serin.simulator.play.Play;
import dev.serin.simulator.play.Played;
import dev.serin.simulator.traffic.Arrivals;
import dev.serin.simulator.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Plays a plan with two files of recorded calls.
///
/// @param trace when calls come in; null for [#CALLS_PER_SECOND] at even distances
/// @param gates whether gates are approved by the replay itself
record Replay(
        Plan plan,
        CallSample baseline,
        CallSample candidate,
        @Nullable ArrivalTrace trace,
        long seed,
        boolean gates) {

    /// Calls a second where neither a trace nor the files say when calls came in.
    static final double CALLS_PER_SECOND = 20;

    /// Who starts it, and approves its gates.
    static final String BY = "replay";

    private static final Duration LIMIT = Duration.ofDays(7);

    /// A replay that was played.
    ///
    /// @param sources what was played, in sentences: the files, how often they were drawn from again,
    ///     the arrivals
    record Result(Replay replay, Played played, List<String> sources, List<Unknowable> unknowable) {

        Result {
            sources = List.copyOf(sources);
            unknowable = List.copyOf(unknowable);
        }
    }

    /// The arrivals are the trace's, or else the times in the baseline's file, or else steady.
    static Replay of(
            Plan plan,
            CallSample baseline,
            CallSample candidate,
            @Nullable ArrivalTrace trace,
            long seed,
            boolean gates) {
        var times = Optional.ofNullable(trace).or(() -> ArrivalTrace.of(baseline)).orElse(null);
        return new Replay(plan, baseline, candidate, times, seed, gates);
    }

    /// What is looked for in a row beside what every plan asks for: the labels and numbers that the plan's
    /// conditions and objectives read. No other column keeps a row from being read.
    static CallShape shapeFor(Plan plan) {
        var verdicts = new HashSet<String>();
        var scores = new HashSet<String>();
        var numbers = new HashSet<String>();
        var asked = new HashSet<@Nullable String>();
        plan.conditions().forEach(condition -> asked.add(condition.metric().label()));
        plan.objectives().forEach(objective -> asked.add(objective.track().label()));
        for (var track : plan.tracks()) {
            switch (track) {
                case Track.Marked marked
                        when marked.label() != null && asked.contains(marked.label()) ->
                        verdicts.add(marked.mark());
                case Track.Score(var label) -> scores.add(label);
                case Track.Spread(Measure.Named(var number)) -> numbers.add(number);
                case Track.Calls _,
                        Track.Marked _,
                        Track.Chosen _,
                        Track.Reaches _,
                        Track.Spread _,
                        Track.Sum _,
                        Track.CostWithFailures _,
                        Track.Keys _,
                        Track.Spent _,
                        Track.Failures _ -> {}
            }
        }
        verdicts.removeAll(scores);
        return new CallShape(verdicts, scores, numbers);
    }

    /// Plays it so that it is over at `end`: a history holds nothing that is still to come.
    Result playUntil(Instant end) {
        var length = Duration.between(end, play(end).played().end());
        return play(end.minus(length));
    }

    private Result play(Instant start) {
        var root = new SplittableRandom(seed);
        var keys = root.split();
        var ofBaseline = baseline.draw(root.split());
        var ofCandidate = candidate.draw(root.split());
        var arrivals = trace == null ? Arrivals.steady(CALLS_PER_SECOND) : trace.arrivals();
        var traffic =
                new Traffic(
                        new TrafficSplit("replay-" + seed),
                        arrivals,
                        start,
                        () -> "call-" + keys.nextLong(),
                        ofBaseline,
                        ofCandidate);
        var unknowable = Unknowable.of(plan, baseline, candidate);
        var never =
                unknowable.stream()
                        .map(it -> it.condition().text())
                        .collect(Collectors.toUnmodifiableSet());
        var played = Play.of(plan, BY, start, traffic, people(), Pace.everySecond(LIMIT), never);
        return new Result(
                this,
                played,
                List.of(
                        source("baseline", baseline, ofBaseline.again()),
                        source("candidate", candidate, ofCandidate.again()),
                        arrivals()),
                unknowable);
    }

    private List<Act> people() {
        if (!gates) {
            return List.of();
        }
        return IntStream.rangeClosed(1, plan.approvals().count())
                .mapToObj(number ->
                        Act.approve(
                                BY + " gate " + number,
                                Duration.ZERO,
                                "a replay asks nobody: it approves its own gates"))
                .toList();
    }

    private String source(String arm, CallSample sample, long again) {
        var text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%s: %,d recorded calls of %s",
                        arm,
                        sample.inFile(),
                        sample.file()));
        if (sample.inFile() > sample.calls().size()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            ", of which an even sample of %,d (seed %d)",
                            sample.calls().size(),
                            seed));
        }
        if (again > 0) {
            text.append(
                    String.format(
                            Locale.ROOT, ", drawn from again %,d times (seed %d)", again, seed));
        }
        if (sample.badRows() > 0) {
            text.append(
                    String.format(Locale.ROOT, "; %,d rows could not be read", sample.badRows()));
        }
        return text.toString();
    }

    private String arrivals() {
        return trace == null
                ? String.format(
                        Locale.ROOT,
                        "arrivals: %.0f calls a second at even distances",
                        CALLS_PER_SECOND)
                : String.format(
                        Locale.ROOT,
                        "arrivals: %s, %.2f calls a second over %s",
                        trace.name(),
                        trace.perSecond(),
                        span(trace.span()));
    }

    private static String span(Duration span) {
        return span.toMinutes() >= 2
                ? String.format(Locale.ROOT, "%,d min", span.toMinutes())
                : String.format(Locale.ROOT, "%,d s", span.toSeconds());
    }
}
