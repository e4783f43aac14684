package dev.serin.server.profile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a plan that limits what a candidate may do, as lines of YAML with their reasons.
final class Proposal {

    /// How far over the end of a rate's interval its fixed limit lies.
    private static final double RATE_HEADROOM = 1.5;

    /// No rate's limit lies below it: fewer bad calls nobody can tell from none in time.
    private static final double LEAST_RATE = 0.01;

    private static final double MOST_RATE = 0.95;

    /// Milliseconds of the original's limit on the whole latency.
    private static final double ORIGINAL_P95 = 5000;

    private final List<Line> lines = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private double bad;

    /// A condition with its reason; without a condition only the reason.
    ///
    /// @param condition as a plan writes it; null for a comment alone
    record Line(@Nullable String condition, String why) {}

    private Proposal() {}

    /// Limits by what a baseline does.
    static Proposal of(Measured seen) {
        var proposal = new Proposal();
        proposal.errors(seen);
        proposal.hallucinations(seen);
        proposal.times(seen);
        proposal.cost(seen);
        proposal.limits(seen);
        return proposal;
    }

    /// Limits beside the baseline, where nobody knows what it does.
    static Proposal blind() {
        var proposal = new Proposal();
        proposal.add("error_rate >= baseline + 2%", "beside the baseline's own calls in the step");
        proposal.add(
                "error_rate >= 10%",
                "a fixed limit, for what no baseline excuses; it also holds where no baseline is left");
        proposal.add("p95_ttft_ms >= 1.5 * baseline", "time to the first token");
        proposal.add("p95_ms_per_token >= 1.5 * baseline", "time for each further token");
        proposal.note(
                "p95_latency_ms grows with the length of the answers. The original's p95_latency_ms >="
                        + " 5000 would roll back every real GPT-4: its full answers take 52 s at the"
                        + " 95th percentile.");
        proposal.add(
                "{ when: avg_cost_usd >= 2 * baseline, cap: 1, then: ask }",
                "cost of a call; cap: the most that one can cost, in US dollars");
        proposal.note(
                "Take out what your calls do not say: a condition without data stays unsure, and"
                        + " nothing is promoted.");
        proposal.noLabels("Nothing is known of labels.");
        proposal.after.add(
                "# Rolls back after so many bad calls, whatever the intervals say. A good model makes some too: 2 % of"
                        + " them");
        proposal.after.add(
                "# are 400 of the 20,000 that a busy route gives it in these steps. Once you know yours:");
        proposal.after.add("# exposure: { badCalls: 1000 }");
        proposal.after.add("objectives:");
        proposal.after.add("  - { indicator: task_success_rate, target: 95%, window: 1h }");
        return proposal;
    }

    List<Line> conditions() {
        return List.copyOf(lines);
    }

    List<String> after() {
        return List.copyOf(after);
    }

    private void errors(Measured seen) {
        var errors = seen.errors();
        if (errors == null) {
            note("error_rate: no call of %s says whether it failed".formatted(seen.file()));
            add("error_rate >= 10%", "the original's limit: nothing was measured for a better one");
            bad += 0.10;
            return;
        }
        rate("error_rate", errors);
        if (errors.rate() > 0.2) {
            note("The baseline itself fails often: mend it before you judge another model by it.");
        }
    }

    private void hallucinations(Measured seen) {
        var marks = seen.hallucinations();
        if (marks == null) {
            noLabels("No call of %s carries the label hallucination.".formatted(seen.file()));
            return;
        }
        rate("hallucination_rate", marks);
    }

    private void noLabels(String reason) {
        note(
                reason
                        + " Once yours do ("
                        + "\"labels\": {\"hallucination\": false} in an observation), add:");
        note("  - hallucination_rate >= baseline + 2%");
    }

    /// A fixed limit over the interval's end, and one beside the baseline.
    private void rate(String metric, Measured.Part seen) {
        double limit = percentUp(Math.max(LEAST_RATE, RATE_HEADROOM * seen.upper()));
        double margin = percentUp(Math.max(LEAST_RATE, seen.upper() - seen.rate()));
        limit = Math.min(MOST_RATE, limit);
        add(
                "%s >= %s".formatted(metric, Spread.percent(limit)),
                "baseline: %s; the limit is half as much again as the interval's end"
                        .formatted(seen.text()));
        add(
                "%s >= baseline + %s".formatted(metric, Spread.percent(Math.min(0.5, margin))),
                "as far over the baseline as its interval reaches, 1 % at least");
        bad += limit;
    }

    private void times(Measured seen) {
        boolean streamed = !seen.ttftMs().isEmpty() && !seen.msPerToken().isEmpty();
        if (streamed) {
            time("p95_ttft_ms", seen.ttftMs());
            time("p95_ms_per_token", seen.msPerToken());
        }
        var latency = seen.latencyMs();
        if (latency.isEmpty()) {
            note("latency: no call of %s says how long it took".formatted(seen.file()));
            return;
        }
        original(latency);
        if (streamed) {
            add(
                    "{ when: p95_latency_ms >= 2 * baseline, then: ask }",
                    "baseline: %s; it grows with the length of the answers, so a person looks"
                            .formatted(p95(latency)));
        } else {
            note(
                    "The calls do not say when their first token came, so all of the time is limited:"
                            + " longer answers look slower.");
            time("p95_latency_ms", latency);
        }
    }

