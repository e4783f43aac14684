package dev.serin.server.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Rollout;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.rollout.Server;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A message")
class MessageTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String PAGE = "https://serin.example.com/rollouts/1";

    @Test
    @DisplayName("links to the gate that it tells of, in every shape")
    void linksToTheGate() {
        var gate = new Entry.GateOpened(NOON, 1, Rollout.SERIN, Set.of(), List.of());
        var message = Message.of(occasion("support-chat"), gate, PAGE).orElseThrow();
        assertThat(new JsonObject(message.body()).getJsonObject("data").getString("link"))
                .isEqualTo(PAGE + "#gate");
        assertThat(message.slack()).contains("<%s#gate|Open the rollout>".formatted(PAGE));
        assertThat(message.mail()).endsWith("\nThe rollout: %s#gate\n".formatted(PAGE));
        assertThat(message.mail()).startsWith("[Serin] support-chat: a person is asked\n\n");
    }

    @Test
    @DisplayName(
            "links to the rollout where no gate is open, and to nothing where Serin has no address")
    void linksToTheRollout() {
        var start = new Entry.Started(NOON, "ada");
        assertThat(Message.of(occasion("support-chat"), start, PAGE).orElseThrow().mail())
                .endsWith("\nThe rollout: %s\n".formatted(PAGE));
        assertThat(Message.of(occasion("support-chat"), start, null).orElseThrow().mail())
                .doesNotContain("The rollout:")
                .contains("\nBy ada.\n");
    }

    @Test
    @DisplayName("writes no second line into a mail's subject, and calls nobody in Slack")
    void oneLine() {
        var start = new Entry.Started(NOON, "<!channel>");
        var message = Message.of(occasion("a\r\nBcc: eve@example.com"), start, null).orElseThrow();
        assertThat(message.mail().lines().findFirst())
                .contains("[Serin] a  Bcc: eve@example.com: started");
        assertThat(message.slack()).doesNotContain("<!channel>").contains("&lt;!channel&gt;");
    }

    private static Occasion occasion(String route) {
        var read = (PlanReading.Read) PlanReader.read(Server.plan("support-chat"), Known.NOTHING);
        return new Occasion(
                UUID.randomUUID(), route, null, read.file().plan(), false, List.of(), List.of());
    }
}
