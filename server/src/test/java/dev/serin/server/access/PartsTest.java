package dev.serin.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.web.access.AccessView;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A part in the demo")
class PartsTest {

    @Test
    @DisplayName("is one of three, each with the rights of one role and a name that proves nothing")
    void threeRoles() {
        assertThat(Parts.of(Mode.DEMO))
                .extracting(AccessView.Part::name)
                .containsExactly("Vera Viewer", "Otto Operator", "Ana Approver");
        assertThat(Parts.of(Mode.OPEN)).isEmpty();
        assertThat(rights("Vera Viewer")).isEqualTo(new Rights(false, false));
        assertThat(rights("Otto Operator")).isEqualTo(new Rights(true, false));
        assertThat(rights("Ana Approver")).isEqualTo(new Rights(false, true));
        assertThat(Parts.said(Mode.DEMO, "Ana Approver").by()).isEqualTo("Ana Approver (said)");
    }

    @Test
    @DisplayName("is played by its name only: whoever says another may do everything")
    void othersMayAll() {
        for (var name : Stream.of("Mira", "", "ana approver").toList()) {
            assertThat(rights(name)).isEqualTo(new Rights(true, true));
        }
        assertThat(Parts.said(Mode.OPEN, "Vera Viewer").may(Role.ADMIN, Grant.EVERY_TEAM)).isTrue();
    }

    private static Rights rights(String name) {
        return Rights.of(Parts.said(Mode.DEMO, name), Grant.COMMON_TEAM);
    }
}
