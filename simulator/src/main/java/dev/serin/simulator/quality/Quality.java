package dev.serin.simulator.quality;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.simulator.lab.Lab;
import dev.serin.simulator.lab.Model;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.quality.Verdict.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Makes the report on decision quality.
///
/// The same runs, seed and scenarios give the same report on any number of threads.
public final class Quality {

    /// Serin's rule under section 3's protocol.
    public static final String SERIN = "Serin";

    /// The original's rule.
    public static final String PLAIN = "original, honest p95";

    /// z-tests at every look.
    public static final String PEEKING = "peeking z-test";

    /// Serin's rule with the defaults that are shipped.
    public static final String SHIPPED = "Serin as shipped";

    private static final double ALPHA = 0.05;
    private static final double BETA = 0.05;
    private static final double CALLS_PER_SECOND = 20;
    private static final Duration LIMIT = Duration.ofDays(2);

    private Quality() {}

    /// Plays all scenarios under all rules.
    ///
    /// @param runs of each scenario under section 3's protocol, 1 or more
    /// @param runsAsShipped the same under the shipped defaults; 0 leaves them out
    /// @param threads that play, 1 or more
    /// @throws InterruptedException if the thread is interrupted while it waits
    public static QualityReport of(int runs, int runsAsShipped, long seed, int threads)
            throws InterruptedException {
        if (runs < 1 || runsAsShipped < 0 || threads < 1) {
            throw new IllegalArgumentException(
                    "runs and threads are 1 or more, got %d, %d and %d"
                            .formatted(runs, runsAsShipped, threads));
        }
        var tasks = new ArrayList<Callable<QualityReport.Row>>();
        for (var of : Case.all()) {
            tasks.add(() -> row(of, SERIN, () -> new SerinRule(ALPHA, BETA), runs, seed));
            tasks.add(() -> row(of, PLAIN, PlainRule::new, runs, seed));
            tasks.add(() -> row(of, PEEKING, PeekingRule::new, runs, seed));
            if (runsAsShipped > 0 && !of.isLate()) {
                tasks.add(() -> asShipped(of, runsAsShipped, seed));
            }
        }
        try (var pool =
                Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory())) {
            var rows = new ArrayList<QualityReport.Row>();
            for (Future<QualityReport.Row> row : pool.invokeAll(tasks)) {
                rows.add(row.get());
            }
            return new QualityReport(runs, runsAsShipped, seed, rows);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a scenario failed", e.getCause());
        }
    }

    private static QualityReport.Row row(
            Case of, String name, Supplier<Rule> rules, int runs, long seed) {
        var rule = rules.get();
        var calls = new long[runs];
        int decided = 0;
        var kinds = new EnumMap<Kind, Integer>(Kind.class);
        var seeds = new SplittableRandom(seed ^ of.name().hashCode());
        for (int i = 0; i < runs; i++) {
            var verdict = rule.decide(of, seeds.split());
            kinds.merge(verdict.kind(), 1, Integer::sum);
            boolean counts =
                    of.isLate()
                            ? verdict.kind() == Kind.ROLLED_BACK
                                    && verdict.calls() > Case.BEFORE_CHANGE
                            : verdict.kind() != Kind.UNDECIDED;
            if (counts) {
                calls[decided++] = verdict.calls() - (of.isLate() ? Case.BEFORE_CHANGE : 0);
            }
        }
        Arrays.sort(calls, 0, decided);
        boolean listed = name.equals(SERIN);
        return new QualityReport.Row(
                of.name(),
                of.good(),
                of.isLate(),
                name,
                runs,
                kinds.getOrDefault(Kind.ROLLED_BACK, 0),
                kinds.getOrDefault(Kind.PROMOTED, 0),
                kinds.getOrDefault(Kind.UNDECIDED, 0),
                quantile(calls, decided, 0.5),
                quantile(calls, decided, 0.95),
                listed ? of.listedMedian() : 0,
                listed ? of.listedP95() : 0);
    }

    private static double quantile(long[] sorted, int count, double level) {
        return count == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(level * count) - 1)];
    }

    private static QualityReport.Row asShipped(Case of, int runs, long seed) {
        var result =
                Lab.of(
                        shipped(),
                        Model.of(Profiles.GPT_3_5),
                        of,
                        runs,
                        seed,
                        CALLS_PER_SECOND,
                        Duration.ZERO,
                        LIMIT);
        return new QualityReport.Row(
                of.name(),
                of.good(),
                false,
                SHIPPED,
                runs,
                result.rolledBack(),
                result.promoted(),
                result.stuck(),
                result.calls().median(),
                result.calls().p95(),
                0,
                0);
    }

    /// The protocol's four steps and conditions with everything else as a plan has it by default.
    private static Plan shipped() {
        return new Plan(
                "quality",
                "baseline",
                "candidate",
                List.of(step(5), step(25), step(50), step(100)),
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

    private static Step step(double percent) {
        return new Step(percent + " %", Share.percent(percent), Duration.ofSeconds(30), null);
    }

    private static Condition over(Metric metric, double limit) {
        return new Condition(
                metric, Side.AT_LEAST, new Limit.Absolute(limit), Consequence.ROLL_BACK, null);
    }
}
