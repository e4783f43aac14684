package dev.serin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("What has to be done each second")
class HeartbeatsTest {

    private static final Beating NOTHING = () -> {};

    @Test
    @DisplayName("is brought to its end when the server stops, and is not begun again")
    void ends() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var ended = new AtomicInteger();
        var hearts =
                new Heartbeats(
                        List.of(() -> {
                            begun.countDown();
                            await(goOn);
                            ended.incrementAndGet();
                        }),
                        /* isOn= */ true);
        hearts.begin(new StartupEvent());
        begun.await();
        var stopping = Thread.ofVirtual().start(() -> stop(hearts));
        while (stopping.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        stopping.join();
        assertThat(ended).hasValue(1);
    }

    @Test
    @DisplayName("is done at once, and from then on one thing after the other")
    void takesTurns() throws Exception {
        var beats = beats(6, List.of(NOTHING, NOTHING, NOTHING));
        assertThat(beats.subList(0, 3)).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(beats.subList(3, 6)).containsExactly(0, 1, 2);
    }

    @Test
    @DisplayName("is done at once after it took long, and keeps its turn")
    void keepsTurns() throws Exception {
        var thirdOfOther = new CountDownLatch(3);
        var beatsOfLong = new AtomicInteger();
        Beating takesLong =
                () -> {
                    if (beatsOfLong.incrementAndGet() == 2) {
                        await(thirdOfOther);
                    }
                };
        var beats = beats(11, List.of(takesLong, thirdOfOther::countDown, NOTHING));
        assertThat(beats.subList(3, 11)).containsExactly(0, 1, 2, 1, 0, 2, 0, 1);
    }

    /// The numbers of the first beats, as they began. Whoever has begun waits for all others once.
    private static List<Integer> beats(int many, List<Beating> things) throws Exception {
        var begun = new CountDownLatch(things.size());
        var order = new LinkedBlockingQueue<Integer>();
        var told = new ArrayList<Beating>();
        for (int i = 0; i < things.size(); i++) {
            int number = i;
            told.add(() -> {
                order.add(number);
                begun.countDown();
                await(begun);
                things.get(number).beat();
            });
        }
        var hearts = new Heartbeats(told, /* isOn= */ true);
        hearts.begin(new StartupEvent());
        var beats = new ArrayList<Integer>();
        while (beats.size() < many) {
            beats.add(order.take());
        }
        hearts.stop(new ShutdownEvent());
        return beats;
    }

    private static void stop(Heartbeats hearts) {
        try {
            hearts.stop(new ShutdownEvent());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
