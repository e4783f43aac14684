package dev.serin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One arm of one step before the judge.
final class Hearing {

    /// A suffix of the step that is so likely worse than the limit delays a promotion. It rolls
    /// nothing back, so it needs no part of alpha.
    private static final double SUSPICIOUS = Math.log(10);

    /// Why a condition is unsure that looks kept and only lacks calls.
    static final String TOO_EARLY = "it looks kept, and it is too early to be sure";

    private final StepEvidence evidence;
    private final Whose arm;
    private final Strictness strictness;
    private final Instant now;
    private final Detail detail;
    private final Inquiries inquiries;

    Hearing(StepEvidence evidence, Whose arm, Strictness strictness, Instant now, Detail detail) {
        this.evidence = evidence;
        this.arm = arm;
        this.strictness = strictness;
        this.now = now;
        this.detail = detail;
        this.inquiries = new Inquiries(evidence, strictness.labelsDue(), now);
    }

    /// What is there to judge a condition by.
    private sealed interface Heard {

        /// @param why in words
        record Nothing(String why) implements Heard {}

        /// @param mayBreak whether the evidence of a breach counts
        record Calls(Inquiry inquiry, Bounds bounds, boolean mayBreak) implements Heard {

            boolean isBreach() {
                return looksBroken() && inquiry.calls(0) >= Strictness.LEAST_TO_BREACH;
            }

            boolean looksBroken() {
                return mayBreak && bounds.breached();
            }
        }
    }

    Finding finding(Condition condition) {
        return switch (hear(condition)) {
            case Heard.Nothing(var why) -> silent(condition, why);
            case Heard.Calls heard -> verdict(condition, heard);
        };
    }

    /// The finding if it is a breach. Nothing is looked for that only another finding shows.
    Optional<Finding.Breached> breach(Condition condition) {
        return hear(condition) instanceof Heard.Calls heard && heard.isBreach()
                ? Optional.of(breached(condition, heard.inquiry(), heard.bounds()))
                : Optional.empty();
    }

    Finding resting(Condition condition, String why) {
        return new Finding.Resting(condition, Estimate.NONE, arms(condition), why);
    }

    private Heard hear(Condition condition) {
        return switch (condition.limit()) {
            case Limit.Absolute(double value) -> absolute(condition, value);
            case Limit.Relative relative -> relative(condition, relative);
        };
    }

    private Heard absolute(Condition condition, double limit) {
        double margin = limit * strictness.margin();
        var inquiry = inquiries.absolute(condition, arm, limit, margin);
        if (inquiry.restarts() == 0) {
            return new Heard.Nothing(silence(condition, arm));
        }
        return heard(condition, inquiry, limit, margin);
    }

    private Heard relative(Condition condition, Limit.Relative limit) {
        if (condition.metric() instanceof Metric.CostPerSuccess) {
            return new Heard.Nothing("cost per success cannot be held against the baseline's");
        }
        var inquiry = inquiries.relative(condition, limit);
        if (inquiry.restarts() == 0) {
            return new Heard.Nothing(silence(condition, arm));
        }
        if (inquiries.ofWholeStep().absolute(condition, Whose.BASELINE, null, 0).restarts() == 0) {
            return new Heard.Nothing(silence(condition, Whose.BASELINE));
        }
        return heard(condition, inquiry, limit.isRatio() ? limit.factor() : limit.offset(), 0);
    }

    private String silence(Condition condition, Whose silent) {
        var whose = silent == Whose.BASELINE && condition.isRelative() ? " of the baseline" : "";
        if (condition.metric().label() == null) {
            return "no call%s has reported it".formatted(whose);
        }
        return "no %s%s has come yet".formatted(hasCalls(silent) ? "label" : "call", whose);
    }

    /// Keys are counted where a split assigns them, and money where it is spent, before a call is told.
    private boolean hasCalls(Whose whose) {
        return evidence.filled().stream()
                .map(bucket -> whose == Whose.BASELINE ? bucket.baseline() : bucket.candidate())
                .flatMap(tallies -> tallies.byTrack().keySet().stream())
                .anyMatch(track -> !(track instanceof Track.Keys || track instanceof Track.Spent));
    }

