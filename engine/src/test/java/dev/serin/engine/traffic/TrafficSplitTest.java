package dev.serin.engine.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.engine.Oracle;
import dev.serin.engine.plan.Share;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A split")
class TrafficSplitTest {

    @ParameterizedTest
    @MethodSource
    @DisplayName("agrees with the reference implementation")
    void vectors(JsonNode it) {
        var split = new TrafficSplit(it.get("salt").asText());
        var key = it.get("key").asText();

        assertThat(Integer.toUnsignedLong(new Murmur3(it.get("salt").asText() + "/").of(key)))
                .isEqualTo(it.get("murmur3_x86_32").asLong());
        assertThat(split.bucketOf(key)).isEqualTo(it.get("bucket").asInt());
        for (int percent : new int[] {5, 25, 50}) {
            boolean candidate = split.armOf(key, Share.percent(percent)) == Arm.CANDIDATE;
            assertThat(candidate).isEqualTo(it.get("arm_at_" + percent).asBoolean());
        }
    }

    static Stream<JsonNode> vectors() {
        return Oracle.cases("hash_vectors");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("uses the published hash")
    void published(JsonNode it) {
        var text = it.get("text").asText();
        int seed = (int) it.get("seed").asLong();

        for (int cut = 0; cut <= text.length(); cut++) {
            int hash = new Murmur3(text.substring(0, cut), seed).of(text.substring(cut));
            assertThat(Integer.toUnsignedLong(hash)).isEqualTo(it.get("murmur3_x86_32").asLong());
        }
    }

    static Stream<JsonNode> published() {
        return Oracle.list("hash_vectors", "plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\ud83d", "\ude00", "a\ud83db", "\ud83d\ud83d\ude00", "\u07ff\u0800\uffff"})
    @DisplayName("encodes odd texts as Java does")
    void surrogates(String text) {
        var encoded = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(new Murmur3("s/").of(text)).isEqualTo(new Murmur3("s/" + encoded).of(""));
    }

    @Test
    @DisplayName("only adds keys to the candidate when the share rises")
    void monotone() {
        var split = new TrafficSplit("upgrade");
        for (int i = 0; i < 2000; i++) {
            var key = "user-" + i;
            Arm before = Arm.BASELINE;
            for (int percent = 0; percent <= 100; percent += 5) {
                Arm arm = split.armOf(key, Share.percent(percent));
                assertThat(before == Arm.CANDIDATE && arm == Arm.BASELINE).isFalse();
                before = arm;
            }
            assertThat(before).isEqualTo(Arm.CANDIDATE);
            assertThat(split.armOf(key, Share.NONE)).isEqualTo(Arm.BASELINE);
        }
    }

    @Test
    @DisplayName("gives the candidate its share of the keys")
    void share() {
        var split = new TrafficSplit("upgrade");
        int candidates = 0;
        for (int i = 0; i < 100_000; i++) {
            if (split.armOf("user-" + i, Share.percent(5)) == Arm.CANDIDATE) {
                candidates++;
            }
        }
        // 5,000 with a standard deviation of 69.
        assertThat(candidates).isBetween(4_793, 5_207);
    }
}
