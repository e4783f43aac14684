package dev.serin.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.traffic.Arm;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A caller's calls")
class CallersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeyRow KEY = new KeyRow(UUID.randomUUID(), 0, Arm.CANDIDATE, false, "ab");

    private final Callers callers = new Callers(2);

    @Test
    @DisplayName("are judged up to so many an hour, over all groups that were stored")
    void areJudgedUpTo() {
        store(true);
        store(true, false, false);
        var later = callers.begin(NOW.plusSeconds(3_600));
        assertThat(later.isJudged(KEY, null)).isTrue();
    }

    @Test
    @DisplayName("count for nothing where their group was not stored")
    void countForNothing() {
        var lost = callers.begin(NOW);
        assertThat(lost.isJudged(KEY, null)).isTrue();
        assertThat(lost.isJudged(KEY, null)).isTrue();
        assertThat(callers.begin(NOW).isStored(KEY)).isFalse();
        store(true, true, false);
    }

    @Test
    @DisplayName("add up where two groups are stored at the same time")
    void addUp() {
        var one = callers.begin(NOW);
        var other = callers.begin(NOW);
        assertThat(one.isJudged(KEY, null)).isTrue();
        assertThat(other.isJudged(KEY, null)).isTrue();
        one.keep(Set.of(KEY));
        other.keep(Set.of(KEY));
        store(false);
    }

    @Test
    @DisplayName("take one place where one is told more than once, in one group or in several")
    void takeOnePlace() {
        var name = new CallRow.Name(KEY.rollout(), "call");
        for (int group = 0; group < 3; group++) {
            var round = callers.begin(NOW);
            assertThat(round.isJudged(KEY, name)).isTrue();
            assertThat(round.isJudged(KEY, name)).isTrue();
            round.keep(Set.of());
        }
        store(true, false);
    }

    @Test
    @DisplayName("have a key that is known once it was stored, judged or not")
    void haveAKnownKey() {
        var round = callers.begin(NOW);
        assertThat(round.isStored(KEY)).isFalse();
        round.keep(Set.of(KEY, KEY.asAssigned()));
        assertThat(callers.begin(NOW).isStored(KEY)).isTrue();
        assertThat(callers.begin(NOW).isStored(KEY.asAssigned())).isTrue();
        store(true, true, false);
    }

    /// Stores a group of the key's calls.
    private void store(boolean... judged) {
        var round = callers.begin(NOW);
        for (boolean each : judged) {
            assertThat(round.isJudged(KEY, null)).isEqualTo(each);
        }
        round.keep(Set.of(KEY));
    }
}
