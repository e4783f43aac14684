package dev.serin.server.demo;

import dev.serin.server.breaker.Breakers;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Lets five faults befall the providers of five candidates at once, each on a route of its own,
/// while callers call on.
@ApplicationScoped
class Chaos {

    private static final Logger LOG = Logger.getLogger(Chaos.class);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final ChaosPlay play;
    private final Breakers breakers;
    private final ReentrantLock playing = new ReentrantLock();
    private volatile List<Thread> threads = List.of();
    private volatile @Nullable Faults faults;
    private volatile List<ChaosScene> scenes = List.of();
    private volatile boolean isUnderWay;
    private volatile Consumer<List<ChaosTurn>> told = _ -> {};

    Chaos(ChaosPlay play, Breakers breakers) {
        this.play = play;
        this.breakers = breakers;
    }

    /// Has its power over the stand-in providers from now on.
    void use(Faults befalling) {
        faults = befalling;
    }

    /// Whom to tell of turns that were begun here and have ended.
    void whenPlayed(Consumer<List<ChaosTurn>> listener) {
        told = listener;
    }

    /// Plays all turns beside; does nothing while they are being played.
    void begin() {
        if (!isUnderWay) {
            isUnderWay = true;
            Thread.ofVirtual().name("chaos").start(this::playBeside);
        }
    }

    private void playBeside() {
        try {
            told.accept(play());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether there are providers that faults can befall.
    boolean isOn() {
        return faults != null;
    }

    boolean isUnderWay() {
        return isUnderWay;
    }

    /// How each turn stands; empty before they were played.
    List<ChaosTurn> turns() {
        return scenes.stream().map(ChaosScene::turn).toList();
    }

    /// Plays all turns, within a minute or so; whoever asks meanwhile waits for another round.
    ///
    /// @throws InterruptedException if the server was told to stop
    List<ChaosTurn> play() throws InterruptedException {
        playing.lockInterruptibly();
        try {
            isUnderWay = true;
            var round = ChaosCase.ALL.stream().map(this::scene).toList();
            scenes = round;
            var power = Objects.requireNonNull(faults);
            for (var thread : begin(round, power)) {
                thread.join();
            }
            if (round.stream().anyMatch(ChaosScene::isStopped)) {
                throw new InterruptedException("the server stops");
            }
            return turns();
        } finally {
            isUnderWay = false;
            playing.unlock();
        }
    }

    /// Before the calls under way are waited for: it would go on calling. It is asked to stop and not
    /// interrupted, which would break its questions to the database.
    void end(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        scenes.forEach(ChaosScene::stop);
        for (var thread : threads) {
            thread.join(STOP_LIMIT);
        }
    }

    private ChaosScene scene(ChaosCase each) {
        return new ChaosScene(each, breakers.of(each.provider()));
    }

    private List<Thread> begin(List<ChaosScene> round, Faults power) {
        threads =
                round.stream()
                        .map(scene ->
                                Thread.ofVirtual()
                                        .name("chaos " + scene.each().name())
                                        .start(() -> run(scene, power)))
                        .toList();
        return threads;
    }

    private void run(ChaosScene scene, Faults power) {
        try {
            play.play(scene, fault -> power.befall(scene.each().provider(), fault));
            scene.ends(null);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            scene.ends("it was stopped");
        } catch (RuntimeException e) {
            LOG.debugf(e, "%s", scene.each().name());
            scene.ends("it could not be played: " + e.getMessage());
        }
    }
}
