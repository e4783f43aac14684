package dev.serin.server.notice;

import dev.serin.server.Beating;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/// Carries out what waits in the outbox. Every replica has one.
@ApplicationScoped
public class Courier implements Beating {

    private static final Logger LOG = Logger.getLogger(Courier.class);

    private static final int AT_ONCE = 20;

    private final Outbox outbox;
    private final Post post;
    private final Mails mails;
    private final InstantSource clock;

    /// What receivers have taken and the database does not know yet, because it was away.
    private final Map<Long, Outcome.Delivered> owed = new ConcurrentHashMap<>();

    Courier(Outbox outbox, Post post, Mails mails, InstantSource clock) {
        this.outbox = outbox;
        this.post = post;
        this.mails = mails;
        this.clock = clock;
    }

    @Override
    public void beat() {
        carryAll();
    }

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
            switch (send(letter)) {
                case Outcome.Delivered delivered -> {
                    owed.put(letter.id(), delivered);
                    delivered(letter.id(), delivered);
                }
                case Outcome.Failed(String answer) ->
                        outbox.failed(letter, answer, clock.instant());
                case Outcome.Hopeless(String answer) ->
                        outbox.dead(letter, answer, clock.instant());
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    "letter %d: what became of it could not be noted: %s; looked at again in %s",
                    letter.id(), e, Outbox.CLAIM);
        }
    }

    private Outcome send(Letter letter) {
        return switch (letter.kind()) {
            case WEBHOOK, SLACK -> post.send(letter, clock.instant());
            case EMAIL -> mails.send(letter);
        };
    }

    private void delivered(long letter, Outcome.Delivered delivered) {
        outbox.delivered(letter, delivered.answer());
        owed.remove(letter);
    }
}
