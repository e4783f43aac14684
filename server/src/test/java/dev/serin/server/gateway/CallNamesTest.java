package dev.serin.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call's name")
class CallNamesTest {

    private static final UUID ROLLOUT = new UUID(1, 2);
    private static final String OWN = "serin-";

    private final CallNames names = new CallNames();

    @Test
    @DisplayName("is its answer's, the first time that the rollout hears it")
    void ofTheAnswer() {
        assertThat(names.of(ROLLOUT, "chatcmpl-1")).isEqualTo("chatcmpl-1");
        assertThat(names.of(ROLLOUT, "chatcmpl-1")).startsWith(OWN);
        assertThat(names.of(new UUID(3, 4), "chatcmpl-1")).isEqualTo("chatcmpl-1");
    }

    @Test
    @DisplayName("is Serin's own where others could not say the answer's")
    void unusable() {
        assertThat(names.of(ROLLOUT, null)).startsWith(OWN);
        assertThat(names.of(ROLLOUT, "")).startsWith(OWN);
        assertThat(names.of(ROLLOUT, "two words")).startsWith(OWN);
        assertThat(names.of(ROLLOUT, "a\u0000")).startsWith(OWN);
        assertThat(names.of(ROLLOUT, "a".repeat(201))).startsWith(OWN);
    }

    @Test
    @DisplayName("is, if Serin's own, a UUID of version 7 that no other call has")
    void unique() {
        var given = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            var name = names.of(ROLLOUT, null);
            var uuid = UUID.fromString(name.substring(OWN.length()));
            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
            given.add(name);
        }
        assertThat(given).hasSize(10_000);
    }

    @Test
    @DisplayName("is, if Serin's own, after those of every earlier millisecond")
    void rising() {
        var given =
                LongStream.iterate(1, millis -> millis < 1L << 47, millis -> millis * 3)
                        .flatMap(millis -> LongStream.of(millis, millis + 1))
                        .mapToObj(CallNames::own)
                        .toList();
        assertThat(given).hasSizeGreaterThan(50).isSorted();
    }
}
