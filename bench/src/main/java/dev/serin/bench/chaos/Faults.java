package dev.serin.bench.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Brings faults over the site, in an order that a seed gives.
final class Faults {

    private static final int POSTGRES_EVERY = 4;
    private static final int CUT_EVERY = 6;
    private static final int TENFOLD = 10;
    private static final int MOST_HOURS = 6;
    private static final Duration TOGETHER = Duration.ofSeconds(12);
    private static final Duration OVERLOADED = Duration.ofSeconds(10);

    private final Site site;
    private final AtomicInteger factor;
    private final Random random;
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private final List<Thread> mending = new ArrayList<>();
    private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();

    /// @param factor of the load, which it raises for a while
    Faults(Site site, AtomicInteger factor, long seed) {
        this.site = site;
        this.factor = factor;
        this.random = new Random(seed);
    }

    /// All of them in turn, and returns when the site is whole again.
    void bring(List<Fault> deck) throws IOException, InterruptedException, SQLException {
        for (var fault : deck) {
            bring(fault);
            System.out.printf("%tT  %s%n", LocalTime.now(ZoneId.systemDefault()), fault.words());
            pause(500 + random.nextInt(2_000));
        }
        mend();
    }

    Map<Fault, Integer> done() {
        return done;
    }

    /// Every kind of fault, well shuffled.
    ///
    /// @param kills of servers and PostgreSQL together
    List<Fault> deck(int kills) {
        var deck = new ArrayList<Fault>();
        for (int i = 0; i < kills; i++) {
            deck.add(i % POSTGRES_EVERY == 1 ? Fault.KILL_POSTGRES : Fault.KILL_SERVER);
            if (i % CUT_EVERY == 0) {
                deck.add(i % (2 * CUT_EVERY) == 0 ? Fault.CUT : Fault.CUT_AND_RESET);
            }
        }
        for (int i = 0; i < Math.max(1, kills / 25); i++) {
            deck.add(Fault.FAIL_OVER);
            deck.add(Fault.OVERLOAD);
            if (site.clock().isPresent()) {
                deck.add(Fault.CLOCK_AHEAD);
                deck.add(Fault.CLOCK_BACK);
            }
        }
        Collections.shuffle(deck, random);
        return deck;
    }

    private void bring(Fault fault) throws IOException, InterruptedException, SQLException {
        switch (fault) {
            case KILL_SERVER -> killServer();
            case KILL_POSTGRES -> {
                site.database().kill();
                pause(random.nextInt(1_500));
                site.database().start();
            }
            case CUT -> cut(/* reset= */ false);
            case CUT_AND_RESET -> cut(/* reset= */ true);
            case CLOCK_AHEAD -> turn(1 + random.nextInt(MOST_HOURS));
            case CLOCK_BACK -> turn(-1 - random.nextInt(MOST_HOURS));
            case FAIL_OVER -> failOver();
            case OVERLOAD -> {
                factor.set(TENFOLD);
                pause(Math.toIntExact(OVERLOADED.toMillis()));
                factor.set(1);
            }
        }
        done.merge(fault, 1, Integer::sum);
    }

    /// One that is ready, so that the kill hits something, and soon one of several, so that something is
    /// acknowledged between kills. Where servers start slowly, the last one is killed too.
    private void killServer() throws InterruptedException {
        long patience = System.nanoTime() + TOGETHER.toNanos();
        var ready = ready();
        while (ready.isEmpty() || (ready.size() == 1 && System.nanoTime() < patience)) {
            pause(200);
            ready = ready();
        }
        var victim = ready.get(random.nextInt(ready.size()));
        victim.kill();
        later(random.nextInt(1_000), victim::start);
    }

    private List<Replica> ready() {
        return site.replicas().stream().filter(Replica::isReady).toList();
    }

    private void cut(boolean reset) {
        var replica = site.replicas().get(random.nextInt(site.replicas().size()));
        replica.line().cut();
        later(
                3_000 + random.nextInt(9_000),
                () -> {
                    replica.line().mend();
                    if (reset) {
                        replica.line().reset();
                    }
                });
    }

    private void turn(int hours) throws IOException {
        site.clock().orElseThrow().turn(hours);
    }

    private void failOver() throws IOException, InterruptedException, SQLException {
        var copy = site.database().backUp("copy-" + done.getOrDefault(Fault.FAIL_OVER, 0));
        // What is written since is in no file of the copy, only in the log.
        pause(2_000);
        site.database().kill();
        site.database().failOver(copy);
        for (var replica : site.replicas()) {
            replica.line().redirect(site.database().port());
        }
    }

    private interface Mend {
        void now() throws IOException, InterruptedException;
    }

    private void later(int millis, Mend mend) {
        mending.add(
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                pause(millis);
                                mend.now();
                            } catch (IOException | InterruptedException e) {
                                failures.add(e);
                            }
                        }));
    }

    private void mend() throws IOException, InterruptedException {
        for (var thread : mending) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IOException("the site could not be mended", failures.peek());
        }
        var clock = site.clock();
        if (clock.isPresent()) {
            // It never comes right again: a server has to work by any clock.
            clock.get().turn(-MOST_HOURS - 1);
        }
        for (var replica : site.replicas()) {
            replica.start();
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
