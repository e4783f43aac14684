package dev.serin.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// On the threads of this machine. Where it grants no real-time priority to who runs the tests, loops stay
/// what they are, and that is looked at.
@EnabledOnOs(OS.LINUX)
@DisplayName("An event loop that is to go first")
class LoopPrecedenceTest {

    /// `SCHED_OTHER` and `SCHED_RR`.
    private static final int ORDINARY = 0;

    private static final int REAL_TIME = 2;

    /// Of a line of `/proc/…/stat`, counted from what follows the thread's name; proc(5) counts from 1.
    private static final int POLICY = 41 - 3;

    private final DefaultEventExecutorGroup loops = new DefaultEventExecutorGroup(2);
    private final AtomicBoolean busy = new AtomicBoolean();

    @AfterEach
    void stop() {
        busy.set(false);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    @DisplayName("has real-time priority if the system grants it, and what it starts has none")
    void first() throws Exception {
        LoopPrecedence.give(loops);
        for (var loop : loops) {
            assertThat(policy(loop)).isEqualTo(granted());
            assertThat(on(loop, LoopPrecedenceTest::ofAnotherThread)).isEqualTo(ORDINARY);
        }
    }

    @Test
    @DisplayName(
            "lines up with others while it has much to do, and goes first again when it has little")
    void stepsBack() throws Exception {
        LoopPrecedence.give(loops);
        var loop = loops.next();

        busy.set(true);
        loop.execute(() -> work(loop));
        await().until(() -> policy(loop) == ORDINARY);
        assertThat(policy(loops.next())).as("the other loop").isEqualTo(granted());

        busy.set(false);
        await().until(() -> policy(loop) == granted());
    }

    @Test
    @DisplayName("is one that is at work for at most a quarter of the time, or 15 % to begin with")
    void little() {
        var first = new Precedence(true, 1_000, 5_000);
        assertThat(first.after(1_250, 6_000)).isEqualTo(new Precedence(true, 1_250, 6_000));
        assertThat(first.after(1_251, 6_000)).isEqualTo(new Precedence(false, 1_251, 6_000));
        var other = new Precedence(false, 1_000, 5_000);
        assertThat(other.after(1_150, 6_000).first()).isTrue();
        assertThat(other.after(1_151, 6_000).first()).isFalse();
    }

    private void work(EventExecutor loop) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        if (busy.get()) {
            loop.execute(() -> work(loop));
        }
    }

    private static int granted() throws Exception {
        return onThread(() -> RealTime.take() ? REAL_TIME : ORDINARY);
    }

    private static int policy(EventExecutor loop) throws Exception {
        return on(loop, LoopPrecedenceTest::policy);
    }

    private static int ofAnotherThread() throws Exception {
        return onThread(LoopPrecedenceTest::policy);
    }

    private static int policy() throws IOException {
        var stat = Files.readString(Path.of("/proc/thread-self/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Integer.parseInt(fields[POLICY]);
    }

    private static int on(EventExecutor loop, Callable<Integer> question) throws Exception {
        return loop.submit(question).get();
    }

    private static int onThread(Callable<Integer> question) throws Exception {
        var task = new FutureTask<>(question);
        Thread.ofPlatform().start(task);
        return task.get();
    }
}
