package dev.serin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads from a step's tallies what a condition asks for.
final class Inquiries {

    private static final List<Whose> BOTH = List.of(Whose.CANDIDATE, Whose.BASELINE);

    private final StepEvidence evidence;
    private final Restarts restarts;
    private final @Nullable Duration labelsDue;
    private final Instant now;

    /// @param labelsDue how long after its call a label is waited for; null if nobody waits
    Inquiries(StepEvidence evidence, @Nullable Duration labelsDue, Instant now) {
        this(evidence, Restarts.of(evidence.buckets()), labelsDue, now);
    }

    private Inquiries(
            StepEvidence evidence, Restarts restarts, @Nullable Duration labelsDue, Instant now) {
        this.evidence = evidence;
        this.restarts = restarts;
        this.labelsDue = labelsDue;
        this.now = now;
    }

    /// The same without later restarts: only the whole step.
    Inquiries ofWholeStep() {
        return new Inquiries(evidence, Restarts.of(0), labelsDue, now);
    }

    /// How the labels of an arm came back; null where the condition waits for none.
    @Nullable Coverage coverage(Condition condition, Whose arm) {
        return awaited(condition.metric()).coverage(arm);
    }

    Restarts restarts() {
        return restarts;
    }

    /// The question of an absolute condition, or of an arm's own value under a relative one.
    ///
    /// @param limit in the metric's unit; without a counter of its own it is no edge
    /// @param margin how far past the limit it may still be met, in the metric's unit
    Inquiry absolute(Condition condition, Whose arm, @Nullable Double limit, double margin) {
        return switch (condition.metric()) {
            case Metric.Rate(_, var mark) ->
                    new AbsoluteInquiry(
                            new Family.Proportion(), marked(condition, mark, arm, List.of(arm)));
            case Metric.Score(_, var label) ->
                    new AbsoluteInquiry(
                            new Family.Score(), scores(condition, label, arm, List.of(arm)));
            case Metric.Mean(_, var of) -> {
                double cap = sumTrack(condition, of, arm).cap();
                yield new AbsoluteInquiry(
                        new Family.Mean(cap), moments(sumTrack(condition, of, arm), arm));
            }
            case Metric.CostPerSuccess _ -> costPerSuccess(condition, arm);
            case Metric.Percentile(_, var of, double level) -> {
                double past = condition.side() == Condition.Side.AT_LEAST ? margin : 0;
                Predicate<StepEvidence.Bucket> mature =
                        limit == null ? Inquiries::always : oldEnough(of, limit + past);
                var track = limit == null ? null : new Track.Reaches(of, limit);
                boolean counted = track != null && has(track, arm);
                yield new PercentileInquiry(
                        spread(of, arm, mature),
                        counted && track != null ? counts(track, arm, mature) : null,
                        level,
                        limit == null ? Double.POSITIVE_INFINITY : limit);
            }
        };
    }

    /// The question of a relative condition.
    Inquiry relative(Condition condition, Limit.Relative limit) {
        return switch (condition.metric()) {
            case Metric.Rate(_, var mark) ->
                    new RelativeInquiry(
                            new Family.Proportion(),
                            marked(condition, mark, Whose.CANDIDATE, BOTH),
                            marked(condition, mark, Whose.BASELINE, BOTH),
                            limit);
            case Metric.Score(_, var label) ->
                    new RelativeInquiry(
                            new Family.Score(),
                            scores(condition, label, Whose.CANDIDATE, BOTH),
                            scores(condition, label, Whose.BASELINE, BOTH),
                            limit);
            case Metric.Mean(_, var of) -> {
                var track = sumTrack(condition, of, Whose.CANDIDATE);
                yield new RelativeInquiry(
                        new Family.Mean(track.cap()),
                        moments(track, Whose.CANDIDATE),
                        moments(track, Whose.BASELINE),
                        limit);
            }
            case Metric.CostPerSuccess _ ->
                    throw new IllegalArgumentException(
                            condition.text() + ": cost per success has no relative form");
            case Metric.Percentile(_, var of, double level) -> {
                var whole = spread(of, Whose.BASELINE, Inquiries::always);
                double near =
                        whole.n(0) == 0
                                ? 0
                                : limit.factor() * whole.quantile(0, level) + limit.offset();
                var mature = oldEnough(of, near);
                yield new SpreadInquiry(
                        spread(of, Whose.CANDIDATE, mature),
                        spread(of, Whose.BASELINE, mature),
                        level,
                        limit);
            }
        };
    }

    /// The cap under which an arm's mean is judged: the condition's own, or another that was tallied.
    double cap(Condition condition, Whose arm) {
        return condition.metric() instanceof Metric.Mean(_, var of)
                ? sumTrack(condition, of, arm).cap()
                : condition.capOrDefault();
    }

    /// Calls of an arm above that cap.
    long overCap(Condition condition, Whose arm) {
        return switch (condition.metric()) {
            case Metric.Mean(_, var of) -> overCap(sumTrack(condition, of, arm), arm);
            case Metric.CostPerSuccess _ -> overCap(penaltyTrack(condition), arm);
            case Metric.Rate _, Metric.Score _, Metric.Percentile _ -> 0;
        };
    }

    /// Distinct keys of an arm; 0 where keys are unknown.
    long keys(Whose arm) {
        return counts(new Track.Keys(), arm);
    }

    private long counts(Track track, Whose arm) {
        return evidence.filled().stream()
                .mapToLong(bucket -> of(bucket, arm).counts(track).n())
                .sum();
    }

    private long overCap(Track track, Whose arm) {
        return evidence.filled().stream()
                .mapToLong(bucket -> of(bucket, arm).moments(track).overCap())
                .sum();
    }

