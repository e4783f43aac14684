package dev.serin.server.compare;

import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.access.Visitors;
import dev.serin.server.rollout.Run;
import dev.serin.server.rollout.Runs;
import dev.serin.server.words.Differences;
import dev.serin.server.words.Exposures;
import dev.serin.server.words.FindingWords;
import dev.serin.server.words.Gates;
import dev.serin.server.words.Ladders;
import dev.serin.server.words.MetricWords;
import dev.serin.server.words.RolloutWords;
import dev.serin.web.chart.Forest;
import dev.serin.web.chart.Interval;
import dev.serin.web.chart.Scatter;
import dev.serin.web.compare.CompareView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import dev.serin.web.words.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Puts a comparison into words and pictures.
@ApplicationScoped
class CompareViews {

    static final int MOST = 8;

    private static final int CHOICES = 60;

    private final Runs runs;
    private final Visitors visitors;

    CompareViews(Runs runs, Visitors visitors) {
        this.runs = runs;
        this.visitors = visitors;
    }

    /// @param asked ids in the order of the address, each once
    /// @param unreadable what was asked for and is no id at all
    /// @param twice whether one run was asked for more than once, and no other
    CompareView of(List<UUID> asked, List<String> unreadable, boolean twice) {
        var sight = visitors.sight();
        var found = runs.of(asked.stream().limit(MOST).toList(), sight);
        var ids = found.stream().map(Run::id).toList();
        var unknown = new ArrayList<>(unreadable);
        asked.stream()
                .limit(MOST)
                .filter(id -> !ids.contains(id))
                .map(UUID::toString)
                .forEach(unknown::add);
        var comparison = Comparison.of(found);
        boolean comparable = found.size() >= 2;
        var caveats = comparable ? Caveat.of(comparison) : List.<Caveat>of();
        return new CompareView(
                title(found),
                found.size() < 2 ? tooFew(found.size(), twice) : sentence(comparison, asked.size()),
                unknown,
                caveats.stream().map(Caveat::sentence).toList(),
                comparable ? query(ids) : "",
                columns(found),
                comparable
                        ? comparison.metrics().stream()
                                .map(metric -> metric(metric, found.size(), caveats))
                                .toList()
                        : List.of(),
                comparable ? scatter(found) : null,
                comparable ? differing(found, caveats) : List.of(),
                runs.choices(ids, CHOICES, sight).stream()
                        .map(one ->
                                new CompareView.Choice(
                                        one.id().toString(), one.label(), ids.contains(one.id())))
                        .toList());
    }

    private static String title(List<Run> runs) {
        if (runs.size() < 2) {
            return "Compare";
        }
        var routes = runs.stream().map(run -> run.story().plan().route()).distinct().toList();
        return "Compare: %s, %d runs"
                .formatted(
                        routes.size() == 1 ? routes.getFirst() : routes.size() + " routes",
                        runs.size());
    }

    private static String tooFew(int found, boolean twice) {
        if (found == 0) {
            return "Choose two to eight runs to compare.";
        }
        return twice
                ? "A run cannot be compared with itself: choose another beside it."
                : "One run is no comparison yet: choose another beside it.";
    }

    private static String sentence(Comparison comparison, int asked) {
        var runs = comparison.runs();
        var outcomes =
                runs.stream().map(CompareViews::outcome).distinct().count() == 1
                        ? ""
                        : outcomes(runs);
        var most =
                comparison.metrics().stream()
                        .map(metric -> whatStandsOut(metric, runs.size()))
                        .filter(said -> !said.isEmpty())
                        .findFirst()
                        .or(() ->
                                comparison.metrics().stream()
                                        .flatMap(metric -> apart(metric, runs.size()).stream())
                                        .findFirst())
                        .orElse("Nothing sets them clearly apart.");
        var left = asked > MOST ? " Only the first eight are shown." : "";
        return outcomes + most + left;
    }

    private static String outcomes(List<Run> runs) {
        var parts = new ArrayList<String>();
        for (int i = 0; i < runs.size(); i++) {
            parts.add("%s: %s".formatted(letter(i), outcome(runs.get(i))));
        }
        return String.join(", ", parts) + ". ";
    }

