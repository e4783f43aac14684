package dev.serin.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.breaker.Breaker;
import dev.serin.simulator.provider.Fault;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A turn of the chaos")
class ChaosTurnTest {

    private static final ChaosCase OUTAGE = of(Fault.FULL_OUTAGE);
    private static final ChaosCase OVERFLOW = of(Fault.CONTEXT_OVERFLOW);
    private static final Duration OPENS = Duration.ofMillis(40);

    private final ClientTally met = new ClientTally();

    @Test
    @DisplayName("went as it must where users were spared, the breaker opened and Serin went back")
    void asItMust() {
        replaced();
        assertThat(turn(OUTAGE, OPENS, "breached", "promoted", 0.2, 3, 0).wrongs()).isEmpty();
        assertThat(turn(OVERFLOW, null, "breached", "promoted", 0, 3, 0.1).wrongs()).isEmpty();
    }

    @Test
    @DisplayName("did not where one call failed for its caller")
    void usersAreSpared() {
        replaced();
        met.answered(false, "baseline", true, 10);
        assertThat(turn(OUTAGE, OPENS, "breached", "promoted", 3, 0).wrongs())
                .containsExactly("1 calls failed for their callers, and none must");
    }

    @Test
    @DisplayName("did not where the breaker stayed closed, or opened over what is no illness")
    void breaker() {
        replaced();
        assertThat(turn(OUTAGE, null, "breached", "promoted", 3, 0).wrongs())
                .containsExactly("the breaker must open, and did not");
        assertThat(turn(OVERFLOW, OPENS, "breached", "promoted", 3, 0).wrongs())
                .containsExactly("the breaker must stay closed, and opened");
    }

    @Test
    @DisplayName("did not where nobody decided, nobody answered instead and no budget burned")
    void nothingHappened() {
        assertThat(turn(OVERFLOW, null, null, null, 0.5).wrongs())
                .containsExactly(
                        "the baseline must answer in the candidate's place, and never did",
                        "the upgrade must be breached, and was undecided",
                        "the second try must be promoted, and was undecided",
                        "the error budget must burn too fast, and did not");
    }

    @Test
    @DisplayName("did not where the budget still burned too fast at its end")
    void recovers() {
        replaced();
        assertThat(turn(OUTAGE, OPENS, "breached", "promoted", 3, 1.2).wrongs())
                .containsExactly("the error budget must recover, and did not");
    }

    @Test
    @DisplayName("blames nothing on a fault that never began")
    void neverBegan() {
        assertThat(turn(null, OUTAGE, null, "promoted", null).wrongs())
                .containsExactly(
                        "the fault did not begin, for the candidate never answered enough calls");
    }

    private static ChaosCase of(Fault fault) {
        return ChaosCase.ALL.stream()
                .filter(each -> each.fault() == fault)
                .findFirst()
                .orElseThrow();
    }

    private void replaced() {
        met.answered(true, "baseline", true, 10);
    }

    private ChaosTurn turn(
            ChaosCase each,
            @Nullable Duration opens,
            @Nullable String upgrade,
            @Nullable String again,
            double... burns) {
        return turn(Duration.ofSeconds(12), each, opens, upgrade, again, burns);
    }

    private ChaosTurn turn(
            @Nullable Duration from,
            ChaosCase each,
            @Nullable Duration opens,
            @Nullable String upgrade,
            @Nullable String again,
            double... burns) {
        return new ChaosTurn(
                each,
                ChaosTurn.Act.OVER,
                Duration.ofSeconds(50),
                new ClientTally(),
                met,
                new ClientTally(),
                from,
                from,
                opens,
                Breaker.State.CLOSED,
                Duration.ZERO,
                Duration.ofSeconds(3),
                upgrade(upgrade),
                upgrade(again),
                burns(burns),
                null);
    }

    private static ChaosUpgrade upgrade(@Nullable String outcome) {
        return new ChaosUpgrade(new UUID(0, 1), 0, outcome, "why", null);
    }

    private static List<ChaosTurn.Burn> burns(double... burns) {
        return IntStream.range(0, burns.length)
                .mapToObj(i -> new ChaosTurn.Burn(Duration.ofSeconds(i), burns[i]))
                .toList();
    }
}
