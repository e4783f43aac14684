package dev.serin.web.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A moment")
class TimesTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2,just now",
        "40,40 s ago",
        "250,4 min ago",
        "7300,2 h ago",
        "300000,3 d ago",
        "-250,in 4 min",
        "9000000,12 Aug 2026"
    })
    @DisplayName("is said as somebody says it who looks at it now")
    void relative(long secondsAgo, String words) {
        assertThat(Times.seen(NOON.minusSeconds(secondsAgo), NOON).words()).isEqualTo(words);
    }

    @Test
    @DisplayName("keeps its exact time behind its words")
    void exact() {
        assertThat(Times.seen(NOON.minusSeconds(250), NOON).html().getValue())
                .isEqualTo(
                        "<time datetime=\"2026-11-24T11:55:50Z\" title=\"2026-11-24 11:55:50 UTC\" data-relative>4 min"
                                + " ago</time>");
    }
}
