package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.simulator.profile.Profiles;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// A simulated call with all that is done for it, beside the bare drawing of its random numbers.
@State(Scope.Thread)
public class LabBench {

    private static final int PER_SECOND = 20;
    private static final int SECONDS = 600;
    private static final int CALLS = PER_SECOND * SECONDS;

    private static final Model BASELINE = Model.of(Profiles.GPT_3_5);
    private static final Model NEAR = Model.of(Profiles.GPT_3_5);
    private static final Model GOOD = Model.of(Profiles.GPT_4_GOOD);

    private final Crowd crowd = new Crowd("bench");
    private final Run undecided = run(Duration.ofSeconds(SECONDS));
    private final Run whole = run(Duration.ofHours(1));
    private long seed;

    private Run run(Duration limit) {
        return new Run(plan(), PER_SECOND, Duration.ZERO, limit, crowd);
    }

    /// Who calls, to which arm it goes, and the four numbers that say what comes of it: all the
    /// chance that a call takes, and nothing made of it.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void bareDrawing(Blackhole hole) {
        var root = new SplittableRandom(seed++);
        var users = root.split();
        var ofBaseline = root.split();
        for (int i = 0; i < CALLS; i++) {
            hole.consume(crowd.bucketOf(users.nextInt(Crowd.USERS)));
            hole.consume(ofBaseline.nextDouble());
            hole.consume(ofBaseline.nextDouble());
            hole.consume(ofBaseline.nextDouble());
            hole.consume(ofBaseline.nextDouble());
        }
    }

    /// Ten minutes at 5 % with a candidate near its limit: judged each second, not decided.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void judgedCall(Blackhole hole) {
        hole.consume(undecided.play(BASELINE, NEAR, seed++));
    }

    /// A good candidate from its start to its promotion.
    @Benchmark
    public void rollout(Blackhole hole) {
        hole.consume(whole.play(BASELINE, GOOD, seed++));
    }

    private static Plan plan() {
        return new Plan(
                "bench",
                "baseline",
                "candidate",
                List.of(
                        step("baseline", 0, 10),
                        step("5", 5, 30),
                        step("25", 25, 30),
                        step("50", 50, 30),
                        step("full", 100, 0)),
                List.of(
                        over(Metric.ERROR_RATE, 0.10),
                        over(Metric.HALLUCINATION_RATE, 0.08),
                        over(Metric.P95_LATENCY_MS, 5000),
                        over(Metric.AVG_COST_USD, 0.10)),
                List.of(),
                null,
                Plan.Rules.DEFAULT,
                null,
                Plan.Key.USER,
                Plan.Approvals.ONE);
    }

    private static Step step(String name, double percent, long seconds) {
        return new Step(name, Share.percent(percent), Duration.ofSeconds(seconds), null);
    }

    private static Condition over(Metric metric, double limit) {
        return new Condition(
                metric, Side.AT_LEAST, new Limit.Absolute(limit), Consequence.ROLL_BACK, null);
    }
}