    private static List<CompareView.Run> columns(List<Run> runs) {
        var columns = new ArrayList<CompareView.Run>();
        var ids = runs.stream().map(Run::id).toList();
        for (int i = 0; i < runs.size(); i++) {
            var run = runs.get(i);
            var story = run.story();
            var plan = story.plan();
            var rollout = story.rollout();
            var met = answered(run, Arm.CANDIDATE);
            var others = ids.stream().filter(id -> !id.equals(run.id())).toList();
            var first = new ArrayList<UUID>(List.of(run.id()));
            first.addAll(others);
            columns.add(
                    new CompareView.Run(
                            run.id().toString(),
                            letter(i),
                            i == 0,
                            plan.route(),
                            plan.baseline(),
                            plan.candidate(),
                            RolloutWords.tone(rollout.phase()),
                            outcome(run),
                            rollout.outcome().isPresent() ? RolloutWords.sentence(story) : "",
                            Ladders.of(story),
                            Times.seen(story.started(), story.now()),
                            Numbers.duration(story.took()),
                            Numbers.duration(story.waited()),
                            exposure(met),
                            cost(met),
                            Exposures.words(Exposures.consequence(plan, run.evidence())),
                            List.of(
                                    arm(Arm.CANDIDATE, met),
                                    arm(Arm.BASELINE, answered(run, Arm.BASELINE))),
                            query(others),
                            i == 0 ? null : query(first),
                            run.simulated()));
        }
        return columns;
    }

    private static String outcome(Run run) {
        var story = run.story();
        return story.rollout().isActive()
                ? "at " + RolloutWords.share(story)
                : RolloutWords.state(story.rollout().phase()).toLowerCase(Locale.ROOT);
    }

    private static String exposure(Optional<Exposures.Answered> candidate) {
        return candidate
                .map(met ->
                        "%s calls%s, %s bad"
                                .formatted(
                                        Numbers.count(met.calls()),
                                        met.people() == 0
                                                ? ""
                                                : ", %s people"
                                                        .formatted(Numbers.count(met.people())),
                                        Numbers.count(met.badCalls())))
                .orElse(Numbers.NOT_KNOWN);
    }

    private static String cost(Optional<Exposures.Answered> candidate) {
        return candidate
                .filter(met -> !Double.isNaN(met.usd()))
                .map(met ->
                        Numbers.usd(met.usd())
                                + (Double.isNaN(met.usdEach())
                                        ? ""
                                        : ", %s a call".formatted(Numbers.usd(met.usdEach()))))
                .orElse(Numbers.NOT_KNOWN);
    }

    private static Optional<Exposures.Answered> answered(Run run, Arm arm) {
        return Exposures.answered(run.story().judged(), run.evidence(), arm);
    }

    private static CompareView.Arm arm(Arm arm, Optional<Exposures.Answered> answered) {
        var name = arm.name().toLowerCase(Locale.ROOT);
        return answered.map(met -> arm(name, met))
                .orElseGet(() ->
                        new CompareView.Arm(
                                name,
                                Numbers.NOT_KNOWN,
                                Numbers.NOT_KNOWN,
                                Numbers.NOT_KNOWN,
                                "",
                                Numbers.NOT_KNOWN,
                                ""));
    }

    private static CompareView.Arm arm(String name, Exposures.Answered met) {
        boolean isPriced = !Double.isNaN(met.usd());
        return new CompareView.Arm(
                name,
                Numbers.count(met.calls()),
                met.people() == 0 ? Numbers.NOT_KNOWN : Numbers.count(met.people()),
                Numbers.count(met.badCalls()),
                met.calls() == 0 ? "" : Numbers.percent((double) met.badCalls() / met.calls()),
                isPriced ? Numbers.usd(met.usd()) : Numbers.NOT_KNOWN,
                Double.isNaN(met.usdEach()) ? "" : Numbers.usd(met.usdEach()) + " a call");
    }

    private static CompareView.Metric metric(
            Comparison.Aligned aligned, int runs, List<Caveat> caveats) {
        var said = whatStandsOut(aligned, runs);
        boolean isBadAbove =
                aligned.byShare().values().stream()
                        .flatMap(cells -> cells.values().stream())
                        .allMatch(Differences::isBadAbove);
        return new CompareView.Metric(
                MetricWords.name(aligned.metric()),
                tone(aligned, runs),
                said.isEmpty() ? nothingClear(aligned, runs) : said,
                caveats.stream()
                        .filter(caveat -> caveat.spoils().test(aligned.metric()))
                        .map(Caveat::inShort)
                        .toList(),
                forest(aligned, runs, isBadAbove, true),
                forest(aligned, runs, isBadAbove, false));
    }