    private Heard heard(Condition condition, Inquiry inquiry, double limit, double margin) {
        return new Heard.Calls(
                inquiry,
                Bounds.of(
                        inquiry, inquiries.restarts(), condition.side(), strictness, limit, margin),
                above(condition, true).isEmpty());
    }

    /// Why calls above the cap void what is proved, in words. Of such calls nobody knows how far they raise
    /// their arm's mean, so nothing proves it low any more: high means are bad, and it is not met; low ones
    /// are, and it is not broken. Beside the baseline the one arm is proved low where the other is proved
    /// high.
    ///
    /// @param byBreach whether a breach is asked for, and not that the condition is met
    private Optional<String> above(Condition condition, boolean byBreach) {
        if (byBreach == (condition.side() == Condition.Side.AT_MOST)) {
            var unknown = byBreach ? "how low the mean is" : "how high the mean may get";
            return above(condition, arm, "", unknown);
        }
        return condition.isRelative()
                ? above(
                        condition,
                        Whose.BASELINE,
                        " of the baseline",
                        "how high the baseline's mean may get")
                : Optional.empty();
    }

    private Optional<String> above(
            Condition condition, Whose whose, String ofWhom, String unknown) {
        long over = inquiries.overCap(condition, whose);
        return over == 0
                ? Optional.empty()
                : Optional.of(
                        "%s %s%s %s above the cap of %s, so nobody can say %s"
                                .formatted(
                                        Numbers.calls(over),
                                        over == 1 ? "call" : "calls",
                                        ofWhom,
                                        over == 1 ? "was" : "were",
                                        Numbers.of(
                                                condition.metric(),
                                                inquiries.cap(condition, whose)),
                                        unknown));
    }

    private Finding verdict(Condition condition, Heard.Calls heard) {
        var inquiry = heard.inquiry();
        var bounds = heard.bounds();
        if (heard.isBreach()) {
            return breached(condition, inquiry, bounds);
        }
        long calls = inquiry.calls(0);
        boolean isWhole = detail == Detail.WHOLE;
        var estimate = isWhole ? bounds.settled(inquiry) : Estimate.seen(calls, inquiry.value(0));
        var arms = isWhole ? arms(condition, estimate) : Finding.Arms.NONE;
        String why = objection(condition, heard, calls);
        if (why == null) {
            return new Finding.Met(condition, estimate, arms);
        }
        return new Finding.Unsure(
                condition,
                estimate,
                arms,
                why,
                isWhole ? need(condition, inquiry, bounds, calls) : null);
    }

    private Finding.Breached breached(Condition condition, Inquiry inquiry, Bounds bounds) {
        if (detail == Detail.VERDICT) {
            var seen = Estimate.seen(inquiry.calls(0), inquiry.value(0));
            return new Finding.Breached(condition, seen, Finding.Arms.NONE, null);
        }
        int stretch = bounds.culprit(inquiry);
        var since =
                stretch == 0
                        ? null
                        : evidence.start()
                                .plus(
                                        StepEvidence.WIDTH.multipliedBy(
                                                inquiries.restarts().firstBucket()[stretch]));
        return new Finding.Breached(
                condition, bounds.broken(inquiry, stretch), arms(condition), since);
    }

    /// Why the condition is not met; null if it is.
    private @Nullable String objection(Condition condition, Heard.Calls heard, long calls) {
        var inquiry = heard.inquiry();
        var bounds = heard.bounds();
        if (heard.looksBroken()) {
            return "looks broken, but a breach needs %d calls and there are %d"
                    .formatted(Strictness.LEAST_TO_BREACH, calls);
        }
        var above = above(condition, false);
        if (above.isPresent()) {
            return above.get();
        }
        if (!bounds.met()) {
            return bounds.breached()
                    ? above(condition, true).orElse(TOO_EARLY)
                    : undecided(condition, inquiry, bounds);
        }
        long counted = counted(condition, inquiry, calls);
        if (counted < strictness.minCalls()) {
            return "%d of the %d calls that it takes at least"
                    .formatted(counted, strictness.minCalls());
        }
        long keys = inquiries.keys(arm);
        if (keys > 0 && keys < Strictness.LEAST_KEYS) {
            return "%d of the %d callers that it takes at least"
                    .formatted(keys, Strictness.LEAST_KEYS);
        }
        if (bounds.suspicion() >= SUSPICIOUS) {
            return "the latest calls look worse than the limit allows";
        }
        return null;
    }

