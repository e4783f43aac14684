package dev.serin.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What many want at once")
class TogetherTest {

    private static final Duration REST = Duration.ofMillis(200);

    private final AtomicLong now = new AtomicLong(5);
    private final List<Long> pauses = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger made = new AtomicInteger();

    private final Together<String, Integer> together =
            new Together<>(
                    REST,
                    now::get,
                    nanos -> {
                        pauses.add(nanos);
                        now.addAndGet(nanos);
                    });

    @Test
    @DisplayName("is made for the first at once, and then not more often than it may")
    void rests() {
        assertThat(together.get("a", made::incrementAndGet)).isEqualTo(1);
        assertThat(pauses).isEmpty();
        assertThat(together.get("a", made::incrementAndGet)).isEqualTo(2);
        assertThat(pauses).containsExactly(REST.toNanos());
        now.addAndGet(REST.toNanos());
        assertThat(together.get("a", made::incrementAndGet)).isEqualTo(3);
        assertThat(together.get("b", made::incrementAndGet)).isEqualTo(4);
        assertThat(pauses).hasSize(1);
    }

    @Test
    @DisplayName(
            "is made once for all who ask before it is begun, and again for who asks after that")
    void shares() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first =
                    threads.submit(() ->
                            together.get(
                                    "a",
                                    () -> {
                                        begun.countDown();
                                        await(goOn);
                                        return made.incrementAndGet();
                                    }));
            begun.await();
            var late = threads.submit(() -> together.get("a", made::incrementAndGet));
            // It asked while the first was being made: it must not get what that one began with.
            var second = late.get();
            goOn.countDown();
            assertThat(second).isEqualTo(1);
            assertThat(first.get()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("is made once for a crowd that waits")
    void crowd() throws Exception {
        var resting = new CountDownLatch(1);
        var slow = new Together<String, Integer>(REST, now::get, _ -> await(resting));
        slow.get("a", made::incrementAndGet);
        var got = Collections.synchronizedList(new ArrayList<Integer>());
        var crowd = new ArrayList<Thread>();
        for (int i = 0; i < 300; i++) {
            crowd.add(
                    Thread.ofVirtual().start(() -> got.add(slow.get("a", made::incrementAndGet))));
        }
        while (!crowd.stream().allMatch(one -> one.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        resting.countDown();
        for (var one : crowd) {
            one.join();
        }
        assertThat(got).hasSize(300).containsOnly(2);
    }

    @Test
    @DisplayName("fails for all who waited, and not for who asks later")
    void fails() {
        assertThatThrownBy(() ->
                        together.get(
                                "a",
                                () -> {
                                    throw new IllegalStateException("no");
                                }))
                .hasMessage("no");
        assertThat(together.get("a", made::incrementAndGet)).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
