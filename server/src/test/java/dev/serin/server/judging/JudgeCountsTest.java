package dev.serin.server.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("What judges did")
class JudgeCountsTest {

    @Inject JudgeCounts counts;
    @Inject Server server;
    @Inject AgroalDataSource database;

    @Test
    @DisplayName("is written down once, though two write at the same time")
    void isWrittenOnce() throws Exception {
        var rollout = UUID.fromString(server.started(Server.plan(Server.newRoute())));
        var together = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                counts.add(rollout, Outcome.LABELLED, 1, null);
                var other =
                        threads.submit(() -> {
                            together.await();
                            counts.write();
                            return true;
                        });
                together.await();
                counts.write();
                assertThat(other.get()).isTrue();
            }
        }
        try (var connection = database.getConnection()) {
            assertThat(JudgeRow.spent(connection, rollout)).isEqualTo(20);
        }
    }
}