    /// The calls that may meet a condition: where labels are waited for, those before the first that
    /// still waits.
    private long counted(Condition condition, Inquiry inquiry, long calls) {
        return inquiries.coverage(condition, arm) == null ? calls : inquiry.calls(inquiry.mature());
    }

    private static String undecided(Condition condition, Inquiry inquiry, Bounds bounds) {
        if (inquiry.calls(inquiry.mature()) == 0) {
            return condition.metric().label() != null
                    ? "its first calls still wait for their labels"
                    : "its slowest calls may still be under way";
        }
        return bounds.looksBad(inquiry)
                ? "it looks broken, and it is too early to be sure"
                : TOO_EARLY;
    }

    private Finding.@Nullable Need need(
            Condition condition, Inquiry inquiry, Bounds bounds, long calls) {
        if (above(condition, false).isPresent()
                || bounds.suspicion() >= SUSPICIOUS
                || bounds.breached()) {
            return null;
        }
        double more = bounds.callsToMeet(inquiry);
        if (!(more >= 0 && more < 1e15)) {
            return null;
        }
        long counted = counted(condition, inquiry, calls);
        long still = Math.max((long) Math.ceil(more), strictness.minCalls() - counted);
        long keys = inquiries.keys(arm);
        if (keys > 0 && keys < Strictness.LEAST_KEYS) {
            still = Math.max(still, Math.ceilDiv(calls * (Strictness.LEAST_KEYS - keys), keys));
        }
        long needed = Math.max(1, still);
        return new Finding.Need(needed, time(needed, calls));
    }

    private @Nullable Duration time(long needed, long calls) {
        double elapsed = (double) Duration.between(evidence.start(), now).toMillis();
        double millis = elapsed / calls * needed;
        return elapsed > 0 && millis < 1e15 ? Duration.ofMillis((long) millis) : null;
    }

    private Finding silent(Condition condition, String why) {
        var arms = detail == Detail.WHOLE ? arms(condition) : Finding.Arms.NONE;
        return new Finding.Unsure(condition, Estimate.NONE, arms, why, null);
    }

    private Finding.Arms arms(Condition condition) {
        return labelled(condition, own(condition, Whose.CANDIDATE), own(condition, Whose.BASELINE));
    }

    private Finding.Arms arms(Condition condition, Estimate mine) {
        if (condition.isRelative()) {
            return arms(condition);
        }
        return switch (arm) {
            case CANDIDATE -> labelled(condition, mine, own(condition, Whose.BASELINE));
            case BASELINE -> labelled(condition, own(condition, Whose.CANDIDATE), mine);
        };
    }

    private Finding.Arms labelled(
            Condition condition, @Nullable Estimate candidate, @Nullable Estimate baseline) {
        return new Finding.Arms(
                candidate,
                baseline,
                inquiries.coverage(condition, Whose.CANDIDATE),
                inquiries.coverage(condition, Whose.BASELINE));
    }

    /// An arm's own value over the whole step; null if no call reported it.
    private @Nullable Estimate own(Condition condition, Whose arm) {
        if (condition.metric() instanceof Metric.CostPerSuccess && condition.isRelative()) {
            return null;
        }
        Double limit = condition.limit() instanceof Limit.Absolute(double value) ? value : null;
        var whole = inquiries.ofWholeStep();
        var inquiry = whole.absolute(condition, arm, limit, 0);
        return inquiry.restarts() == 0
                ? null
                : Bounds.plain(inquiry, strictness, limit == null ? inquiry.value(0) : limit);
    }
}
