package dev.serin.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.server.provider.Provider;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Calls whose time is kept on one timer")
class VigilsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @DisplayName("are told of their limits and of silence in the order of time, not of their begin")
    void inOrder() throws Exception {
        onLoop(() -> {
            begin("slow", 400);
            begin("late", 300, 60, 120);
            begin("quick", 20);
            begin("middle", 200);
        });
        await().until(() -> told.size() == 6);
        assertThat(told)
                .containsExactly(
                        "quick silent",
                        "late 60.0",
                        "late 120.0",
                        "middle silent",
                        "late silent",
                        "slow silent");
    }

    @Test
    @DisplayName("that have ended are told nothing, and nobody keeps their time any more")
    void ended() throws Exception {
        var kept = new ArrayList<Vigil>();
        onLoop(() -> {
            for (int i = 0; i < 100; i++) {
                kept.add(begin("call " + i, i % 2 == 0 ? 10 : 50));
            }
            // From anywhere in the list.
            for (int i = 0; i < 100; i++) {
                int one = i * 37 % 100;
                if (one != 41) {
                    kept.get(one).end();
                }
            }
        });
        await().until(() -> told.size() == 1);
        assertThat(told).containsExactly("call 41 silent");
    }

    @Test
    @DisplayName("are not silent while nobody takes what they say, and are again afterwards")
    void paused() throws Exception {
        var call = new ArrayList<Vigil>();
        onLoop(() -> {
            call.add(begin("paused", 30));
            call.getFirst().pause();
            begin("other", 90);
        });
        await().until(() -> told.contains("other silent"));
        assertThat(told).containsExactly("other silent");
        onLoop(() -> call.getFirst().resume());
        await().until(() -> told.contains("paused silent"));
    }

    private Vigil begin(String name, long silence, double... limits) {
        var patience =
                new Provider.Patience(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(silence),
                        Duration.ofMillis(silence));
        var vigil = new Vigil[1];
        vigil[0] =
                new Vigil(
                        vertx,
                        patience,
                        Arrays.stream(limits).boxed().toList(),
                        new Vigil.Kept() {
                            @Override
                            public void isSilent(Fault fault) {
                                vigil[0].end();
                                told.add(name + " silent");
                            }

                            @Override
                            public void isLate(double limitMs) {
                                told.add(name + " " + limitMs);
                            }
                        });
        vigil[0].begin();
        return vigil[0];
    }

    private void onLoop(Runnable what) throws Exception {
        var done = new CompletableFuture<Void>();
        loop.runOnContext(_ -> {
            what.run();
            done.complete(null);
        });
        done.get(10, TimeUnit.SECONDS);
    }
}
