package dev.serin.server.judging;

import dev.serin.server.SerinConfig;
import dev.serin.server.evidence.Observations;
import dev.serin.server.provider.Prices;
import dev.serin.server.provider.Providers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// Has answers judged behind the back of their calls, some at a time, within what it may cost.
@Singleton
public class AnswerJudges {

    private static final Logger LOG = Logger.getLogger(AnswerJudges.class);

    private static final Duration WRITES = Duration.ofMillis(250);
    private static final Duration LOOKS = Duration.ofMillis(200);
    private static final Duration REST = Duration.ofSeconds(1);

    private final Providers providers;
    private final Prices prices;
    private final Verdicts verdicts;
    private final JudgeModel judge;
    private final JudgeCounts counts;
    private final ArrayBlockingQueue<Sample> waiting;
    private final Semaphore free;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();

    AnswerJudges(
            Providers providers,
            Prices prices,
            Observations observations,
            JudgeModel judge,
            JudgeCounts counts,
            SerinConfig config,
            MeterRegistry meters) {
        this.providers = providers;
        this.prices = prices;
        this.verdicts =
                new Verdicts(observations::label, config.gateway().kept(), REST, closing::get);
        this.judge = judge;
        this.counts = counts;
        this.waiting = new ArrayBlockingQueue<>(config.gateway().judge().waiting());
        this.free = new Semaphore(config.gateway().judge().atOnce());
        meters.gauge("serin.judge.waiting", waiting, ArrayBlockingQueue::size);
    }

    /// Has an answer judged, some time soon. If too many wait already it is left out and counted.
    /// Returns at once.
    public void judge(Sample sample) {
        begin();
        if (!waiting.offer(sample)) {
            counts.add(
                    sample.call().rollout(),
                    Outcome.BUSY,
                    0,
                    "more answers wait for it than serin.gateway.judge.waiting allows");
        }
    }

    /// A call that is too long to be judged. Returns at once.
    ///
    /// @param what of it is too long
    public void tooLong(ChosenCall call, String what) {
        begin();
        var why = "the %s is too long to be judged".formatted(what);
        Thread.ofVirtual().name("judging").start(() -> fail(call, Outcome.NO_TEXT, 0, why));
    }

    void stop(@Observes ShutdownEvent event) {
        closing.set(true);
        if (begun.get()) {
            counts.write();
        }
    }

    private void begin() {
        if (begun.compareAndSet(false, true)) {
            Thread.ofVirtual().name("judge").start(this::work);
            Thread.ofVirtual().name("judge counts").start(this::write);
        }
    }

    private void work() {
        while (!closing.get()) {
            try {
                free.acquire();
                var next = waiting.poll(LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    free.release();
                } else {
                    Thread.ofVirtual().name("judging").start(() -> hear(next));
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void write() {
        while (!closing.get()) {
            try {
                Thread.sleep(WRITES);
                counts.write();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warnf("what judges did was not counted: %s; tried again", e);
            }
        }
    }

    private void hear(Sample sample) {
        try {
            hearNow(sample);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Nothing that its texts say may get into a log.
            LOG.warnf("%s was not judged: %s", sample, e.getClass().getSimpleName());
            counts.add(sample.call().rollout(), Outcome.FAILED, 0, "Serin's log knows more");
        } finally {
            free.release();
        }
    }

    private void hearNow(Sample sample) throws InterruptedException {
        var call = sample.call();
        var asked = call.judge();
        var model = providers.of(asked.model());
        var price = prices.of(asked.model());
        if (model.isEmpty()) {
            fail(call, Outcome.FAILED, 0, "its provider is not configured");
            return;
        }
        if (price.isEmpty()) {
            // Without a price nothing would hold its cost.
            fail(
                    call,
                    Outcome.COST,
                    0,
                    "its price is not known; set SERIN_GATEWAY_PRICES, 0:0 for one that costs nothing");
            return;
        }
        double spent = counts.spent(call.rollout());
        if (spent >= asked.usd()) {
            fail(
                    call,
                    Outcome.COST,
                    0,
                    "it has cost the %s USD that it may".formatted(asked.usd()));
            return;
        }
        var transcript = transcript(sample);
        if (transcript.isEmpty()) {
            fail(call, Outcome.NO_TEXT, 0, "the answer holds no text");
            return;
        }
        switch (judge.ask(model.get(), price.get(), asked, transcript.get())) {
            case Spoken.Nothing(String why, double usd) -> fail(call, Outcome.FAILED, usd, why);
            case Spoken.Said(String text, double usd) -> {
                var verdict = Wording.read(asked.says(), text);
                if (verdict.isEmpty()) {
                    fail(call, Outcome.UNREADABLE, usd, "what it says is no verdict");
                } else if (verdicts.said(call, verdict.get())) {
                    counts.add(call.rollout(), Outcome.LABELLED, usd, null);
                } else {
                    counts.add(call.rollout(), Outcome.FAILED, usd, "its verdict was not stored");
                }
            }
        }
    }

    private static Optional<Transcript> transcript(Sample sample) {
        try {
            return Transcript.of(sample);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void fail(ChosenCall call, Outcome outcome, double usd, String why) {
        counts.add(call.rollout(), outcome, usd, why);
        verdicts.failed(call);
    }
}