    private static String nothingClear(Comparison.Aligned aligned, int runs) {
        long knowing = IntStream.range(0, runs).filter(aligned::isKnownTo).count();
        return knowing < 2
                ? "Only one of these plans limits it, so there is nothing to hold it against."
                : apart(aligned, runs).orElse("No clear difference between these runs.");
    }

    /// Two that differ from each other although neither does from the reference, as where that one
    /// had few calls.
    private static Optional<String> apart(Comparison.Aligned aligned, int runs) {
        for (int one = 1; one < runs; one++) {
            for (int other = one + 1; other < runs; other++) {
                if (aligned.between(one, other).filter(Comparison.Pair::isClear).isPresent()) {
                    return Optional.of(
                            (aligned.isToldBy(0)
                                            ? "%s: none differs clearly from A, but %s and %s do from each other."
                                            : "%s: nothing is known of A, but %s and %s differ clearly from each other.")
                                    .formatted(
                                            MetricWords.name(aligned.metric()),
                                            letter(one),
                                            letter(other)));
                }
            }
        }
        return Optional.empty();
    }

    /// @param asDifference candidate minus its own baseline; else the candidate alone
    private static Forest forest(
            Comparison.Aligned aligned, int runs, boolean badAbove, boolean asDifference) {
        var rows = new ArrayList<Forest.Row>();
        aligned.byShare()
                .forEach((share, cells) -> {
                    for (int i = 0; i < runs; i++) {
                        var why =
                                aligned.isKnownTo(i)
                                        ? "no calls at this share"
                                        : "its plan does not limit this";
                        rows.add(row(share, i, cells.get(i), why, asDifference));
                    }
                });
        var unit =
                asDifference
                        ? MetricWords.differenceUnit(aligned.metric())
                        : MetricWords.unit(aligned.metric());
        return new Forest(unit, asDifference, badAbove, rows);
    }

    private static Forest.Row row(
            double share, int run, @Nullable Differences cell, String why, boolean asDifference) {
        var step = Numbers.share(share);
        if (cell == null) {
            return new Forest.Row(step, letter(run), null, why);
        }
        return new Forest.Row(
                step,
                letter(run),
                FindingWords.interval(asDifference ? cell.difference() : cell.candidate()),
                asDifference
                        ? Gates.detail(cell)
                        : FindingWords.own(cell.metric(), cell.candidate()));
    }

    private static Tone tone(Comparison.Aligned aligned, int runs) {
        var worst = worst(aligned, runs);
        if (worst.isEmpty() || !worst.get().pair().isClear()) {
            return Tone.QUIET;
        }
        return worst.get().pair().regression() > 0 ? Tone.BREACHED : Tone.MET;
    }

    private record Worst(int run, Comparison.Pair pair) {}

    /// The run that differs most from the reference by intervals that lie apart, or else at all.
    private static Optional<Worst> worst(Comparison.Aligned aligned, int runs) {
        var all = new ArrayList<Worst>();
        for (int i = 1; i < runs; i++) {
            int run = i;
            aligned.against(i).ifPresent(pair -> all.add(new Worst(run, pair)));
        }
        return all.stream()
                .max(
                        Comparator.comparing((Worst one) -> one.pair().isClear())
                                .thenComparingDouble(one -> Math.abs(one.pair().weight())));
    }

    /// `Hallucinations: B is 4.1 points worse against its baseline than A.`; empty if nothing is clear.
    private static String whatStandsOut(Comparison.Aligned aligned, int runs) {
        var worst = worst(aligned, runs);
        if (worst.isEmpty() || !worst.get().pair().isClear()) {
            return "";
        }
        double regression = worst.get().pair().regression();
        var unit = MetricWords.differenceUnit(aligned.metric());
        return "%s: %s is %s %s against its baseline than A."
                .formatted(
                        MetricWords.name(aligned.metric()),
                        letter(worst.get().run()),
                        unit.print(Math.abs(regression)).replaceFirst("^\\+", ""),
                        regression > 0 ? "worse" : "better");
    }

