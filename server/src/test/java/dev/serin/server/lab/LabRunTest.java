package dev.serin.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.rollout.Server;
import dev.serin.simulator.profile.Profiles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A run of the lab")
class LabRunTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final AtomicLong nanos = new AtomicLong();
    private final LabRun run = new LabRun("7f3a", wish(), nanos::get, PATIENCE);

    @Test
    @DisplayName("goes on while somebody looks, and not much longer")
    void needsSomebody() {
        pass(PATIENCE.minusNanos(1));
        assertThat(run.goesOn()).isTrue();
        run.look();
        pass(PATIENCE.minusNanos(1));
        assertThat(run.goesOn()).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(run.goesOn()).isFalse();
    }

    @Test
    @DisplayName("ends when it is told to, whoever looks")
    void stops() {
        run.stop();
        run.look();
        assertThat(run.goesOn()).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static LabWish wish() {
        var plan = (PlanReading.Read) PlanReader.readAlone(Server.plan("lab"));
        return new LabWish(plan, Profiles.GPT_3_5, List.of(Profiles.GPT_4_GOOD), 10, 1, 20);
    }
}
