package dev.serin.simulator.lab;

import dev.serin.engine.judge.Detail;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Decision.Refused;
import dev.serin.engine.rollout.Decision.Stays;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Phase.AwaitingApproval;
import dev.serin.engine.rollout.Phase.Complete;
import dev.serin.engine.rollout.Phase.Observing;
import dev.serin.engine.rollout.Phase.Paused;
import dev.serin.engine.rollout.Phase.RolledBack;
import dev.serin.engine.rollout.Phase.Waiting;
import dev.serin.engine.rollout.Rollout;
import dev.serin.engine.rollout.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// Plays one rollout after another of the same plan. It belongs to one thread.
///
/// A call belongs to the arm and step in force when it began, and is seen when its latency has
/// passed; the evidence is looked at every second. All that is as in a play, only that no object is
/// made per call.
final class Run {

    static final String STARTER = "lab";

    private static final Instant ORIGIN = Instant.EPOCH;
    private static final long LOOK = Duration.ofSeconds(1).toNanos();

    private final Plan plan;
    private final Reached[] reached;
    private final long gap;
    private final Callers callers;
    private final boolean[] copied;
    private final Unread unread;
    private final long limit;
    private final BooleanSupplier stopped;
    private final List<Signal> approvals;
    private final Reading reading;
    private final boolean[] readsBaseline;
    private final long shortestWindow;
    private final StepBook[] books;
    private final Flights flights;
    private final Watch watch;
    private final PlainReading plainReading;
    private final Keys met = new Keys();

    private Rollout rollout;
    private List<Finding> last = List.of();
    private int entered;
    private long next;
    private long given;
    private long seen;
    private int keys;
    private long badCalls;
    private double usd;
    private long asked;

    /// @param stopped asked at each look, whether to leave the run unfinished
    Run(LabOrder order, Crowd crowd, BooleanSupplier stopped) {
        this(
                withLabelsAtOnce(order.plan()),
                order.callsPerSecond(),
                order.approval(),
                order.limit(),
                crowd,
                stopped);
    }

    /// One that plays to its end.
    Run(Plan plan, double callsPerSecond, Duration approval, Duration limit, Crowd crowd) {
        this(plan, callsPerSecond, approval, limit, crowd, () -> false);
    }

    private Run(
            Plan plan,
            double callsPerSecond,
            Duration approval,
            Duration limit,
            Crowd crowd,
            BooleanSupplier stopped) {
        this.plan = plan;
        this.stopped = stopped;
        this.reached =
                plan.steps().stream().map(step -> reached(step, crowd)).toArray(Reached[]::new);
        this.gap = Math.round(1e9 / callsPerSecond);
        this.copied = copied(plan);
        this.callers = new Callers(gap);
        this.limit = limit.toNanos();
        this.approvals = approvals(plan);
        this.reading = Reading.of(plan);
        this.plainReading = new PlainReading(reading);
        this.shortestWindow =
                plan.objectives().stream()
                        .mapToLong(objective -> objective.window().toNanos())
                        .min()
                        .orElse(Long.MAX_VALUE);
        this.readsBaseline = readsBaseline(plan);
        this.unread = new Unread(reached, copied, readsBaseline, gap);
        this.books = new StepBook[plan.steps().size()];
        for (int i = 0; i < books.length; i++) {
            books[i] = new StepBook(i, plan, reading, reached[i]);
        }
        this.flights = new Flights(reading.words(), reading.values());
        this.rollout = Rollout.start(plan, STARTER, ORIGIN).next();
        this.watch = new Watch(plan, books, reading, approval.toNanos());
    }

    /// The plan as it is played: whoever judges answers does so at once. In life what is decided by
    /// labels comes later, by as long as a verdict takes.
    private static Plan withLabelsAtOnce(Plan plan) {
        return plan.labels() == null
                ? plan
                : new Plan(
                        plan.route(),
                        plan.baseline(),
                        plan.candidate(),
                        plan.steps(),
                        plan.conditions(),
                        plan.objectives(),
                        plan.errorBudget(),
                        plan.rules(),
                        plan.exposure(),
                        plan.key(),
                        plan.approvals());
    }

