package dev.serin.simulator.lab;

import dev.serin.engine.judge.Ceiling;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One step of a run, both arms.
final class StepBook {

    private static final long BUCKET_NANOS = StepEvidence.WIDTH.toNanos();

    /// Calls of one key that are judged in one step (statistics.md, sticky callers).
    private static final int CALLS_OF_A_KEY = 20;

    private static final double[][] WEIGHTS = new double[24][];

    static {
        Arrays.setAll(WEIGHTS, power -> Ceiling.weights(1 << power, Ledger.STRETCHES));
    }

    private final int index;
    private final Reading reading;
    private final Ledger baseline;
    private final Ledger candidate;
    private final Reached reached;
    private final byte[] baselineCalls = new byte[Crowd.USERS];
    private final byte[] candidateCalls;
    private final Guards guards;

    /// Whoever's call is copied was given the baseline all the same.
    private final boolean splits;

    private long start;
    private int buckets = 1;
    private int width = 1;
    private int shift;
    private long untilNext;

    private double[] weights = WEIGHTS[0];

    /// @param reached whose calls the candidate gets
    StepBook(int index, Plan plan, Reading reading, Reached reached) {
        this.index = index;
        this.reached = reached;
        this.candidateCalls = new byte[reached.size()];
        this.reading = reading;
        this.splits = !plan.step(index).isShadow();
        this.baseline = new Ledger(reading);
        this.candidate = new Ledger(reading);
        this.guards = new Guards(plan, this, reading);
    }

    void enter(long start) {
        this.start = start;
        buckets = 1;
        width = 1;
        shift = 0;
        weights = WEIGHTS[0];
        guards.forget();
        untilNext = start + BUCKET_NANOS;
        baseline.clear();
        candidate.clear();
        Arrays.fill(baselineCalls, (byte) 0);
        Arrays.fill(candidateCalls, (byte) 0);
    }

    int index() {
        return index;
    }

    long start() {
        return start;
    }

    int buckets() {
        return buckets;
    }

    int width() {
        return width;
    }

    /// The capital on each restart that is kept, and on more that are yet to open.
    double[] weights() {
        return weights;
    }

    /// Restarts that are kept.
    int restarts() {
        return (buckets + width - 1) / width;
    }

    /// When the last bucket of a stretch ends.
    long end(int stretch) {
        return start + (stretch + 1L) * width * BUCKET_NANOS;
    }

    Guards guards() {
        return guards;
    }

    Ledger baseline() {
        return baseline;
    }

    Ledger candidate() {
        return candidate;
    }

    /// The stretch of a call that began then.
    int stretch(long began) {
        int bucket = (int) ((began - start) / BUCKET_NANOS);
        reach(bucket + 1);
        return bucket >> shift;
    }

    /// A baseline call of a key that none was seen of before.
    void firstSeenOfBaseline(long began) {
        baseline.firstSeenKey(stretch(began));
    }

    /// Counts a candidate call of a user, or a baseline call; whether it is judged.
    boolean isJudged(boolean toCandidate, int user, int stretch) {
        var calls = toCandidate ? candidateCalls : baselineCalls;
        int key = toCandidate ? reached.number(user) : user;
        if (calls[key] >= CALLS_OF_A_KEY) {
            return false;
        }
        if (calls[key]++ == 0) {
            (toCandidate ? candidate : baseline).firstSeenKey(stretch);
        }
        return true;
    }

    /// Time has passed.
    void pass(long now) {
        if (now >= untilNext) {
            reach((int) ((now - start) / BUCKET_NANOS) + 1);
        }
    }

    private void reach(int count) {
        if (count <= buckets) {
            return;
        }
        buckets = count;
        int wanted = spacing(buckets);
        if (wanted > width) {
            baseline.widen(wanted / width);
            candidate.widen(wanted / width);
            width = wanted;
            shift = Integer.numberOfTrailingZeros(width);
            weights = WEIGHTS[shift];
            guards.forget();
        }
        untilNext = start + buckets * BUCKET_NANOS;
    }

    /// Every how many buckets the judge may begin anew (statistics.md, As the server uses it, 2).
    private static int spacing(int buckets) {
        return buckets < Ledger.STRETCHES ? 1 : Integer.highestOneBit(buckets / 32);
    }

    StepEvidence evidence(Instant origin) {
        var mine = candidate.tallies();
        var others = baseline.tallies();
        var filled = new ArrayList<StepEvidence.Bucket>();
        int most = 0;
        for (int at = 0; at < Ledger.STRETCHES; at++) {
            if (candidate.holds(at) || baseline.holds(at)) {
                filled.add(new StepEvidence.Bucket(at * width, width, mine[at], others[at]));
                most = (at + 1) * width;
            }
        }
        return new StepEvidence(
                index, origin.plusNanos(start), Math.max(buckets, most), filled, splits);
    }

    /// The evidence of a step that is over and in which nothing can be broken any more: only what
    /// budgets and exposure read.
    ///
    /// @param inOne whether no window tells its stretches apart
    StepEvidence whatIsLeft(Instant origin, boolean inOne) {
        var since = origin.plusNanos(start);
        if (!inOne) {
            var all = evidence(origin);
            var left =
                    all.filled().stream()
                            .map(bucket ->
                                    new StepEvidence.Bucket(
                                            bucket.index(),
                                            bucket.width(),
                                            reading.left(bucket.candidate()),
                                            Tallies.NONE))
                            .toList();
            return new StepEvidence(index, since, all.buckets(), left, splits);
        }
        var sum = candidate.left();
        return new StepEvidence(
                index, since, 1, List.of(new StepEvidence.Bucket(0, 1, sum, Tallies.NONE)), splits);
    }
}
