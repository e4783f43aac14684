package dev.serin.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Call;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.evidence.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Observations that wait for the database")
class WaitingTest {

    private static final UUID ROLLOUT = new UUID(0, 1);

    private final Waiting waiting = new Waiting(Duration.ofSeconds(60), 10);

    @Test
    @DisplayName("are kept for their time, and then dropped by whole seconds with both arms")
    void dropsWholeSeconds() {
        add(Arm.BASELINE, 100, 0);
        add(Arm.CANDIDATE, 100, 999);
        add(Arm.CANDIDATE, 101, 0);
        assertThat(waiting.dropOld(at(160, 999))).isZero();
        assertThat(waiting.dropOld(at(161, 0))).isEqualTo(2);
        assertThat(waiting.take())
                .singleElement()
                .extracting(Waiting.Second::number)
                .isEqualTo(101L);
    }

    @Test
    @DisplayName(
            "come back in their order when they could not be stored, and go as whole seconds then")
    void comesBack() {
        add(Arm.BASELINE, 100, 0);
        add(Arm.BASELINE, 101, 0);
        var taken = waiting.take();
        assertThat(waiting.size()).isZero();
        add(Arm.CANDIDATE, 101, 500);
        waiting.putBack(taken);
        assertThat(waiting.size()).isEqualTo(3);
        assertThat(waiting.dropOld(at(162, 0))).isEqualTo(3);
        assertThat(waiting.size()).isZero();
    }

    @Test
    @DisplayName("give up their oldest seconds when there are too many")
    void makesRoom() {
        for (int i = 0; i < 4; i++) {
            add(Arm.BASELINE, 100, i);
        }
        for (int i = 0; i < 6; i++) {
            assertThat(add(Arm.CANDIDATE, 101, i)).isZero();
        }
        assertThat(add(Arm.CANDIDATE, 102, 0)).isEqualTo(4);
        assertThat(waiting.size()).isEqualTo(7);
    }

    @Test
    @DisplayName("are handed on by rollout")
    void byRollout() {
        add(Arm.BASELINE, 100, 0);
        var second = waiting.take().getFirst();
        assertThat(second.byRollout()).containsOnlyKeys(ROLLOUT);
        assertThat(second.byRollout().get(ROLLOUT)).hasSize(1);
        assertThat(waiting.take()).isEqualTo(List.of());
    }

    private int add(Arm arm, long second, long millis) {
        var call = new Call(false, null, 1.0, null, null, null, Map.of());
        var seen = new Seen(null, arm, null, 0, null, null, false, call);
        return waiting.add(new Outbox.Entry(ROLLOUT, 0, seen), at(second, millis));
    }

    private static long at(long second, long millis) {
        return TimeUnit.SECONDS.toNanos(second) + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
