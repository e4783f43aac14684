package dev.serin.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.TestClock;
import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("What is told of a call while it runs")
class RunningCallsTest {

    private static final Track LIMIT = new Track.Reaches(Quantity.LATENCY_MS, 5000);
    private static final Track HIGHER = new Track.Reaches(Quantity.LATENCY_MS, 9000);

    @Inject Server server;
    @Inject TestClock clock;
    @Inject Observations observations;
    @Inject Gathering gathering;

    private UUID id;

    @BeforeEach
    void begin() {
        var plan =
                Server.plan(Server.newRoute())
                        + "  - p95_latency_ms >= 5000\n  - p50_latency_ms >= 9s\n";
        id = UUID.fromString(server.started(plan));
    }

    @Test
    @DisplayName("counts at once, and once, whether its end comes with it, after it or twice")
    void countsOnce() {
        record(running("a1", 5000));
        record(ended("a", 12_000.0, "a1"));
        record(ended("a", 12_000.0, "a1"));
        record(running("b1", 5000), ended("b", 6000.0, "b1"));
        record(running("c1", 5000), running("c1", 5000));
        assertCounts(LIMIT, 3, 3);
        assertCounts(HIGHER, 2, 1);
        assertCounts(new Track.Calls(), 2, 0);
    }

    @Test
    @DisplayName("counts for each limit that it has passed, and for no other")
    void countsEachLimit() {
        record(running("a1", 5000));
        assertCounts(LIMIT, 1, 1);
        assertCounts(HIGHER, 0, 0);
        record(running("a2", 9000));
        assertCounts(HIGHER, 1, 1);
        record(ended("a", 9500.0, "a1", "a2"));
        assertCounts(LIMIT, 1, 1);
        assertCounts(HIGHER, 1, 1);
        assertThat(tallies().histogram(new Track.Spread(Quantity.LATENCY_MS)).n()).isEqualTo(1);
    }

    @Test
    @DisplayName("takes, with the end, one of the places that a caller's judged calls have")
    void takesOnePlace() {
        for (char call = 'a'; call < 'k'; call++) {
            record(running(call + "1", 5000));
            record(running(call + "2", 9000));
            record(ended(String.valueOf(call), 9500.0, call + "1", call + "2"));
        }
        for (char call = 'k'; call < 'z'; call++) {
            record(ended(String.valueOf(call), 100.0));
        }
        assertCounts(LIMIT, 20, 10);
        assertCounts(HIGHER, 20, 10);
        assertThat(tallies().histogram(new Track.Spread(Quantity.LATENCY_MS)).n()).isEqualTo(20);
        assertCounts(new Track.Calls(), 25, 0);
    }

    @Test
    @DisplayName("stays counted when the call ends in a way that has no latency")
    void staysCounted() {
        record(running("a1", 5000));
        record(
                seen(
                        "a",
                        new Moment.Ended(List.of("a1")),
                        new Call(true, "stalled", 8000.0, null, null, null, Map.of())));
        assertCounts(LIMIT, 1, 1);
        assertCounts(new Track.Marked("error"), 1, 1);
    }

    @Test
    @DisplayName(
            "is counted by the end where it never came, and not at all where it comes after it")
    void mayBeLost() {
        record(ended("a", 6000.0, "a1"));
        assertCounts(LIMIT, 1, 1);
        record(running("a1", 5000));
        assertCounts(LIMIT, 1, 1);
        assertCounts(new Track.Calls(), 1, 0);
    }

    @Test
    @DisplayName("counts for no limit that the plan does not have")
    void needsALimit() {
        record(running("a1", 700));
        assertThat(tallies().byTrack()).containsOnlyKeys(new Track.Keys());
    }

    private void record(Seen... seen) {
        var _ = observations.record(id, List.of(seen)).toCompletableFuture().join();
    }

    private Seen running(String name, double limitMs) {
        return seen(
                name,
                new Moment.Running(limitMs, name.charAt(0) + "1"),
                new Call(null, null, limitMs, null, null, null, Map.of()));
    }

    private Seen ended(String name, @Nullable Double latencyMs, String... told) {
        return seen(
                name,
                new Moment.Ended(List.of(told)),
                new Call(false, null, latencyMs, null, null, null, Map.of()));
    }

    private Seen seen(String name, Moment moment, Call call) {
        return new Seen(
                name, Arm.CANDIDATE, clock.instant(), 0, "ann", null, false, false, moment, call);
    }

    private void assertCounts(Track track, long n, long bad) {
        var counts = tallies().counts(track);
        assertThat(counts.n()).as(track.key()).isEqualTo(n);
        assertThat(counts.bad()).as(track.key()).isEqualTo(bad);
    }

    private Tallies tallies() {
        return gathering.of(id, clock.instant()).evidence().steps().stream()
                .map(step -> step.candidate())
                .reduce(Tallies.NONE, Tallies::plus);
    }
}
