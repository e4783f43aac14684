package dev.serin.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Track;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.server.TestClock;
import dev.serin.server.evidence.Gathering;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.simulator.play.Act;
import dev.serin.simulator.play.Pace;
import dev.serin.simulator.play.Play;
import dev.serin.simulator.play.Played;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.traffic.Arrivals;
import dev.serin.simulator.traffic.Traffic;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A run that was played in virtual time")
class PastRunsTest {

    private static final Instant START = TestClock.NOON.minus(Duration.ofDays(1));

    @Inject PastRuns runs;
    @Inject Routes routes;
    @Inject Gathering gathering;
    @Inject Server server;

    @Test
    @DisplayName("is kept as it was played: state, journal and evidence")
    void isKept() {
        var run = run(Server.newRoute(), Profiles.GPT_4_GOOD, new PastRun.Origin.Simulated());
        var id = runs.keep(run);

        server.get(id.toString())
                .body("phase", is("complete"))
                .body("simulated", is(true))
                .body("replayOf", nullValue())
                .body("outcome.kind", is("promoted"))
                .body("startedAt", is("2026-02-28T12:00:00Z"));
        assertThat(journal(id)).isEqualTo(run.entries());
        var stored = gathering.of(id, run.rollout().last()).evidence();
        for (int step = 0; step < run.rollout().plan().steps().size(); step++) {
            assertThat(candidateCalls(stored, step))
                    .isEqualTo(candidateCalls(run.evidence(), step));
        }
        assertThat(candidateCalls(stored, 0)).isPositive();
    }

    @Test
    @DisplayName("puts its model on its route where it was simulated")
    void simulatedRunsServe() {
        var route = Server.newRoute();
        runs.keep(run(route, Profiles.GPT_4_GOOD, new PastRun.Origin.Simulated()));
        assertThat(routes.model(route)).contains("openai/gpt-4");
    }

    @Test
    @DisplayName(
            "leaves its route's model alone where it was replayed, and says what it was played from")
    void replaysServeNobody() {
        var route = Server.newRoute();
        var origin = new PastRun.Origin.Replayed("40 recorded calls, drawn from again 9 times");
        var id = runs.keep(run(route, Profiles.GPT_4_GOOD, origin));

        assertThat(routes.model(route)).contains("openai/gpt-3.5-turbo");
        server.get(id.toString())
                .body("simulated", is(false))
                .body("replayOf", containsString("drawn from again 9 times"));
        assertThat(routes.all())
                .filteredOn(it -> it.name().equals(route))
                .allMatch(it -> it.before() == null);
        assertThat(server.started(Server.plan(route))).isNotEmpty();
    }

    @Test
    @DisplayName("goes on where it still waits at its gate")
    void activeRunsGoOn() {
        var route = Server.newRoute();
        var waiting = played(route, Profiles.GPT_4_GOOD, List.of());
        var id = runs.keep(run(route, waiting, new PastRun.Origin.Simulated()));

        assertThat(server.phase(id.toString())).isEqualTo("awaitingApproval");
        server.say(
                        id.toString(),
                        "approve",
                        "{\"version\": %d}".formatted(server.version(id.toString())))
                .statusCode(200)
                .body("phase", is("complete"));
    }

    private static List<Entry> journal(UUID id) {
        return QuarkusTransaction.requiringNew()
                .call(() -> JournalRow.newest(id, null, 100).reversed())
                .stream()
                .map(row -> row.entry)
                .toList();
    }

    private static long candidateCalls(Evidence evidence, int step) {
        return evidence.of(step).map(it -> it.candidate().counts(new Track.Calls()).n()).orElse(0L);
    }

    private static PastRun run(String route, ModelProfile candidate, PastRun.Origin origin) {
        var approve = List.of(Act.approve("Ada", Duration.ofSeconds(5), ""));
        return run(route, played(route, candidate, approve), origin);
    }

    private static PastRun run(String route, Played played, PastRun.Origin origin) {
        return new PastRun(
                read(route).file(),
                fullPlan(route),
                Start.Format.YAML,
                played.rollout(),
                played.entries(),
                played.evidence(),
                played.judged(),
                origin);
    }

    private static Played played(String route, ModelProfile candidate, List<Act> people) {
        var traffic =
                Traffic.between(
                        Profiles.GPT_3_5,
                        candidate,
                        new TrafficSplit(route),
                        Arrivals.steady(100),
                        START,
                        1);
        var pace = Pace.everySecond(Duration.ofMinutes(10));
        return Play.of(read(route).plan(), "Bo", START, traffic, people, pace);
    }

    private static PlanReading.Read read(String route) {
        return (PlanReading.Read) PlanReader.read(fullPlan(route), Known.NOTHING);
    }

    private static String fullPlan(String route) {
        return Server.plan(route).replace("share: 100%", "share: 100%, duration: 0s");
    }
}
