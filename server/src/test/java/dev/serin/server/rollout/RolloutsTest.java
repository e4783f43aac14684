package dev.serin.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.serin.engine.rollout.Signal;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A rollout behind the door")
class RolloutsTest {

    @Inject Server server;
    @Inject Rollouts rollouts;

    @Test
    @DisplayName("goes step by step on good evidence, waits at its gate, and ends on the approval")
    void isPromoted() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.get(id).body("phase", is("observing")).body("share", equalTo(0.05f));

        server.toGate(id);
        server.get(id).body("phase", is("awaitingApproval")).body("share", equalTo(0.25f));

        server.say(id, "approve", "{\"version\": %d}".formatted(server.version(id)))
                .statusCode(200)
                .body("phase", is("complete"))
                .body("share", equalTo(1.0f))
                .body("outcome.kind", is("promoted"));
        assertThat(kinds(id))
                .containsExactly(
                        "completed",
                        "stepEntered",
                        "approved",
                        "gateOpened",
                        "stepEntered",
                        "stepEntered",
                        "started");
    }

    @Test
    @DisplayName("does not move on silence, however long it lasts")
    void silenceIsNoGoodNews() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.pass(Duration.ofHours(1));
        server.get(id).body("phase", is("observing")).body("share", equalTo(0.05f));
    }

    @Test
    @DisplayName("is rolled back by the first tick that sees a breach, with the numbers")
    void isRolledBack() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.calls(id, "candidate", 10, 40);
        server.pass(Duration.ofSeconds(1));
        server.get(id)
                .body("phase", is("rolledBack"))
                .body("share", equalTo(0.0f))
                .body("outcome.kind", is("breached"))
                .body("outcome.reason", containsString("50"))
                .body("findings[0].finding", is("breached"))
                .body("findings[0].calls", is(50));
    }

    @Test
    @DisplayName("takes an approval once, however often the button is pressed")
    void takesAnApprovalOnce() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.toGate(id);
        var approve = "{\"version\": %d}".formatted(server.version(id));

        server.say(id, "approve", approve).statusCode(200);
        server.say(id, "approve", approve)
                .statusCode(409)
                .body("detail", containsString("already"))
                .body("rollout.phase", is("complete"));
        assertThat(kinds(id)).containsOnlyOnce("approved");
    }

    @Test
    @DisplayName("takes one of two decisions that come at once")
    void takesOneOfTwo() throws Exception {
        var id = UUID.fromString(server.started(Server.plan(Server.newRoute())));
        long version = server.version(id.toString());
        var replies = new java.util.concurrent.ConcurrentLinkedQueue<Reply>();
        var threads =
                List.of("ada", "mira").stream()
                        .map(who ->
                                Thread.ofVirtual()
                                        .start(() ->
                                                replies.add(
                                                        rollouts.handle(
                                                                Command.of(
                                                                        id,
                                                                        version,
                                                                        new Signal.Pause(
                                                                                who, ""))))))
                        .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(replies).hasSize(2).filteredOn(Reply.Accepted.class::isInstance).hasSize(1);
        assertThat(kinds(id.toString())).containsOnlyOnce("paused");
    }

    private List<String> kinds(String id) {
        return io.restassured.RestAssured.get("/api/v1/rollouts/" + id + "/journal")
                .then()
                .statusCode(200)
                .extract()
                .path("kind");
    }
}
