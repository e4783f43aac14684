package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The restarts of a step")
class RestartsTest {

    @Test
    @DisplayName("are at most 64, begin with the step's own, and keep their weights as it grows")
    void keepTheirWeights() {
        for (int buckets = 1; buckets <= 5000; buckets++) {
            var restarts = Restarts.of(buckets);
            assertThat(restarts.count()).isBetween(1, 64);
            assertThat(restarts.firstBucket()[0]).isZero();
            for (int i = 0; i < restarts.count(); i++) {
                int first = restarts.firstBucket()[i];
                assertThat(first).isLessThan(buckets);
                // It was kept when it was opened, and ever since.
                assertThat(first % Restarts.spacing(first + 1)).isZero();
                assertThat(restarts.logWeight()[i])
                        .isEqualTo(Restarts.logWeight(Restarts.ordinal(first)));
            }
        }
    }

    @Test
    @DisplayName("share a capital of at most one")
    void shareOneCapital() {
        double capital = 0;
        var ordinals = new HashSet<Integer>();
        for (int bucket = 0; bucket < 100_000; bucket++) {
            if (bucket % Restarts.spacing(bucket + 1) == 0) {
                assertThat(ordinals.add(Restarts.ordinal(bucket))).isTrue();
                capital += Math.exp(Restarts.logWeight(Restarts.ordinal(bucket)));
            }
        }
        assertThat(capital).isBetween(0.99, 1.0);
    }

    @Test
    @DisplayName("are numbered as the design says")
    void numbers() {
        assertThat(Restarts.ordinal(63)).isEqualTo(63);
        assertThat(Restarts.ordinal(64)).isEqualTo(64);
        assertThat(Restarts.ordinal(66)).isEqualTo(65);
        assertThat(Restarts.ordinal(128)).isEqualTo(96);
        assertThat(Restarts.spacing(63)).isEqualTo(1);
        assertThat(Restarts.spacing(64)).isEqualTo(2);
        assertThat(Restarts.spacing(128)).isEqualTo(4);
    }
}
