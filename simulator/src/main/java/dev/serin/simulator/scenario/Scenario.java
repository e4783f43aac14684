package dev.serin.simulator.scenario;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.simulator.play.Act;
import dev.serin.simulator.play.Pace;
import dev.serin.simulator.play.Play;
import dev.serin.simulator.play.Played;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.traffic.Arrivals;
import dev.serin.simulator.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// One story of the demo.
///
/// @param name one letter
/// @param title what it is about, in a few words
/// @param shows what there is to see, in a sentence
/// @param planFile its plan, among those that come along
/// @param expects what must become of it, in words
/// @param holds whether a play ended as it must
public record Scenario(
        String name,
        String title,
        String shows,
        String planFile,
        ModelProfile baseline,
        ModelProfile candidate,
        String expects,
        Predicate<Played> holds) {

    /// Calls a second on each route.
    public static final double CALLS_PER_SECOND = 200;

    private static final Duration LIMIT = Duration.ofHours(1);

    private static final List<Act> PEOPLE =
            List.of(Act.approve("Ada", Duration.ofSeconds(10), "The numbers are good."));

    /// Plays it in virtual time under `plan`. A gate is approved by Ada after ten seconds.
    ///
    /// @param seed gives its play again
    public Played play(Plan plan, Instant start, long seed) {
        var split = new TrafficSplit(name + "-" + seed);
        var arrivals = Arrivals.steady(CALLS_PER_SECOND);
        var traffic = Traffic.between(baseline, candidate, split, arrivals, start, seed);
        return Play.of(plan, "demo", start, traffic, PEOPLE, Pace.everySecond(LIMIT));
    }
}
