package dev.serin.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.serin.server.provider.Kind;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A long event in a stream")
class StreamReaderTest {

    private static final int PIECE = 64;

    private final AnswerFacts facts = AnswerFacts.of(Kind.OPENAI);
    private final StreamReader reader = new StreamReader(facts, false, null);

    @Test
    @DisplayName("that comes in small pieces goes on whole, and is not copied for each of them")
    void isNotCopiedForEachPiece() {
        var event =
                "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\r\n\r\n"
                        .formatted("x".repeat(1 << 20));
        var sent = (event + event).getBytes(UTF_8);
        var on = Buffer.buffer(sent.length);
        long before = allocated();
        for (int i = 0; i < sent.length; i += PIECE) {
            on.appendBuffer(
                    reader.take(Arrays.copyOfRange(sent, i, Math.min(i + PIECE, sent.length))));
        }
        // One copy for each piece would come to 16 GB.
        assertThat(allocated() - before).isLessThan(100L * sent.length);
        on.appendBuffer(reader.end());
        assertThat(on.getBytes()).isEqualTo(sent);
        assertThat(facts.id()).isEqualTo("c");
        assertThat(facts.spoke()).isTrue();
        assertThat(reader.isBroken()).isFalse();
        assertThat(reader.isBetweenEvents()).isTrue();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
