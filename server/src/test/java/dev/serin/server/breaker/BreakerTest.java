package dev.serin.server.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A breaker")
class BreakerTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Breaker breaker = new Breaker();

    @Test
    @DisplayName("stays closed while fewer than half of the last 20 calls fail, for ever")
    void staysClosed() {
        for (int i = 0; i < 1_000; i++) {
            if (i % 3 == 0) {
                breaker.bad(0, 0, null);
            } else {
                breaker.good(0, 0);
            }
            assertThat(breaker.state(0)).isEqualTo(Breaker.State.CLOSED);
        }
    }

    @Test
    @DisplayName("opens when half of the last 20 failed, however many went well before")
    void opens() {
        for (int i = 0; i < 137; i++) {
            breaker.good(0, 0);
        }
        for (int i = 0; i < 9; i++) {
            breaker.bad(0, 0, null);
        }
        assertThat(breaker.lets(0)).isTrue();
        breaker.bad(0, 0, null);
        assertThat(breaker.state(0)).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.lets(0)).isFalse();
    }

    @Test
    @DisplayName("needs ten calls to say anything")
    void needsCalls() {
        for (int i = 0; i < 9; i++) {
            breaker.bad(0, 0, null);
        }
        assertThat(breaker.lets(0)).isTrue();
    }

    @Test
    @DisplayName("lets one call try after its rest, and rests twice as long when that fails")
    void tries() {
        open(null);
        assertThat(breaker.lets(5 * SECOND - 1)).isFalse();
        assertThat(breaker.lets(5 * SECOND)).isTrue();
        assertThat(breaker.lets(5 * SECOND)).isFalse();
        assertThat(breaker.state(5 * SECOND)).isEqualTo(Breaker.State.TRYING);
        breaker.bad(6 * SECOND, 6 * SECOND, null);
        assertThat(breaker.rest(6 * SECOND)).isEqualTo(Duration.ofSeconds(10));
        assertThat(breaker.lets(16 * SECOND - 1)).isFalse();
        assertThat(breaker.lets(16 * SECOND)).isTrue();
        breaker.good(17 * SECOND, 17 * SECOND);
        assertThat(breaker.state(17 * SECOND)).isEqualTo(Breaker.State.CLOSED);
        assertThat(breaker.lets(17 * SECOND)).isTrue();
    }

    @Test
    @DisplayName("heeds no call that began before it opened: neither its success nor its failure")
    void overtaken() {
        open(null);
        breaker.good(-1, 1);
        assertThat(breaker.state(1)).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.lets(5 * SECOND)).isTrue();
        breaker.bad(-1, 6 * SECOND, null);
        assertThat(breaker.state(6 * SECOND)).isEqualTo(Breaker.State.TRYING);
        breaker.good(5 * SECOND, 7 * SECOND);
        assertThat(breaker.state(7 * SECOND)).isEqualTo(Breaker.State.CLOSED);
        for (int i = 0; i < 20; i++) {
            breaker.bad(6 * SECOND, 8 * SECOND, null);
        }
        assertThat(breaker.state(8 * SECOND)).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    @DisplayName("lets another call try when the one that tried was never heard of again")
    void triesAgain() {
        open(null);
        assertThat(breaker.lets(5 * SECOND)).isTrue();
        assertThat(breaker.lets(64 * SECOND)).isFalse();
        assertThat(breaker.lets(65 * SECOND)).isTrue();
    }

    @Test
    @DisplayName("lets the next call try when the caller of the one that tried has gone")
    void isLetGo() {
        open(null);
        breaker.letGo(1, SECOND);
        assertThat(breaker.lets(5 * SECOND - 1)).isFalse();
        assertThat(breaker.lets(5 * SECOND)).isTrue();
        breaker.letGo(-1, 6 * SECOND);
        assertThat(breaker.lets(6 * SECOND)).isFalse();
        breaker.letGo(5 * SECOND, 7 * SECOND);
        assertThat(breaker.lets(7 * SECOND)).isTrue();
        assertThat(breaker.lets(7 * SECOND)).isFalse();
    }

    @Test
    @DisplayName("rests as long as the provider asks, but no longer than two minutes")
    void restsAsAsked() {
        open(Duration.ofSeconds(30));
        assertThat(breaker.rest(0)).isEqualTo(Duration.ofSeconds(30));
        var other = new Breaker();
        for (int i = 0; i < 10; i++) {
            other.bad(0, 0, Duration.ofDays(1));
        }
        assertThat(other.rest(0)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    @DisplayName("reads how long to wait as seconds or as a date, and nothing else")
    void readsRetryAfter() {
        var now = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(RetryAfter.parse("7", now)).isEqualTo(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse("Sun, 1 Mar 2026 12:00:30 GMT", now))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Sun, 1 Mar 2026 11:00:00 GMT", now)).isZero();
        assertThat(RetryAfter.parse(null, now)).isNull();
        assertThat(RetryAfter.parse("soon", now)).isNull();
        assertThat(RetryAfter.parse("-1", now)).isNull();
        assertThat(RetryAfter.parse("99999999999", now)).isNull();
    }

    private void open(Duration wait) {
        for (int i = 0; i < 10; i++) {
            breaker.bad(0, 0, wait);
        }
    }
}
