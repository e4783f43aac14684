package dev.serin.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.server.access.Scope;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("Whoever sees one team")
class SightTest {

    private static final Scope SEARCH = new Scope(false, false, Set.of("search-of-sight"));
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Server server;
    @Inject RolloutReads reads;
    @Inject RolloutFeed feed;

    private String started(String team) {
        return server.started(Server.plan(Server.newRoute()) + "team: " + team + "\n");
    }

    @Test
    @DisplayName("hears on the list's line of that team's changes, and of no other's")
    void hearsOfItsOwn() {
        var theirs = started("mail-of-sight");
        var ours = started("search-of-sight");
        var all = new CopyOnWriteArrayList<OutboundSseEvent>();
        var own = new CopyOnWriteArrayList<OutboundSseEvent>();
        var everything = feed.ofAll(Scope.EVERYWHERE, new SseImpl()).subscribe().with(all::add);
        var some = feed.ofAll(SEARCH, new SseImpl()).subscribe().with(own::add);
        try {
            await().atMost(SOON).until(() -> words(all) == 1 && words(own) == 1);
            for (int change = 1; change <= 3; change++) {
                int heard = change + 1;
                server.say(theirs, change % 2 == 1 ? "pause" : "resume", version(change))
                        .statusCode(200);
                await().atMost(SOON).until(() -> words(all) >= heard);
            }
            assertThat(words(own)).isEqualTo(1);
            server.say(ours, "pause", version(1)).statusCode(200);
            await().atMost(SOON).until(() -> words(own) == 2);
        } finally {
            everything.cancel();
            some.cancel();
        }
    }

    @Test
    @DisplayName("finds the newest of that team in their order, however many of others came later")
    void findsTheNewest() {
        var first = UUID.fromString(started("search-of-order"));
        var second = UUID.fromString(started("search-of-order"));
        var sight = new Scope(false, false, Set.of("search-of-order"));
        for (int other = 0; other < 5; other++) {
            started("mail-of-order");
        }
        var found = reads.list(new RolloutReads.Which(null, null, null, null, null, 2, sight));
        assertThat(found).extracting(RolloutJson::id).containsExactlyInAnyOrder(first, second);
        var one = reads.list(new RolloutReads.Which(null, null, null, null, null, 1, sight));
        assertThat(one).extracting(RolloutJson::id).containsExactly(found.getFirst().id());
        var next =
                reads.list(
                        new RolloutReads.Which(
                                null, null, null, one.getFirst().id(), null, 5, sight));
        assertThat(next).extracting(RolloutJson::id).containsExactly(found.getLast().id());
    }

    @Test
    @DisplayName("sees nothing of everybody's where the role is one to act")
    void actsOnNothingOfEverybody() {
        var nobodys = UUID.fromString(server.started(Server.plan(Server.newRoute())));
        var looking = new Scope(false, true, Set.of("search-of-sight"));
        assertThat(reads.isAnySeen(List.of(nobodys), looking)).isTrue();
        assertThat(reads.isAnySeen(List.of(nobodys), SEARCH)).isFalse();
        assertThat(reads.isAnySeen(List.of(Changes.ALL), SEARCH)).isTrue();
    }

    private static long words(List<OutboundSseEvent> events) {
        return events.stream().filter(event -> "changed".equals(event.getName())).count();
    }

    private static String version(int version) {
        return "{\"version\": %d}".formatted(version);
    }
}