    private Inquiry costPerSuccess(Condition condition, Whose arm) {
        var track = penaltyTrack(condition);
        return SuccessCostInquiry.of(
                track.cap(),
                moments(track, arm),
                moments(sumTrack(condition, Quantity.COST_USD, arm), arm),
                counts(new Track.Marked(Metric.Rate.ERROR), arm, Inquiries::always),
                track.penalty());
    }

    private static Track.CostWithFailures penaltyTrack(Condition condition) {
        if (condition.limit() instanceof Limit.Absolute(double penalty)) {
            return new Track.CostWithFailures(penalty, condition.capOrDefault());
        }
        throw new IllegalArgumentException(
                condition.text() + ": cost per success has no relative form");
    }

    /// The moments under the condition's own cap, or else under another that was tallied.
    private Track.Sum sumTrack(Condition condition, Measure of, Whose arm) {
        var wanted = new Track.Sum(of, condition.capOrDefault());
        if (has(wanted, arm)) {
            return wanted;
        }
        return evidence.filled().stream()
                .flatMap(bucket -> of(bucket, arm).byTrack().keySet().stream())
                .filter(Track.Sum.class::isInstance)
                .map(Track.Sum.class::cast)
                .filter(track -> track.of().equals(of))
                .min(java.util.Comparator.comparingDouble(Track.Sum::cap))
                .orElse(wanted);
    }

    private boolean has(Track track, Whose arm) {
        return evidence.filled().stream()
                .anyMatch(bucket -> of(bucket, arm).byTrack().containsKey(track));
    }

    private Sums counts(Track track, Whose arm, Predicate<StepEvidence.Bucket> mature) {
        return sums(bucket -> Sums.Part.of(of(bucket, arm).counts(track)), mature);
    }

    /// @param settling the arms whose waiting calls keep a bucket from meeting a condition
    private Sides marked(Condition condition, String mark, Whose arm, List<Whose> settling) {
        var awaited = awaited(condition.metric());
        var track = new Track.Marked(mark);
        return sides(
                awaited,
                arm,
                settling,
                bucket -> Sums.Part.of(of(bucket, arm).counts(track)),
                waiting -> new Sums.Part(waiting, 0, 0),
                waiting -> new Sums.Part(waiting, waiting, 0));
    }

    /// Scores are measured from a centre that is fixed beforehand: the condition's limit, where it has
    /// one.
    private Sides scores(Condition condition, String label, Whose arm, List<Whose> settling) {
        var track = new Track.Score(label);
        double centre =
                condition.limit() instanceof Limit.Absolute(double limit)
                        ? Math.clamp(limit, 0, 1)
                        : 0.5;
        double furthest = Math.max(centre, 1 - centre);
        double most = furthest * furthest;
        return sides(
                awaited(condition.metric()),
                arm,
                settling,
                bucket -> Sums.Part.of(of(bucket, arm).moments(track), centre),
                waiting -> new Sums.Part(waiting, 0, waiting * most),
                waiting -> new Sums.Part(waiting, waiting, waiting * most));
    }

    private Sides sides(
            Awaited awaited,
            Whose arm,
            List<Whose> settling,
            Function<StepEvidence.Bucket, Sums.Part> told,
            DoubleFunction<Sums.Part> low,
            DoubleFunction<Sums.Part> high) {
        if (awaited.isNever()) {
            return Sides.alike(sums(told, Inquiries::always));
        }
        var settled = awaited.settled(settling);
        return new Sides(
                sums(told, settled),
                sums(with(told, awaited, arm, low), settled),
                sums(with(told, awaited, arm, high), settled));
    }

    private static Function<StepEvidence.Bucket, Sums.Part> with(
            Function<StepEvidence.Bucket, Sums.Part> told,
            Awaited awaited,
            Whose arm,
            DoubleFunction<Sums.Part> taken) {
        return bucket ->
                told.apply(bucket).plus(taken.apply((double) awaited.waiting(bucket, arm)));
    }

    private Awaited awaited(Metric metric) {
        return Awaited.of(metric, evidence, labelsDue, now);
    }

    private Sums moments(Track track, Whose arm) {
        return sums(bucket -> Sums.Part.of(of(bucket, arm).moments(track)), Inquiries::always);
    }

    private Sums sums(
            Function<StepEvidence.Bucket, Sums.Part> part, Predicate<StepEvidence.Bucket> mature) {
        return Sums.of(restarts, evidence.filled(), part, mature);
    }

    private Exceedances spread(Measure of, Whose arm, Predicate<StepEvidence.Bucket> mature) {
        List<StepEvidence.Bucket> filled = evidence.filled();
        var track = new Track.Spread(of);
        return Exceedances.of(restarts, filled, bucket -> of(bucket, arm).histogram(track), mature);
    }

    private static Tallies of(StepEvidence.Bucket bucket, Whose arm) {
        return switch (arm) {
            case CANDIDATE -> bucket.candidate();
            case BASELINE -> bucket.baseline();
        };
    }

    private static boolean always(StepEvidence.Bucket unused) {
        return true;
    }

    /// Slow calls arrive last: only calls that had this time to arrive may meet a condition.
    private Predicate<StepEvidence.Bucket> oldEnough(Measure of, double limit) {
        return switch (of) {
            case Quantity.LATENCY_MS, Quantity.TTFT_MS -> {
                var age = Duration.ofMillis((long) Math.ceil(Math.clamp(limit, 0, 1e12)));
                yield bucket -> !evidence.end(bucket).plus(age).isAfter(now);
            }
            case Quantity.MS_PER_TOKEN, Quantity.COST_USD, Quantity.TOKENS_OUT -> Inquiries::always;
            case Measure.Named _ -> Inquiries::always;
        };
    }
}
