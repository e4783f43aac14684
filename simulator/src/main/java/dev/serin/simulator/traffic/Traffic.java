package dev.serin.simulator.traffic;

import dev.serin.engine.judge.Call;
import dev.serin.engine.plan.Share;
import dev.serin.engine.traffic.Arm;
import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.simulator.profile.ModelProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/// The calls of a route, split over both arms. It belongs to one thread.
public final class Traffic {

    /// Users of a simulated route: enough that hardly any makes twenty calls in one step.
    public static final int USERS = 50_000;

    private final TrafficSplit split;
    private final Arrivals arrivals;
    private final Supplier<String> keys;
    private final Function<Instant, Call> baseline;
    private final Function<Instant, Call> candidate;
    private final PriorityQueue<OnItsWay> onItsWay =
            new PriorityQueue<>(
                    Comparator.comparing((OnItsWay way) -> way.call().seen())
                            .thenComparingLong(OnItsWay::number));
    private Instant next;
    private long begun;

    /// What is in force while calls begin.
    ///
    /// @param step index into the plan's steps
    /// @param mirror the part of the calls that is copied to the candidate
    public record InForce(int step, Share share, Share mirror) {}

    /// The number keeps the order of calls that end at the same time.
    private record OnItsWay(long number, SimulatedCall call) {}

    /// @param split which arm a key gets
    /// @param from when the first call begins at the earliest
    /// @param keys who makes the next call
    /// @param baseline what comes of the next call to the baseline
    /// @param candidate what comes of the next call to the candidate
    public Traffic(
            TrafficSplit split,
            Arrivals arrivals,
            Instant from,
            Supplier<String> keys,
            Supplier<Call> baseline,
            Supplier<Call> candidate) {
        this(split, arrivals, from, keys, _ -> baseline.get(), _ -> candidate.get());
    }

    private Traffic(
            TrafficSplit split,
            Arrivals arrivals,
            Instant from,
            Supplier<String> keys,
            Function<Instant, Call> baseline,
            Function<Instant, Call> candidate) {
        this.split = split;
        this.arrivals = arrivals;
        this.keys = keys;
        this.baseline = baseline;
        this.candidate = candidate;
        this.next = arrivals.after(from);
    }

    /// Traffic between two profiles. Keys and both arms have streams of their own, so that the
    /// baseline answers the same whatever the candidate does; what befalls a provider is shared.
    ///
    /// @param seed gives its traffic again
    public static Traffic between(
            ModelProfile baseline,
            ModelProfile candidate,
            TrafficSplit split,
            Arrivals arrivals,
            Instant from,
            long seed) {
        var root = new SplittableRandom(seed);
        var keys = root.split();
        var ofBaseline = root.split();
        var ofCandidate = root.split();
        var one = baseline.under(seed);
        var other = candidate.under(seed);
        return new Traffic(
                split,
                arrivals,
                from,
                () -> "user-" + keys.nextInt(USERS),
                at -> one.call(at, ofBaseline),
                at -> other.call(at, ofCandidate));
    }

    /// Begins the calls up to `now` under what is in force, and hands out those that were seen by
    /// then, the first seen first.
    public List<SimulatedCall> until(Instant now, InForce inForce) {
        while (!next.isAfter(now)) {
            begin(inForce);
            next = arrivals.after(next);
        }
        return seenBy(now);
    }

    /// Begins no more calls, and hands out those on their way that were seen by `now`.
    public List<SimulatedCall> seenBy(Instant now) {
        var seen = new ArrayList<SimulatedCall>();
        while (onItsWay.peek() instanceof OnItsWay(_, var call) && !call.seen().isAfter(now)) {
            seen.add(call);
            onItsWay.remove();
        }
        return seen;
    }

    /// Begins no more calls, and hands out all that are on their way.
    public List<SimulatedCall> rest() {
        return seenBy(Instant.MAX);
    }

    private void begin(InForce inForce) {
        var key = keys.get();
        send(split.armOf(key, inForce.share()), key, inForce);
        if (inForce.mirror().fraction() > 0
                && split.armOf(key, inForce.mirror()) == Arm.CANDIDATE) {
            send(Arm.CANDIDATE, key, inForce);
        }
    }

    private void send(Arm arm, String key, InForce inForce) {
        var call =
                switch (arm) {
                    case BASELINE -> baseline.apply(next);
                    case CANDIDATE -> candidate.apply(next);
                };
        var latencyMs = call.latencyMs();
        var seen = latencyMs == null ? next : next.plusNanos(Math.round(latencyMs * 1e6));
        onItsWay.add(
                new OnItsWay(
                        begun++, new SimulatedCall(inForce.step(), arm, key, next, seen, call)));
    }
}