    /// The users whose calls the candidate gets, or gets copies of.
    private static Reached reached(Step step, Crowd crowd) {
        var share = step.isShadow() ? step.mirror() : step.share();
        return crowd.below(share.basisPoints());
    }

    /// In which steps the baseline answers what the candidate gets, too.
    private static boolean[] copied(Plan plan) {
        var copied = new boolean[plan.steps().size()];
        for (int i = 0; i < copied.length; i++) {
            copied[i] = plan.step(i).isShadow();
        }
        return copied;
    }

    /// As many people as a gate asks for, none of whom started the rollout.
    static List<Signal> approvals(Plan plan) {
        var people = new ArrayList<Signal>();
        for (int i = 1; i <= plan.approvals().count(); i++) {
            people.add(new Signal.Approve("approver " + i, "", "", Set.of()));
        }
        return people;
    }

    /// Plays one. The same arguments give the same ending; none if it was stopped before.
    Optional<Ending> play(Model ofRoute, Model upgrade, long seed) {
        var root = new SplittableRandom(seed);
        var users = root.split();
        var baseline = answers(ofRoute.under(seed), root.split());
        var candidate = answers(upgrade.under(seed), root.split());
        begin();
        unread.begin(new SplittableRandom(seed).split(), baseline);
        long now = 0;
        while (now < limit && !isOver()) {
            if (stopped.getAsBoolean()) {
                return Optional.empty();
            }
            long before = now;
            now += LOOK;
            send(baseline, candidate, users, now);
            land(before, now);
            look(now);
        }
        return Optional.of(ending(now));
    }

    private Answers answers(Model model, SplittableRandom random) {
        return new Answers(model, random, reading, plainReading);
    }

    /// Begins the calls up to `now` under what is in force.
    private void send(Answers baseline, Answers candidate, SplittableRandom users, long now) {
        int at = rollout.step();
        if (readsBaseline[at]) {
            next = callers.draw(users, reached[at], copied[at], next, now);
            for (int i = 0; i < callers.baselines(); i++) {
                long begins = callers.baselineBegins(i);
                baseline.draw(begins);
                fly(baseline, at, false, callers.baseline(i), begins);
            }
        } else {
            next = callers.drawReached(users, reached[at], next, now);
        }
        for (int i = 0; i < callers.candidates(); i++) {
            toCandidate(candidate, at, callers.candidate(i), callers.candidateBegins(i));
        }
    }

    private void begin() {
        flights.clear();
        met.clear();
        next = gap;
        given = 0;
        seen = 0;
        keys = 0;
        badCalls = 0;
        usd = 0;
        asked = 0;
        entered = 0;
        watch.clear();
        become(Rollout.start(plan, STARTER, ORIGIN));
    }

    private boolean isOver() {
        return switch (rollout.phase()) {
            case Waiting _, Observing _, AwaitingApproval _ -> false;
            case Paused _, Complete _, RolledBack _ -> true;
        };
    }

    private void toCandidate(Answers candidate, int step, int user, long now) {
        candidate.draw(now);
        given++;
        if (met.meets(user)) {
            keys++;
        }
        if (candidate.bad()) {
            badCalls++;
        }
        double cost = candidate.costUsd();
        if (cost >= 0) {
            usd += cost;
        }
        fly(candidate, step, true, user, now);
    }

    /// Sends the call that was drawn last on its way.
    private void fly(Answers of, int step, boolean toCandidate, int user, long now) {
        int slot = flights.begin(step, toCandidate, user, now, seenAt(now, of.latencyMs()));
        of.write(flights.marks(), flights.marksAt(slot), flights.values(), flights.valuesAt(slot));
    }

