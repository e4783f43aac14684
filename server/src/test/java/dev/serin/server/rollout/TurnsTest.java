package dev.serin.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Signal;
import dev.serin.server.Turns;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("Of two who change a rollout at once, the second")
class TurnsTest {

    @Inject Server server;
    @Inject Rollouts rollouts;
    @Inject RouteTeams teams;
    @Inject Routes routes;
    @Inject Turns turns;

    @Test
    @DisplayName("rolls back what the first has made of it, and not what was there before")
    void rollsBackWhatIsThere() throws Exception {
        var route = Server.newRoute();
        var id = started(route);
        var way =
                turns.take(
                        () -> rollouts.handle(Command.of(id, 1, new Signal.Pause("first", ""))),
                        () -> rollouts.restore(Undo.any(route, "second", "")));

        assertThat(way).isEqualTo(new Way.Stopped(id));
        assertThat(journal(id))
                .extracting(row -> row.version)
                .as("versions")
                .containsExactly(1L, 1L, 2L, 3L);
        assertThat(journal(id))
                .last()
                .extracting(row -> row.entry)
                .isInstanceOf(Entry.RolledBack.class);
    }

    @Test
    @DisplayName("finds the model that the first has put on the route, and takes it off again")
    void takesOffWhatWasPromoted() throws Exception {
        var route = Server.newRoute();
        var id = started(route);
        server.toGate(id.toString());
        var approval = new Signal.Approve("first", "", "", Set.of());
        var version = server.version(id.toString());
        var way =
                turns.take(
                        () -> rollouts.handle(Command.of(id, version, approval)),
                        () -> rollouts.restore(Undo.any(route, "second", "")));

        assertThat(server.phase(id.toString())).isEqualTo("complete");
        assertThat(way).isInstanceOf(Way.Back.class);
        assertThat(server.phase(((Way.Back) way).rollout().toString())).isEqualTo("complete");
    }

    @Test
    @DisplayName("leaves the model before alone where the first has rolled back")
    void rollsBackOnce() throws Exception {
        var route = Server.newRoute();
        var id = started(route);
        var way =
                turns.take(
                        () -> rollouts.handle(Command.of(id, 1, new Signal.RollBack("first", ""))),
                        () -> rollouts.restore(Undo.any(route, "second", "")));

        assertThat(way).isEqualTo(new Way.Stopped(id));
        server.get(id.toString())
                .body("version", is(2))
                .body("outcome.reason", startsWith("first"));
    }

    @Test
    @DisplayName("puts nothing back once more where the first has, and is told who did")
    void putsBackOnce() throws Exception {
        var route = Server.newRoute();
        var id = promoted(route);
        var way =
                turns.take(
                        () -> rollouts.restore(Undo.of(route, id, "first", "")),
                        () -> rollouts.restore(Undo.of(route, id, "second", "")));

        assertThat(way)
                .isInstanceOfSatisfying(
                        Way.Outdated.class,
                        old -> assertThat(old.what()).startsWith("already put back by first at "));
        assertThat(model(route)).isEqualTo("openai/gpt-3.5-turbo");
    }

    @Test
    @DisplayName("who says nothing of what they saw puts nothing back once more either")
    void putsBackOnceUnseen() throws Exception {
        var route = Server.newRoute();
        var _ = promoted(route);
        var first = new AtomicReference<@Nullable Way>();
        var way =
                turns.take(
                        () -> {
                            first.set(rollouts.restore(Undo.any(route, "first", "")));
                            return first;
                        },
                        () -> rollouts.restore(Undo.any(route, "second", "")));

        assertThat(way).isInstanceOf(Way.Back.class).isEqualTo(first.get());
        assertThat(model(route)).isEqualTo("openai/gpt-3.5-turbo");
    }

    @Test
    @DisplayName("leaves the rollout alone that has begun since they looked")
    void leavesAnotherAlone() throws Exception {
        var route = Server.newRoute();
        var id = promoted(route);
        var begun = new AtomicReference<@Nullable Begun>();
        var next =
                start(
                        Server.plan(route)
                                .replace("gpt-4", "gpt-5")
                                .replace("gpt-3.5-turbo", "gpt-4"));
        var way =
                turns.take(
                        () -> {
                            begun.set(rollouts.start(next));
                            return begun;
                        },
                        () -> rollouts.restore(Undo.of(route, id, "second", "")));

        assertThat(way)
                .isInstanceOfSatisfying(
                        Way.Outdated.class,
                        old ->
                                assertThat(old.what())
                                        .startsWith(
                                                "another rollout was started on its route by first at "));
        var active = ((Begun.Started) begun.get()).rollout();
        assertThat(server.phase(active.toString())).isEqualTo("observing");
    }

    @Test
    @DisplayName("stops the rollout that the first has only just begun")
    void stopsWhatHasJustBegun() throws Exception {
        var route = Server.newRoute();
        var before = started(route);
        rollouts.handle(Command.of(before, 1, new Signal.RollBack("somebody", "")));
        var begun = new AtomicReference<@Nullable Begun>();
        var way =
                turns.take(
                        () -> {
                            begun.set(rollouts.start(start(Server.plan(route))));
                            return begun;
                        },
                        () -> rollouts.restore(Undo.any(route, "second", "")));

        var id = ((Begun.Started) begun.get()).rollout();
        assertThat(way).isEqualTo(new Way.Stopped(id));
        server.get(id.toString()).body("outcome.reason", startsWith("second"));
    }

    @Test
    @DisplayName("gives away the route without touching what the first has made of it")
    void givesAway() throws Exception {
        var route = Server.newRoute();
        var id = started(route);
        turns.take(
                () -> rollouts.handle(Command.of(id, 1, new Signal.Pause("first", ""))),
                () -> {
                    teams.give(route, "turns", "second");
                    return "given";
                });

        server.get(id.toString()).body("version", is(2));
        assertThat(server.phase(id.toString())).isEqualTo("paused");
    }

    private static Start start(String source) {
        var read = (PlanReading.Read) PlanReader.read(source, Known.NOTHING);
        return Start.granted(read.file(), source, Start.Format.YAML, "first", false, null);
    }

    private UUID promoted(String route) {
        var id = started(route);
        server.toGate(id.toString());
        var approval = new Signal.Approve("somebody", "", "", Set.of());
        rollouts.handle(Command.of(id, server.version(id.toString()), approval));
        return id;
    }

    private String model(String route) {
        return routes.model(route).orElseThrow();
    }

    private UUID started(String route) {
        return UUID.fromString(server.started(Server.plan(route)));
    }

    private static List<JournalRow> journal(UUID id) {
        return QuarkusTransaction.requiringNew()
                .call(() -> JournalRow.<JournalRow>list("rollout = ?1 order by seq", id));
    }
}
