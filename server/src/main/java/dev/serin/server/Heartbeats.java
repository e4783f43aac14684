package dev.serin.server;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Has each [Beating] beat once a second, by monotonic time: all at the start, and from then on one
/// after the other, for what they have to do at once is done at the cost of the calls of that moment.
///
/// The scheduler of Quarkus goes by the wall clock: where that jumps back by hours, nothing is done until
/// the old time has come round again, and a breach would not be seen for as long.
@ApplicationScoped
class Heartbeats {

    private static final Logger LOG = Logger.getLogger(Heartbeats.class);

    private static final int LAST = 5_000;

    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    /// How long a stop waits for beats that are under way, which may ask others and wait for them.
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Iterable<Beating> all;
    private final boolean isOn;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    @Inject
    Heartbeats(
            Instance<Beating> all,
            @ConfigProperty(name = "quarkus.scheduler.enabled", defaultValue = "true")
                    boolean isOn) {
        this((Iterable<Beating>) all, isOn);
    }

    Heartbeats(Iterable<Beating> all, boolean isOn) {
        this.all = all;
        this.isOn = isOn;
    }

    void begin(@Observes StartupEvent event) {
        if (isOn) {
            var beating = new ArrayList<Beating>();
            all.forEach(beating::add);
            long began = System.nanoTime();
            for (int i = 0; i < beating.size(); i++) {
                var one = beating.get(i);
                long second = began + EVERY * (i + 1) / beating.size();
                threads.add(
                        Thread.ofPlatform()
                                .daemon()
                                .name("heartbeat")
                                .start(() -> go(one, second)));
            }
        }
    }

    /// After each of them has heard of it: what they have begun ends before its connections do.
    void stop(@Observes @Priority(LAST) ShutdownEvent event) throws InterruptedException {
        stopping = true;
        threads.forEach(LockSupport::unpark);
        long end = System.nanoTime() + STOP_LIMIT.toNanos();
        for (var thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }

    /// @param second when it beats after the first time
    private void go(Beating one, long second) {
        long next = second;
        while (!stopping) {
            beat(one);
            // After a long beat the next one comes at once, none is made up for, and the turns
            // stay.
            next += Math.max(0, System.nanoTime() - next) / EVERY * EVERY;
            for (long left = EVERY; left > 0 && !stopping; left = next - System.nanoTime()) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            next += EVERY;
        }
    }

    private static void beat(Beating one) {
        var context = Arc.container().requestContext();
        context.activate();
        try {
            one.beat();
        } catch (RuntimeException e) {
            LOG.errorf(
                    e, "%s failed; it is tried again in a second", one.getClass().getSimpleName());
        } finally {
            context.terminate();
        }
    }
}