    /// @param latencyMs NaN if unknown: such a call is seen at once
    private static long seenAt(long now, double latencyMs) {
        return now + (long) (latencyMs * 1e6 + 0.5);
    }

    /// Whether the baseline's own numbers can decide anything in each step: they do where it is
    /// measured alone, and under relative conditions.
    private static boolean[] readsBaseline(Plan plan) {
        var reads = new boolean[plan.steps().size()];
        for (int i = 0; i < reads.length; i++) {
            reads[i] = Reading.compares(plan) || !plan.step(i).reachesCandidate();
        }
        return reads;
    }

    private void land(long before, long now) {
        int count = flights.land(before, now);
        for (int i = 0; i < count; i++) {
            land(flights.landed(i));
        }
    }

    private void land(int slot) {
        int step = flights.step(slot);
        var book = books[step];
        boolean toCandidate = flights.toCandidate(slot);
        if (toCandidate) {
            seen++;
        }
        int stretch = book.stretch(flights.began(slot));
        if (!book.isJudged(toCandidate, flights.user(slot), stretch)) {
            return;
        }
        var ledger = toCandidate ? book.candidate() : book.baseline();
        var marks = flights.marks();
        int marksAt = flights.marksAt(slot);
        var values = flights.values();
        int valuesAt = flights.valuesAt(slot);
        ledger.add(stretch, marks, marksAt, values, valuesAt);
        book.guards().saw(toCandidate, marks, marksAt, values, valuesAt);
        watch.saw(step, toCandidate, marks, marksAt, values, valuesAt);
    }

    private void look(long now) {
        for (int i = 0; i < entered; i++) {
            books[i].pass(now);
        }
        if (!watch.mayMove(now)) {
            return;
        }
        if (watch.isApprovalDue(now)) {
            for (var approve : approvals) {
                if (moves(approve, now)) {
                    return;
                }
            }
        }
        moves(new Signal.Tick(), now);
    }

    private boolean moves(Signal signal, long now) {
        asked++;
        return switch (rollout.decide(
                signal, evidence(now), ORIGIN.plusNanos(now), Detail.VERDICT)) {
            case Moved moved -> {
                become(moved);
                yield true;
            }
            case Stays _, Refused _ -> false;
        };
    }

    private void become(Moved moved) {
        rollout = moved.next();
        last = moved.entries().getLast().findings();
        for (var entry : moved.entries()) {
            if (entry instanceof Entry.StepEntered) {
                books[entry.step()].enter(nanos(entry.at()));
                entered = entry.step() + 1;
            }
        }
        watch.stands(rollout);
    }

    private Evidence evidence(long now) {
        unread.catchUp(rollout.step(), now, books);
        var steps = new ArrayList<StepEvidence>();
        for (int i = 0; i < entered; i++) {
            boolean over = i < rollout.step() && !books[i].guards().mayBreakLate();
            steps.add(
                    over
                            ? books[i].whatIsLeft(ORIGIN, now < shortestWindow)
                            : books[i].evidence(ORIGIN));
        }
        return new Evidence(steps);
    }

    /// How often the engine was asked in the last run.
    long asked() {
        return asked;
    }

    /// When each step was entered, in the last run played.
    List<Instant> entered() {
        return Arrays.stream(books, 0, entered)
                .map(book -> ORIGIN.plusNanos(book.start()))
                .toList();
    }

    static long nanos(Instant at) {
        return Duration.between(ORIGIN, at).toNanos();
    }

    private Ending ending(long now) {
        var fate =
                switch (rollout.phase()) {
                    case Complete _ -> Ending.Fate.PROMOTED;
                    case RolledBack _ -> Ending.Fate.ROLLED_BACK;
                    case Waiting _, Observing _, AwaitingApproval _, Paused _ -> Ending.Fate.STUCK;
                };
        return new Ending(
                fate,
                Causes.of(rollout, last, watch.waitsFor(now)),
                seen,
                now,
                given,
                keys,
                badCalls,
                usd);
    }
}