    private void original(Spread latency) {
        double p95 = latency.at(0.95);
        note(
                p95 >= ORIGINAL_P95
                        ? "The original's p95_latency_ms >= 5000 would roll back this baseline itself"
                                + " (%s), and every real GPT-4.".formatted(p95(latency))
                        : "The original's p95_latency_ms >= 5000 would roll back every real GPT-4: full"
                                + " answers take 52 s at the 95th percentile.");
    }

    /// A limit beside the baseline, and a fixed one for where none is left.
    private void time(String metric, Spread seen) {
        add(metric + " >= 1.5 * baseline", "baseline: %s".formatted(p95(seen)));
        add(
                "%s >= %s".formatted(metric, Spread.plain(Spread.upwards(2 * seen.at(0.95)))),
                "twice that: a fixed limit also holds where no baseline is left");
    }

    private static String p95(Spread seen) {
        return "p95 %s of %,d calls".formatted(Spread.shown(seen.at(0.95)), seen.count());
    }

    private void cost(Measured seen) {
        var cost = seen.costUsd();
        if (cost.isEmpty() || cost.most() <= 0) {
            var told =
                    cost.isEmpty()
                            ? "no call of %s says what it cost".formatted(seen.file())
                            : "all %,d answers of %s that say what they cost were free"
                                    .formatted(cost.count(), seen.file());
            note("cost: %s; with prices add:".formatted(told));
            note("  - { when: avg_cost_usd >= 2 * baseline, cap: 1 }");
            return;
        }
        add(
                "{ when: avg_cost_usd >= 2 * baseline, cap: %s }"
                        .formatted(Spread.plain(Spread.upwards(5 * cost.most()))),
                "baseline: mean %s USD, at most %s, of %,d calls; cap: no call costs more"
                        .formatted(
                                Spread.shown(cost.mean()),
                                Spread.shown(cost.most()),
                                cost.count()));
    }

    private void limits(Measured seen) {
        long calls = 10_000;
        long most = Math.max(20, Math.round(calls * bad));
        double usd = seen.costUsd().isEmpty() ? 0 : 2.0 * calls * seen.costUsd().mean();
        after.add(
                "# Rolls back after so many bad calls%s, whatever the intervals say: as many as %,d calls"
                        .formatted(usd > 0 ? " or so much money" : "", calls));
        after.add(
                "# at the limits above%s. A busy route may need more."
                        .formatted(
                                usd > 0
                                        ? ", and what they cost at twice the baseline's price"
                                        : ""));
        after.add(
                usd > 0
                        ? "exposure: { badCalls: %d, usd: %s }"
                                .formatted(most, Spread.plain(Spread.upwards(usd)))
                        : "exposure: { badCalls: %d }".formatted(most));
        objectives(seen);
        after.add("# The part of the candidate's calls that may be bad in any way.");
        after.add("errorBudget: " + Spread.percent(Math.clamp(bad, LEAST_RATE, MOST_RATE)));
    }

    private void objectives(Measured seen) {
        after.add("# Promises beside the decision: they are shown, and roll nothing back.");
        after.add("objectives:");
        int before = after.size();
        var errors = seen.errors();
        double fail = errors == null ? 0.10 : percentUp(Math.max(LEAST_RATE, errors.upper()));
        objective("task_success_rate", 1 - Math.min(MOST_RATE, fail), "");
        if (!seen.latencyMs().isEmpty()) {
            double within = Spread.upwards(1.5 * seen.latencyMs().at(0.95));
            objective("response_latency", 0.95, ", within: %sms".formatted(Math.round(within)));
        }
        if (!seen.costUsd().isEmpty() && seen.costUsd().at(0.95) > 0) {
            double within = Spread.upwards(2 * seen.costUsd().at(0.95));
            objective("cost_per_task", 0.95, ", within: " + Spread.plain(within));
        }
        var marks = seen.hallucinations();
        if (marks != null) {
            double madeUp = percentUp(Math.max(LEAST_RATE, marks.upper()));
            objective("hallucination_rate", 1 - Math.min(MOST_RATE, madeUp), "");
        }
        if (after.size() == before) {
            after.removeLast();
            after.set(before - 2, "# Nothing of the baseline is good enough for a promise.");
        }
    }

    /// What fails half of the time is no promise.
    private void objective(String indicator, double target, String within) {
        if (target <= 0.5) {
            return;
        }
        after.add(
                "  - { indicator: %s, target: %s%s, window: 1h }"
                        .formatted(indicator, Spread.percent(Spread.rounded(target)), within));
    }

    /// The next larger half per cent.
    private static double percentUp(double part) {
        return Math.ceil(Math.round(part * 2e6) / 1e4) / 200;
    }

    private void add(String condition, String why) {
        lines.add(new Line(condition, why));
    }

    private void note(String text) {
        lines.add(new Line(null, text));
    }
}
