package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.slo.Objective;
import dev.serin.simulator.profile.Profiles;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Plays ten thousand rollouts of plans/model-upgrade.yaml at 20 calls a second, with the good GPT-4
/// as the candidate, and says how long that took: first on two threads and nothing else, then as an
/// order to the lab with its curves and its advice. A minute on two cores is the limit of the first.
/// `./serin bench rollouts` runs it.
public final class TenThousandRollouts {

    private static final int RUNS = 10_000;
    private static final int THREADS = 2;
    private static final int PER_SECOND = 20;
    private static final Duration APPROVAL = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofHours(24);

    private TenThousandRollouts() {}

    static void main() throws InterruptedException {
        long began = System.nanoTime();
        var threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            long seed = i;
            threads[i] = Thread.ofPlatform().start(() -> play(seed));
        }
        for (var thread : threads) {
            thread.join();
        }
        say("rollouts alone", began);
        began = System.nanoTime();
        var order =
                new LabOrder(
                        plan(),
                        Profiles.GPT_3_5,
                        List.of(Profiles.GPT_4_GOOD),
                        RUNS,
                        1,
                        PER_SECOND,
                        APPROVAL,
                        LIMIT);
        Lab.run(order, LabWatch.NOBODY, THREADS);
        say("with curves and advice", began);
    }

    private static void play(long seed) {
        var baseline = Model.of(Profiles.GPT_3_5);
        var good = Model.of(Profiles.GPT_4_GOOD);
        Lab.of(plan(), baseline, good, RUNS / THREADS, seed, PER_SECOND, APPROVAL, LIMIT);
    }

    private static void say(String what, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        var cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.printf(
                Locale.ROOT,
                "%d rollouts on %d threads, %s: %.1f s; processor time so far %.1f s%n",
                RUNS,
                THREADS,
                what,
                seconds,
                cpu.toMillis() / 1000.0);
    }

    private static Plan plan() {
        return new Plan(
                "support-chat",
                "openai/gpt-3.5-turbo",
                "openai/gpt-4",
                List.of(
                        step("baseline", 0, 10, null),
                        step("5% canary", 5, 30, null),
                        step("25% ramp", 25, 30, null),
                        step("50% ramp", 50, 30, Gate.MANUAL),
                        step("full", 100, 0, null)),
                List.of(
                        over(Metric.ERROR_RATE, 0.10),
                        over(Metric.HALLUCINATION_RATE, 0.08),
                        over(Metric.P95_LATENCY_MS, 5000),
                        over(Metric.AVG_COST_USD, 0.10)),
                List.of(
                        new Objective(
                                Objective.Indicator.TASK_SUCCESS_RATE,
                                0.95,
                                null,
                                Duration.ofHours(1)),
                        new Objective(
                                Objective.Indicator.RESPONSE_LATENCY,
                                0.95,
                                2000.0,
                                Duration.ofHours(1))),
                0.05,
                Plan.Rules.DEFAULT,
                null,
                Plan.Key.USER,
                Plan.Approvals.ONE);
    }

    private static Step step(String name, double percent, long seconds, @Nullable Gate gate) {
        return new Step(name, Share.percent(percent), Duration.ofSeconds(seconds), gate);
    }

    private static Condition over(Metric metric, double limit) {
        return new Condition(
                metric, Side.AT_LEAST, new Limit.Absolute(limit), Consequence.ROLL_BACK, null);
    }
}
