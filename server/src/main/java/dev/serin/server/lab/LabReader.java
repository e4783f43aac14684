package dev.serin.server.lab;

import dev.serin.server.planfile.PlanReading;
import dev.serin.simulator.lab.LabCandidates;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.Profiles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what somebody wants to try, and says all that is wrong with it before any work is done.
final class LabReader {

    static final int RUNS = 1_000;
    static final long SEED = 1;
    static final double RATE = 20;

    private static final double MOST_CALLS_PER_SECOND = 10_000;
    private static final int MOST_CANDIDATES = 20;

    private final int mostRuns;
    private final List<Objection> objections = new ArrayList<>();

    private LabReader(int mostRuns) {
        this.mostRuns = mostRuns;
    }

    /// What a person asked for, as text; an empty text asks for the default.
    ///
    /// @param candidates names of built-in ones; none asks for all
    record Asked(
            @Nullable ModelProfile baseline,
            List<String> candidates,
            List<ModelProfile> others,
            String runs,
            String seed,
            String rate) {}

    /// Something that keeps the wish from being fulfilled.
    ///
    /// @param line in the plan; 0 where it is not about the plan
    @RegisterForReflection
    record Objection(int line, int column, String field, String value, String message) {

        String text() {
            return line == 0
                    ? "%s %s".formatted(field, message)
                    : "%d:%d: %s: %s".formatted(line, column, field, message);
        }
    }

    sealed interface Reading {

        record Wanted(LabWish wish) implements Reading {}

        record Refused(List<Objection> objections) implements Reading {}

        /// The plan was not looked at.
        record TooLarge(String message) implements Reading {}
    }

    /// Calls a second as they were asked for, and may be asked for again.
    static String text(double rate) {
        return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
    }

    /// @param mostRuns of each candidate
    static Reading read(PlanReading plan, Asked asked, int mostRuns) {
        return new LabReader(mostRuns).read(plan, asked);
    }

    private Reading read(PlanReading document, Asked asked) {
        if (document instanceof PlanReading.TooLarge large) {
            return new Reading.TooLarge(large.message());
        }
        if (document instanceof PlanReading.Refused(var errors)) {
            errors.stream()
                    .map(e ->
                            new Objection(e.line(), e.column(), e.field(), e.value(), e.message()))
                    .forEach(objections::add);
        }
        var candidates = candidates(asked);
        var runs =
                number(
                        "runs",
                        asked.runs(),
                        RUNS,
                        Integer::parseInt,
                        runsAre(),
                        it -> it >= 1 && it <= mostRuns);
        var seed =
                number("seed", asked.seed(), SEED, Long::parseLong, "is a whole number", _ -> true);
        var rate =
                number(
                        "callsPerSecond",
                        asked.rate(),
                        RATE,
                        Double::parseDouble,
                        "is a number of calls a second above 0, at most 10,000",
                        it -> it > 0 && it <= MOST_CALLS_PER_SECOND);
        if (!objections.isEmpty() || !(document instanceof PlanReading.Read plan)) {
            return new Reading.Refused(List.copyOf(objections));
        }
        var baseline = asked.baseline() == null ? Profiles.GPT_3_5 : asked.baseline();
        return new Reading.Wanted(new LabWish(plan, baseline, candidates, runs, seed, rate));
    }

    private String runsAre() {
        return "is a whole number from 1 to %,d".formatted(mostRuns);
    }

    private List<ModelProfile> candidates(Asked asked) {
        var all = new ArrayList<ModelProfile>();
        for (var name : asked.candidates()) {
            LabCandidates.named(name)
                    .ifPresentOrElse(
                            all::add,
                            () ->
                                    objections.add(
                                            new Objection(
                                                    0,
                                                    0,
                                                    "candidates",
                                                    name,
                                                    "knows no %s; there are %s"
                                                            .formatted(shortened(name), names()))));
        }
        all.addAll(asked.others());
        if (all.isEmpty() && asked.candidates().isEmpty()) {
            all.addAll(LabCandidates.ALL);
        }
        if (all.size() > MOST_CANDIDATES) {
            refuse("candidates", Integer.toString(all.size()), "are at most 20 at once");
        }
        var names = all.stream().map(ModelProfile::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            refuse("candidates", String.join(", ", names), "need different names");
        }
        return all;
    }

    private <N extends Number> N number(
            String field,
            String text,
            N standard,
            Function<String, N> parse,
            String rule,
            Predicate<N> holds) {
        if (text.isBlank()) {
            return standard;
        }
        try {
            var number = parse.apply(text.strip());
            if (holds.test(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below, like a number that is out of bounds
        }
        refuse(field, shortened(text), "%s, got %s".formatted(rule, shortened(text.strip())));
        return standard;
    }

    private void refuse(String field, String value, String message) {
        objections.add(new Objection(0, 0, field, value, message));
    }

    private static String names() {
        return LabCandidates.ALL.stream().map(ModelProfile::name).collect(Collectors.joining(", "));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
