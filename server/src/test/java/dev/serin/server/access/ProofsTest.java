package dev.serin.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A proof of name and password")
class ProofsTest {

    private static final Visitor ADA =
            new Visitor("ada", true, Set.of(new Grant("search", Role.OPERATOR)));

    private final AtomicLong nanos = new AtomicLong();
    private final Proofs proofs = new Proofs(nanos::get);

    @Test
    @DisplayName("is remembered, is asked for anew by one when it is old, and stands till then")
    void agesAndStands() {
        assertThat(proofs.of("ada", "secret")).isEmpty();
        proofs.right("ada", "secret", ADA);
        assertThat(proofs.of("ada", "secret")).contains(new Proofs.Proof(ADA, false));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(proofs.of("ada", "secret")).contains(new Proofs.Proof(ADA, true));
        assertThat(proofs.of("ada", "secret")).contains(new Proofs.Proof(ADA, false));
    }

    @Test
    @DisplayName("is of one name and one password, and is forgotten when it turns out wrong")
    void isForgotten() {
        proofs.right("ada", "secret", ADA);
        assertThat(proofs.of("ada", "other")).isEmpty();
        assertThat(proofs.of("eve", "secret")).isEmpty();
        proofs.wrong("ada", "secret");
        assertThat(proofs.of("ada", "secret")).isEmpty();
    }

    @Test
    @DisplayName("is forgotten with all others of whoever loses a role, and with nobody else's")
    void isForgottenByWhose() {
        var bob = new Visitor("bob", true, Set.of());
        proofs.right("ada", "secret", ADA);
        proofs.right("", "serin_x", ADA);
        proofs.right("bob", "secret", bob);
        proofs.forget("ada");
        assertThat(proofs.of("ada", "secret")).isEmpty();
        assertThat(proofs.of("", "serin_x")).isEmpty();
        assertThat(proofs.of("bob", "secret")).contains(new Proofs.Proof(bob, false));
    }
}
