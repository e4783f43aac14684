package dev.serin.server.words;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Judge;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Strictness;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.plan.Plan;
import dev.serin.web.chart.Course;
import dev.serin.web.chart.Interval;
import dev.serin.web.rollout.CourseView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was known of each metric at moments of the past.
///
/// Each point judges its step's evidence up to then as one stretch, without the restarts that catch
/// a late regression: sixty points cost about as much as a few decisions.
public final class Courses {

    private static final int MOST_POINTS = 60;

    private Courses() {}

    public static List<CourseView> of(Story story, Evidence evidence) {
        var conditions = Differences.metrics(story.plan());
        var moments = moments(story, evidence, conditions);
        if (moments.isEmpty() || conditions.isEmpty()) {
            return List.of();
        }
        var steps =
                story.visits().stream()
                        .map(visit ->
                                new Course.StepChange(visit.since(), shareOf(story, visit.step())))
                        .toList();
        var courses = new ArrayList<CourseView>();
        for (int i = 0; i < conditions.size(); i++) {
            courses.add(view(story, conditions.get(i), i, moments, steps));
        }
        return courses;
    }

    /// A step's evidence as one stretch of time.
    static StepEvidence merged(StepEvidence evidence) {
        return merged(evidence, evidence.candidate(), evidence.baseline());
    }

    private static StepEvidence merged(StepEvidence evidence, Tallies candidate, Tallies baseline) {
        var bucket = new StepEvidence.Bucket(0, 1, candidate, baseline);
        return new StepEvidence(
                evidence.step(), evidence.start(), 1, List.of(bucket), evidence.splitByServer());
    }

    /// What was known at a moment of a step, condition by condition.
    private record Moment(Instant at, int step, List<Known> known) {}

    private record Known(@Nullable Estimate candidate, @Nullable Estimate baseline) {}

    private static List<Moment> moments(
            Story story, Evidence evidence, List<Condition> conditions) {
        int filled = evidence.steps().stream().mapToInt(step -> step.filled().size()).sum();
        int every = Math.max(1, Math.ceilDiv(filled, MOST_POINTS));
        var strictness = strictness(story.plan());
        var moments = new ArrayList<Moment>();
        for (var step : evidence.steps()) {
            var candidate = Tallies.NONE;
            var baseline = Tallies.NONE;
            var buckets = step.filled();
            for (int i = 0; i < buckets.size(); i++) {
                var bucket = buckets.get(i);
                candidate = candidate.plus(bucket.candidate());
                baseline = baseline.plus(bucket.baseline());
                if ((i + 1) % every == 0 || i == buckets.size() - 1) {
                    var so = merged(step, candidate, baseline);
                    var at = min(endOf(step, bucket), story.now());
                    moments.add(new Moment(at, step.step(), known(conditions, strictness, so, at)));
                }
            }
        }
        return moments;
    }

    private static List<Known> known(
            List<Condition> conditions, Strictness strictness, StepEvidence so, Instant at) {
        // Late calls of the stretch have arrived by now, so none is too young to be counted.
        var later = at.plus(Duration.ofDays(1));
        return Judge.candidate(conditions, strictness, so, false, later).stream()
                .map(finding -> new Known(finding.arms().candidate(), finding.arms().baseline()))
                .toList();
    }

    private static CourseView view(
            Story story,
            Condition condition,
            int index,
            List<Moment> moments,
            List<Course.StepChange> steps) {
        var metric = condition.metric();
        var candidate = new ArrayList<Course.Point>();
        var baseline = new ArrayList<Course.Point>();
        var rows = new ArrayList<CourseView.Row>();
        for (var moment : moments) {
            var known = moment.known().get(index);
            candidate.add(new Course.Point(moment.at(), interval(known.candidate())));
            baseline.add(new Course.Point(moment.at(), interval(known.baseline())));
            rows.add(
                    new CourseView.Row(
                            Times.exact(moment.at()),
                            shareOf(story, moment.step()),
                            FindingWords.own(metric, known.candidate()),
                            FindingWords.own(metric, known.baseline())));
        }
        var name = MetricWords.name(metric);
        var newest = moments.getLast().known().get(index).candidate();
        var latest = FindingWords.own(metric, newest);
        Double limit = condition.limit() instanceof Limit.Absolute(double value) ? value : null;
        var course =
                new Course(
                        "%s over time: now %s".formatted(name, latest),
                        MetricWords.unit(metric),
                        story.started(),
                        latest(story, moments),
                        candidate,
                        baseline,
                        limit,
                        condition.side() == Condition.Side.AT_LEAST,
                        steps);
        return new CourseView(name, latest, course, rows.reversed());
    }

    private static Instant latest(Story story, List<Moment> moments) {
        var last = moments.getLast().at();
        var end = story.ended() == null ? story.now() : last;
        var to = end.isBefore(last) ? last : end;
        return to.isBefore(story.started()) ? story.started() : to;
    }

    private static Interval interval(@Nullable Estimate seen) {
        var known = FindingWords.interval(seen);
        return known == null
                ? new Interval(Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY, 0)
                : known;
    }

    private static String shareOf(Story story, int step) {
        return Numbers.share(story.plan().step(step).share().fraction());
    }

    private static Instant endOf(StepEvidence step, StepEvidence.Bucket bucket) {
        return step.start()
                .plus(StepEvidence.WIDTH.multipliedBy((long) bucket.index() + bucket.width()));
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Strictness strictness(Plan plan) {
        var rules = plan.rules();
        int tests = Math.max(1, plan.deciding() * plan.judgedSteps());
        return new Strictness(
                rules.alpha() / tests, rules.beta(), rules.margin(), rules.minCalls());
    }
}
