package dev.serin.server.demo;

import dev.serin.server.breaker.Breaker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// One fault's turn while it is played: its own thread writes, pages read.
final class ChaosScene {

    private final ChaosCase each;
    private final Breaker breaker;
    private final long began = System.nanoTime();
    private final List<ChaosTurn.Burn> burns = new CopyOnWriteArrayList<>();

    private volatile ChaosTurn.Act act = ChaosTurn.Act.WELL;
    private volatile ClientTally before = new ClientTally();
    private volatile ClientTally met = new ClientTally();
    private volatile ClientTally after = new ClientTally();
    private volatile @Nullable Duration from;
    private volatile @Nullable Duration to;
    private volatile @Nullable Duration opens;
    private volatile @Nullable Duration decided;
    private volatile @Nullable Duration over;
    private volatile @Nullable ChaosUpgrade upgrade;
    private volatile @Nullable ChaosUpgrade again;
    private volatile @Nullable String broke;
    private volatile boolean stopped;

    /// @param breaker of the candidate's provider
    ChaosScene(ChaosCase each, Breaker breaker) {
        this.each = each;
        this.breaker = breaker;
    }

    /// It ends at its next look.
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /// Passes the time until the next look.
    ///
    /// @throws InterruptedException if it was stopped
    void rest(Duration time) throws InterruptedException {
        if (stopped) {
            throw new InterruptedException("stopped");
        }
        Thread.sleep(time);
        if (stopped) {
            throw new InterruptedException("stopped");
        }
    }

    ChaosCase each() {
        return each;
    }

    ChaosTurn turn() {
        var ended = over;
        return new ChaosTurn(
                each,
                act,
                ended == null ? since() : ended,
                before,
                met,
                after,
                from,
                to,
                opens,
                breaker.state(System.nanoTime()),
                breaker.rest(System.nanoTime()),
                decided,
                upgrade,
                again,
                burns,
                broke);
    }

    /// @param tally that counts the calls before the fault
    void begins(ClientTally tally) {
        before = tally;
    }

    void faultBegins(ClientTally tally) {
        met = tally;
        from = since();
        act = ChaosTurn.Act.FAULT;
    }

    void faultEnds(ClientTally tally) {
        after = tally;
        to = since();
        act = ChaosTurn.Act.AGAIN;
    }

    /// @param why it could not be played to its end; null if it could
    void ends(@Nullable String why) {
        broke = why;
        over = since();
        act = ChaosTurn.Act.OVER;
    }

    /// Whether the breaker is open; the first time under the fault is kept.
    boolean looksAtBreaker() {
        boolean open = breaker.state(System.nanoTime()) == Breaker.State.OPEN;
        if (open && opens == null && from != null) {
            opens = sinceFault();
        }
        return open;
    }

    void upgrade(ChaosUpgrade seen) {
        upgrade = seen;
        if (!seen.isUnderWay() && decided == null) {
            decided = sinceFault();
        }
    }

    void again(ChaosUpgrade seen) {
        again = seen;
    }

    void burns(double pace) {
        burns.add(new ChaosTurn.Burn(since(), pace));
    }

    /// How long the fault has been acting; zero before.
    Duration sinceFault() {
        var begun = from;
        return begun == null ? Duration.ZERO : since().minus(begun);
    }

    private Duration since() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