    private static @Nullable Scatter scatter(List<Run> runs) {
        var quality = quality(runs);
        if (quality.isEmpty()) {
            return null;
        }
        var dots = new ArrayList<Scatter.Dot>();
        for (int i = 0; i < runs.size(); i++) {
            for (boolean candidate : new boolean[] {true, false}) {
                var cost = whole(runs.get(i), CompareViews::isCost, candidate);
                var good = whole(runs.get(i), quality.get()::equals, candidate);
                if (cost != null && good != null) {
                    dots.add(
                            new Scatter.Dot(
                                    letter(i) + (candidate ? "" : " baseline"),
                                    candidate,
                                    cost,
                                    good));
                }
            }
        }
        var up = MetricWords.inSentence(quality.get());
        return dots.isEmpty()
                ? null
                : new Scatter(
                        "Cost per call against %s, with what is not sure of both.".formatted(up),
                        "cost per call",
                        Unit.USD,
                        up,
                        MetricWords.unit(quality.get()),
                        dots);
    }

    private static @Nullable Interval whole(Run run, Predicate<Metric> which, boolean candidate) {
        return run.evidence().steps().stream()
                .max(
                        Comparator.comparingLong(
                                step -> step.candidate().counts(new Track.Calls()).n()))
                .stream()
                .flatMap(step ->
                        Differences.of(run.story().plan(), step, run.story().now()).stream())
                .filter(one -> which.test(one.metric()))
                .map(one -> FindingWords.interval(candidate ? one.candidate() : one.baseline()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// The first rate that every run limits: labels before errors.
    private static Optional<Metric> quality(List<Run> runs) {
        return rates(runs.getFirst().story().plan()).stream()
                .filter(rate ->
                        runs.stream().allMatch(run -> rates(run.story().plan()).contains(rate)))
                .min(Comparator.comparing(rate -> rate.equals(Metric.ERROR_RATE)));
    }

    private static List<Metric> rates(Plan plan) {
        return plan.conditions().stream()
                .map(condition -> condition.metric())
                .filter(Metric.Rate.class::isInstance)
                .distinct()
                .toList();
    }

    private static List<CompareView.Difference> differing(List<Run> runs, List<Caveat> caveats) {
        var differences = new ArrayList<CompareView.Difference>();
        caveats.forEach(caveat ->
                differences.add(new CompareView.Difference(caveat.name(), true, caveat.values())));
        add(differences, "baseline", runs, run -> run.story().plan().baseline());
        add(differences, "candidate", runs, run -> run.story().plan().candidate());
        add(differences, "steps", runs, run -> steps(run.story().plan()));
        add(differences, "conditions", runs, run -> conditions(run.story().plan()));
        add(
                differences,
                "how sure",
                runs,
                run ->
                        "%s to roll back, %s to promote"
                                .formatted(
                                        Numbers.share(run.story().plan().rules().rollback()),
                                        Numbers.share(run.story().plan().rules().promote())));
        add(
                differences,
                "fewest calls",
                runs,
                run -> Numbers.count(run.story().plan().rules().minCalls()));
        add(differences, "traffic", runs, run -> run.simulated() ? "simulated" : "real");
        return differences;
    }

    private static void add(
            List<CompareView.Difference> differences,
            String name,
            List<Run> runs,
            Function<Run, String> value) {
        var values = runs.stream().map(value).toList();
        if (values.stream().distinct().count() > 1) {
            differences.add(new CompareView.Difference(name, false, values));
        }
    }

    private static String steps(Plan plan) {
        return plan.steps().stream()
                .map(step ->
                        "%s for %s%s"
                                .formatted(
                                        Numbers.share(step.share().fraction()),
                                        Numbers.duration(step.duration()),
                                        step.gate() == null ? "" : ", then a gate"))
                .collect(Collectors.joining("; "));
    }

    private static String conditions(Plan plan) {
        return plan.conditions().isEmpty()
                ? "none"
                : plan.conditions().stream()
                        .map(MetricWords::condition)
                        .collect(Collectors.joining("; "));
    }

    private static String query(List<UUID> ids) {
        return ids.isEmpty()
                ? ""
                : ids.stream().map(id -> "run=" + id).collect(Collectors.joining("&", "?", ""));
    }

    private static String letter(int run) {
        return Character.toString('A' + run);
    }

    private static boolean isCost(Metric metric) {
        return metric instanceof Metric.Mean(_, var of) && of == Quantity.COST_USD;
    }
}
