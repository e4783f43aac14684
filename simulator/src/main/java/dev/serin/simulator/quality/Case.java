package dev.serin.simulator.quality;

import dev.serin.engine.judge.Call;
import dev.serin.simulator.lab.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A candidate whose truth is known, with what section 3 lists for it.
///
/// @param good whether every limit is kept
/// @param later what becomes of it from its 1,001st call on; null if it stays as it is
/// @param listedMedian candidate calls to the verdict, or from the change to the rollback
/// @param listedP95 the same
record Case(
        String name,
        boolean good,
        Answers answers,
        @Nullable Answers later,
        double listedMedian,
        double listedP95)
        implements Model {

    /// Good calls before a late change.
    static final int BEFORE_CHANGE = 1000;

    /// How it answers.
    ///
    /// @param slowRate part of the calls that take 9 to 11 s
    /// @param labelled part of the answers that are labelled
    record Answers(
            double baseMs,
            double jitterMs,
            double slowRate,
            double errorRate,
            double hallucinationRate,
            double costUsd,
            double labelled) {

        static final Answers GOOD = new Answers(800, 400, 0, 0.01, 0.02, 0.03, 1);
        static final Answers GPT_3_5 = new Answers(350, 150, 0, 0.02, 0.06, 0.002, 1);
        static final Answers BAD = new Answers(4500, 3000, 0, 0.04, 0.03, 0.06, 1);

        Answers failing(double rate) {
            return new Answers(
                    baseMs, jitterMs, slowRate, rate, hallucinationRate, costUsd, labelled);
        }

        Answers hallucinating(double rate) {
            return new Answers(baseMs, jitterMs, slowRate, errorRate, rate, costUsd, labelled);
        }

        Answers slow(double rate) {
            return new Answers(
                    baseMs, jitterMs, rate, errorRate, hallucinationRate, costUsd, labelled);
        }

        Answers within(double base, double jitter) {
            return new Answers(
                    base, jitter, slowRate, errorRate, hallucinationRate, costUsd, labelled);
        }

        Answers sparselyLabelled() {
            return new Answers(
                    baseMs, jitterMs, slowRate, errorRate, hallucinationRate, costUsd, 0.05);
        }

        Call call(RandomGenerator random) {
            double latency =
                    slowRate > 0 && random.nextDouble() < slowRate
                            ? 9000 + 2000 * random.nextDouble()
                            : baseMs + jitterMs * random.nextDouble();
            boolean failed = random.nextDouble() < errorRate;
            boolean hallucinated = random.nextDouble() < hallucinationRate;
            boolean isLabelled = labelled >= 1 || random.nextDouble() < labelled;
            double price = costUsd * (1 + 0.15 * random.nextDouble());
            return failed
                    ? new Call(true, null, latency, null, 0.0, null, Map.of())
                    : new Call(
                            false,
                            null,
                            latency,
                            null,
                            price,
                            null,
                            isLabelled ? Map.of("hallucination", hallucinated) : Map.of());
        }
    }

    static final List<Case> SCENARIOS =
            List.of(
                    good("GPT4_GOOD", Answers.GOOD, 560, 797),
                    good("GPT35 (hallucinations 0.75x)", Answers.GPT_3_5, 5818, 9420),
                    bad("GPT4_BAD", Answers.BAD, 3, 8),
                    bad("errors 2.0x (20 %)", Answers.GOOD.failing(0.20), 177, 370),
                    bad("errors 1.2x (12 %)", Answers.GOOD.failing(0.12), 3630, 7588),
                    bad("errors 1.0x (10 %)", Answers.GOOD.failing(0.10), 3834, 8723),
                    good("errors 0.9x (9 %)", Answers.GOOD.failing(0.09), 28_502, 45_382),
                    good("errors 0.5x (5 %)", Answers.GOOD.failing(0.05), 1158, 1712),
                    good("5 % labelled, GPT4_GOOD", Answers.GOOD.sparselyLabelled(), 9321, 14_608),
                    bad(
                            "5 % labelled, hallucinations 16 %",
                            Answers.GOOD.hallucinating(0.16).sparselyLabelled(), 4521, 9878),
                    bad(
                            "5 % labelled, hallucinations 10 %",
                            Answers.GOOD.hallucinating(0.10).sparselyLabelled(), 14_100, 19_398),
                    bad("bimodal, 8 % at 9-11 s", Answers.GOOD.slow(0.08), 919, 2022),
                    good("bimodal, 3 % at 9-11 s", Answers.GOOD.slow(0.03), 3512, 5651),
                    good("steady 3.0-4.5 s", Answers.GOOD.within(3000, 1500), 560, 799));

    static final List<Case> LATE =
            List.of(
                    late("good 1000, then errors 20 %", Answers.GOOD.failing(0.20), 332, 576),
                    late("good 1000, then GPT4_BAD", Answers.BAD, 22, 32),
                    late(
                            "good 1000, then hallucinations 16 %",
                            Answers.GOOD.hallucinating(0.16), 417, 726));

    static List<Case> all() {
        var all = new ArrayList<>(SCENARIOS);
        all.addAll(LATE);
        return all;
    }

    boolean isLate() {
        return later != null;
    }

    /// The call of this number, counted from 0.
    Call call(RandomGenerator random, long number) {
        return later != null && number >= BEFORE_CHANGE ? later.call(random) : answers.call(random);
    }

    @Override
    public Call call(RandomGenerator random) {
        return answers.call(random);
    }

    private static Case good(String name, Answers answers, double median, double p95) {
        return new Case(name, true, answers, null, median, p95);
    }

    private static Case bad(String name, Answers answers, double median, double p95) {
        return new Case(name, false, answers, null, median, p95);
    }

    private static Case late(String name, Answers later, double median, double p95) {
        return new Case(name, false, Answers.GOOD, later, median, p95);
    }
}
