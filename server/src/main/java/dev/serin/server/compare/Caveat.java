package dev.serin.server.compare;

import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.server.evidence.Judges;
import dev.serin.server.provider.Price;
import dev.serin.server.rollout.Run;
import dev.serin.server.words.LabelWords;
import dev.serin.server.words.MetricWords;
import dev.serin.web.words.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Something in which some runs differ so that their numbers do not mean the same.
///
/// @param name of what differs: `judge of hallucinations`
/// @param sentence what that does to the comparison
/// @param values one for each run, in their order
/// @param inShort beside a metric that it spoils; empty if it spoils none
/// @param spoils the metrics whose numbers it is about
record Caveat(
        String name,
        String sentence,
        List<String> values,
        String inShort,
        Predicate<Metric> spoils) {

    private static final int LONGEST_PROMPT = 160;

    /// Who labelled: two runs are labelled alike only by the same judges in the same versions.
    private record Named(String name, String version) {}

    Caveat {
        values = List.copyOf(values);
    }

    /// Those of all runs, judges first.
    static List<Caveat> of(Comparison comparison) {
        var caveats = new ArrayList<Caveat>();
        labelled(comparison)
                .forEach((label, metric) ->
                        judges(comparison, label, metric).ifPresent(caveats::add));
        prices(comparison.runs(), caveats);
        margins(comparison.runs()).ifPresent(caveats::add);
        return caveats;
    }

    /// One metric for each label.
    private static LinkedHashMap<String, Metric> labelled(Comparison comparison) {
        var metrics = new LinkedHashMap<String, Metric>();
        for (var aligned : comparison.metrics()) {
            var label = aligned.metric().label();
            if (label != null) {
                metrics.putIfAbsent(label, aligned.metric());
            }
        }
        return metrics;
    }

    private static Optional<Caveat> judges(Comparison comparison, String label, Metric metric) {
        var values = new ArrayList<String>();
        var different = new ArrayList<Set<Named>>();
        for (int run = 0; run < comparison.runs().size(); run++) {
            if (comparison.hasLabels(run, label)) {
                var own = own(comparison.runs().get(run), label);
                different.add(
                        own.stream()
                                .map(judge -> new Named(judge.name(), judge.version()))
                                .collect(Collectors.toUnmodifiableSet()));
                values.add(words(comparison.runs().get(run), label, own));
            } else {
                values.add("no labels");
            }
        }
        var what = MetricWords.inSentence(metric);
        return different.stream().distinct().count() < 2
                ? Optional.empty()
                : Optional.of(
                        new Caveat(
                                "judge of " + what,
                                "%s: not labelled by the same judge in each run, so a difference between runs may be the judge's."
                                        .formatted(MetricWords.name(metric)),
                                values,
                                "Not labelled by the same judge in each run.",
                                one -> label.equals(one.label())));
    }

    private static List<Judges.Judge> own(Run run, String label) {
        return run.judges().stream().filter(judge -> judge.label().equals(label)).toList();
    }

    private static String words(Run run, String label, List<Judges.Judge> own) {
        if (own.isEmpty()) {
            return "nobody was named";
        }
        var asked = run.judge();
        return asked == null || !asked.label().equals(label)
                ? LabelWords.names(own)
                : "%s, asked: %s".formatted(LabelWords.names(own), prompt(asked.prompt()));
    }

    private static String prompt(String prompt) {
        var line = prompt.replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) > LONGEST_PROMPT
                ? line.substring(0, line.offsetByCodePoints(0, LONGEST_PROMPT)) + " …"
                : line;
    }

    /// One for each model that had different prices in some runs.
    private static void prices(List<Run> runs, List<Caveat> caveats) {
        var models =
                runs.stream()
                        .flatMap(run -> byModel(run).keySet().stream())
                        .distinct()
                        .sorted()
                        .toList();
        for (var model : models) {
            var known =
                    runs.stream()
                            .map(run -> byModel(run).get(model))
                            .filter(Objects::nonNull)
                            .distinct()
                            .count();
            if (known > 1) {
                caveats.add(
                        new Caveat(
                                "price of " + model,
                                "%s had different prices when these runs started, so a difference in cost may be the price's."
                                        .formatted(model),
                                runs.stream().map(run -> price(run, model)).toList(),
                                "%s had different prices.".formatted(model),
                                Caveat::isCost));
            }
        }
    }

    private static Map<String, Price> byModel(Run run) {
        var prices = run.prices();
        return prices == null ? Map.of() : prices.byModel();
    }

    private static String price(Run run, String model) {
        var price = byModel(run).get(model);
        if (price == null) {
            var plan = run.story().plan();
            return plan.baseline().equals(model) || plan.candidate().equals(model)
                    ? Numbers.NOT_KNOWN
                    : "not among its models";
        }
        var cached =
                price.cached() == price.in()
                        ? ""
                        : ", %s cached".formatted(Numbers.usdLimit(price.cached()));
        var written =
                price.written() == price.in()
                        ? ""
                        : ", %s to cache".formatted(Numbers.usdLimit(price.written()));
        return "%s in%s%s, %s out, a million tokens"
                .formatted(
                        Numbers.usdLimit(price.in()),
                        cached,
                        written,
                        Numbers.usdLimit(price.out()));
    }

    private static boolean isCost(Metric metric) {
        return switch (metric) {
            case Metric.Mean(_, var of) -> of == Quantity.COST_USD;
            case Metric.Percentile(_, var of, _) -> of == Quantity.COST_USD;
            case Metric.CostPerSuccess _ -> true;
            case Metric.Rate _, Metric.Score _ -> false;
        };
    }

    private static Optional<Caveat> margins(List<Run> runs) {
        Function<Run, Double> margin = run -> run.story().plan().rules().margin();
        return runs.stream().map(margin).distinct().count() < 2
                ? Optional.empty()
                : Optional.of(
                        new Caveat(
                                "margin",
                                "The plans have different margins: what is met in one run may not be in another with the same numbers.",
                                runs.stream()
                                        .map(margin)
                                        .map(part ->
                                                part == 0
                                                        ? "none"
                                                        : Numbers.share(part) + " past a limit")
                                        .toList(),
                                "",
                                _ -> false));
    }
}
