package dev.serin.server.judging;

import dev.serin.server.evidence.Answer;
import dev.serin.server.evidence.Feedback;
import dev.serin.server.evidence.Label;
import dev.serin.server.evidence.Verdict;
import dev.serin.server.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// Hands verdicts in, by the door of all labels.
final class Verdicts {

    private static final Logger LOG = Logger.getLogger(Verdicts.class);

    private static final Duration STORES = Duration.ofSeconds(30);

    private final Function<List<Feedback>, CompletionStage<Answer>> door;
    private final Duration kept;
    private final Duration rest;
    private final BooleanSupplier closing;

    /// @param kept how long a verdict waits for a database that is away
    /// @param rest between two tries
    /// @param closing whether the server stops, and nothing is tried again
    Verdicts(
            Function<List<Feedback>, CompletionStage<Answer>> door,
            Duration kept,
            Duration rest,
            BooleanSupplier closing) {
        this.door = door;
        this.kept = kept;
        this.rest = rest;
        this.closing = closing;
    }

    /// Hands in that nothing came of judging a call. That is no loss: a call without any label counts
    /// like it in the end.
    void failed(ChosenCall call) {
        try {
            store(call, new Verdict.Failed());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debugf("the label of %s was not stored: %s", call, e);
        }
    }

    /// Hands in a verdict that was paid for, and waits while nothing can be stored.
    ///
    /// @return whether it is stored
    boolean said(ChosenCall call, Verdict verdict) throws InterruptedException {
        long until = System.nanoTime() + kept.toNanos();
        while (true) {
            try {
                return store(call, verdict);
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                if (!ProblemException.isPassing(e)
                        || closing.getAsBoolean()
                        || System.nanoTime() > until) {
                    LOG.debugf("the label of %s was not stored: %s", call, e);
                    return false;
                }
            }
            Thread.sleep(rest);
        }
    }

    private boolean store(ChosenCall call, Verdict verdict)
            throws InterruptedException, ExecutionException, TimeoutException {
        var asked = call.judge();
        var label = new Label(asked.label(), verdict, asked.model(), Wording.version(asked), null);
        return door.apply(
                        List.of(new Feedback(0, call.rollout(), call.id(), List.of(label), false)))
                .toCompletableFuture()
                .get(STORES.toSeconds(), TimeUnit.SECONDS)
                .refused()
                .isEmpty();
    }
}
