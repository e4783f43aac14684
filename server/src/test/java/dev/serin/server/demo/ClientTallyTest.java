package dev.serin.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What callers met")
class ClientTallyTest {

    private final ClientTally tally = new ClientTally();

    @Test
    @DisplayName("counts each call once: failed, of the candidate, in its place, or still open")
    void countsOnce() {
        for (int i = 0; i < 6; i++) {
            tally.asks();
        }
        tally.answered(true, "candidate", false, 10);
        tally.answered(true, "baseline", false, 10);
        tally.answered(true, "baseline", true, 10);
        tally.answered(false, "baseline", true, 10);
        tally.answered(false, "", false, 10);

        assertThat(tally.byCandidate()).isEqualTo(1);
        assertThat(tally.replaced()).isEqualTo(1);
        assertThat(tally.failed()).isEqualTo(2);
        assertThat(tally.open()).isEqualTo(1);
    }

    @Test
    @DisplayName("knows how long 95 of 100 waited at most, in whatever order they came")
    void p95() {
        assertThat(tally.p95Ms()).isZero();
        for (int ms = 100; ms >= 1; ms--) {
            tally.answered(true, "baseline", false, ms);
        }
        assertThat(tally.p95Ms()).isEqualTo(95);
    }
}
