package dev.serin.server.demo;

import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanFile;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.rollout.PastRun;
import dev.serin.server.rollout.Start;
import dev.serin.simulator.play.Act;
import dev.serin.simulator.play.Pace;
import dev.serin.simulator.play.Play;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.traffic.Arrivals;
import dev.serin.simulator.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An upgrade of the last weeks, as the demo's history tells it.
///
/// @param ago how long ago it was started
/// @param by who started it
/// @param people what people did about it
/// @param plan its document
record PastUpgrade(
        Duration ago,
        String by,
        ModelProfile baseline,
        ModelProfile candidate,
        List<Act> people,
        String plan) {

    /// Calls a second on a route of the history.
    static final double CALLS_PER_SECOND = 1.5;

    private static final Pace PACE = new Pace(Duration.ofMinutes(2), Duration.ofHours(12));

    /// Plays it in virtual time, as if now were `now`.
    PastRun play(Instant now, long seed) {
        var file = file();
        var start = now.minus(ago);
        var traffic =
                Traffic.between(
                        baseline,
                        candidate,
                        new TrafficSplit("history-" + seed),
                        Arrivals.steady(CALLS_PER_SECOND),
                        start,
                        seed);
        var played = Play.of(file.plan(), by, start, traffic, people, PACE);
        return new PastRun(
                file,
                plan,
                Start.Format.YAML,
                played.rollout(),
                played.entries(),
                played.evidence(),
                played.judged(),
                new PastRun.Origin.Simulated());
    }

    private PlanFile file() {
        return switch (PlanReader.read(plan, Known.NOTHING)) {
            case PlanReading.Read read -> read.file();
            case PlanReading.Refused(var errors) ->
                    throw new IllegalStateException(errors.getFirst().text() + "\n" + plan);
            case PlanReading.TooLarge large -> throw new IllegalStateException(large.message());
        };
    }
}
