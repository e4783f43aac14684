package dev.serin.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A proof of name and password")
class ProofsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Proofs proofs = new Proofs(nanos::get);

    @Test
    @DisplayName("is remembered, is asked for anew by one when it is old, and stands till then")
    void agesAndStands() {
        assertThat(proofs.of("ada", "secret")).isEqualTo(Proofs.Known.UNKNOWN);
        proofs.right("ada", "secret");
        assertThat(proofs.of("ada", "secret")).isEqualTo(Proofs.Known.FRESH);
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(proofs.of("ada", "secret")).isEqualTo(Proofs.Known.TO_ASK);
        assertThat(proofs.of("ada", "secret")).isEqualTo(Proofs.Known.FRESH);
    }

    @Test
    @DisplayName("is of one name and one password, and is forgotten when it turns out wrong")
    void isForgotten() {
        proofs.right("ada", "secret");
        assertThat(proofs.of("ada", "other")).isEqualTo(Proofs.Known.UNKNOWN);
        assertThat(proofs.of("eve", "secret")).isEqualTo(Proofs.Known.UNKNOWN);
        proofs.wrong("ada", "secret");
        assertThat(proofs.of("ada", "secret")).isEqualTo(Proofs.Known.UNKNOWN);
    }
}
