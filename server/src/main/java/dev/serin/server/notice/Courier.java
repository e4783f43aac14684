package dev.serin.server.notice;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/// Carries out what waits in the outbox. Every replica has one.
@ApplicationScoped
public class Courier {

    private static final Logger LOG = Logger.getLogger(Courier.class);

    private static final int AT_ONCE = 20;

    private final Outbox outbox;
    private final Post post;
    private final InstantSource clock;

    /// What receivers have taken and the database does not know yet, because it was away.
    private final Set<Letter.Place> owed = ConcurrentHashMap.newKeySet();

    Courier(Outbox outbox, Post post, InstantSource clock) {
        this.outbox = outbox;
        this.post = post;
        this.clock = clock;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    public void carryAll() {
        try {
            while (carry() == AT_ONCE) {
                // More may be due.
            }
        } catch (RuntimeException e) {
            LOG.warnf("messages could not be sent: %s; tried again in a second", e);
        }
    }

    /// Sends some of what is due.
    ///
    /// @return how many letters there were
    int carry() {
        owed.forEach(this::delivered);
        var letters = outbox.take(clock.instant(), AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            letters.forEach(letter -> threads.execute(() -> carry(letter)));
        }
        return letters.size();
    }

    // One broken letter must not keep the others.
    private void carry(Letter letter) {
        try {
            switch (post.send(letter, clock.instant())) {
                case Outcome.Delivered _ -> {
                    owed.add(letter.place());
                    delivered(letter.place());
                }
                case Outcome.Failed(String trouble) ->
                        outbox.failed(letter, trouble, clock.instant());
                case Outcome.Hopeless(String trouble) ->
                        outbox.dead(letter, trouble, clock.instant());
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    "notice %s: what became of it could not be noted: %s; looked at again in %s",
                    letter.notice(), e, Outbox.CLAIM);
        }
    }

    private void delivered(Letter.Place place) {
        outbox.delivered(place);
        owed.remove(place);
    }
}
