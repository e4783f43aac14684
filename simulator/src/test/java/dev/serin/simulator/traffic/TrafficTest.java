package dev.serin.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serin.engine.plan.Share;
import dev.serin.engine.traffic.Arm;
import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.Episode;
import dev.serin.simulator.profile.Failures;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.profile.RealisticProfile;
import dev.serin.simulator.profile.Speed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Simulated traffic")
class TrafficTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Traffic.InForce FIVE_PERCENT =
            new Traffic.InForce(1, Share.percent(5), Share.NONE);

    @Test
    @DisplayName("shows a call when its latency has passed, and not before")
    void seesCallsLate() {
        var traffic = traffic(1);
        assertThat(traffic.until(NOON.plusMillis(349), FIVE_PERCENT)).isEmpty();

        var seen = traffic.until(NOON.plusSeconds(10), FIVE_PERCENT);
        assertThat(seen)
                .isNotEmpty()
                .allSatisfy(call -> {
                    assertThat(call.seen()).isBeforeOrEqualTo(NOON.plusSeconds(10));
                    assertThat(Duration.between(call.began(), call.seen()).toNanos() / 1e6)
                            .isCloseTo(call.call().latencyMs(), within(0.001));
                })
                .isSortedAccordingTo((one, other) -> one.seen().compareTo(other.seen()));
    }

    @Test
    @DisplayName("counts a call to the step in force when it began")
    void callsBelongToTheirStep() {
        var traffic = traffic(2);
        var before = new Traffic.InForce(0, Share.NONE, Share.NONE);
        var first = traffic.until(NOON.plusSeconds(10), before);
        var second = traffic.until(NOON.plusSeconds(11), FIVE_PERCENT);

        assertThat(first).allMatch(call -> call.step() == 0 && call.arm() == Arm.BASELINE);
        assertThat(second)
                .filteredOn(call -> call.began().isBefore(NOON.plusSeconds(10)))
                .isNotEmpty()
                .allMatch(call -> call.step() == 0);
        assertThat(second)
                .filteredOn(call -> call.began().isAfter(NOON.plusSeconds(10)))
                .isNotEmpty()
                .allMatch(call -> call.step() == 1);
    }

    @Test
    @DisplayName("brings 200 calls a second, the candidate its share of them")
    void keepsRateAndShare() {
        var traffic = traffic(3);
        var all = new java.util.ArrayList<>(traffic.until(NOON.plusSeconds(100), FIVE_PERCENT));
        all.addAll(traffic.rest());

        assertThat(all).hasSize(20_000);
        var candidates = all.stream().filter(call -> call.arm() == Arm.CANDIDATE).count();
        // Five standard errors over 20,000 calls, of keys that themselves are a sample.
        assertThat(candidates / 20_000.0).isCloseTo(0.05, within(0.012));
    }

    @Test
    @DisplayName("keeps a key's arm while the share rises")
    void keysKeepTheirArm() {
        var traffic = traffic(4);
        var atFive = arms(traffic.until(NOON.plusSeconds(60), FIVE_PERCENT));
        var quarter = new Traffic.InForce(2, Share.percent(25), Share.NONE);
        var atQuarter = arms(traffic.until(NOON.plusSeconds(180), quarter));

        assertThat(atFive)
                .filteredOn(key -> key.arm() == Arm.CANDIDATE)
                .filteredOn(
                        key -> atQuarter.stream().anyMatch(later -> later.key().equals(key.key())))
                .isNotEmpty()
                .allMatch(key ->
                        atQuarter.stream()
                                .filter(later -> later.key().equals(key.key()))
                                .anyMatch(later -> later.arm() == Arm.CANDIDATE));
    }

    @Test
    @DisplayName("copies the mirrored part of the calls to the candidate")
    void mirrors() {
        var traffic = traffic(5);
        var shadow = new Traffic.InForce(0, Share.NONE, Share.percent(20));
        var all = new java.util.ArrayList<>(traffic.until(NOON.plusSeconds(50), shadow));
        all.addAll(traffic.rest());

        var counted = new HashMap<Arm, Integer>();
        all.forEach(call -> counted.merge(call.arm(), 1, Integer::sum));
        assertThat(counted.get(Arm.BASELINE)).isEqualTo(10_000);
        assertThat(counted.get(Arm.CANDIDATE) / 10_000.0).isCloseTo(0.2, within(0.03));
    }

    @Test
    @DisplayName("gives itself again for its seed")
    void seedGivesItAgain() {
        var until = NOON.plusSeconds(20);
        assertThat(traffic(6).until(until, FIVE_PERCENT))
                .isEqualTo(traffic(6).until(until, FIVE_PERCENT))
                .isNotEqualTo(traffic(7).until(until, FIVE_PERCENT));
    }

    @Test
    @DisplayName("answers the baseline's calls alike whatever the candidate is")
    void armsHaveStreamsOfTheirOwn() {
        var good = baselineCalls(traffic(8));
        var bad =
                baselineCalls(
                        Traffic.between(
                                Profiles.GPT_3_5,
                                Profiles.GPT_4_BAD,
                                new TrafficSplit("salt"),
                                Arrivals.steady(200),
                                NOON,
                                8));
        assertThat(good).isNotEmpty().isEqualTo(bad);
    }

    @Test
    @DisplayName("lets an outage of the provider hit both arms at the same time")
    void armsShareTheirProvidersFate() {
        var outage =
                new Episode(
                        Episode.Kind.FULL_OUTAGE,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(1),
                        1,
                        1);
        var half = new Traffic.InForce(0, Share.percent(50), Share.NONE);
        var failedIn = new HashMap<Arm, java.util.Set<Long>>();
        var traffic =
                Traffic.between(
                        model("old", outage),
                        model("new", outage),
                        new TrafficSplit("salt"),
                        Arrivals.steady(20),
                        NOON,
                        9);
        traffic.until(NOON.plus(Duration.ofHours(1)), half).stream()
                .filter(call -> Boolean.TRUE.equals(call.call().error()))
                .forEach(call ->
                        failedIn.computeIfAbsent(call.arm(), _ -> new java.util.TreeSet<>())
                                .add(call.began().getEpochSecond() / 10));

        assertThat(failedIn.get(Arm.BASELINE)).isNotEmpty().isEqualTo(failedIn.get(Arm.CANDIDATE));
    }

    private static RealisticProfile model(String name, Episode episode) {
        return new RealisticProfile(
                name,
                "openai",
                null,
                null,
                new Speed.Whole(new Distribution.Constant(100)),
                Failures.NONE,
                null,
                List.of(),
                Map.of(),
                List.of(episode),
                0);
    }

    @Test
    @DisplayName("needs more than no calls a second")
    void refusesNoTraffic() {
        assertThatThrownBy(() -> Arrivals.steady(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Arrivals.steady(0)).hasMessageContaining("0.0");
    }

    private static List<SimulatedCall> baselineCalls(Traffic traffic) {
        return traffic.until(NOON.plusSeconds(20), FIVE_PERCENT).stream()
                .filter(call -> call.arm() == Arm.BASELINE)
                .toList();
    }

    private record KeyArm(String key, Arm arm) {}

    private static java.util.Set<KeyArm> arms(List<SimulatedCall> calls) {
        return calls.stream()
                .map(call -> new KeyArm(call.key(), call.arm()))
                .collect(java.util.stream.Collectors.toSet());
    }

    private static Traffic traffic(long seed) {
        return Traffic.between(
                Profiles.GPT_3_5,
                Profiles.GPT_4_GOOD,
                new TrafficSplit("salt"),
                Arrivals.steady(200),
                NOON,
                seed);
    }
}
