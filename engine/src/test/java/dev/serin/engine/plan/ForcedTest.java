package dev.serin.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Callers who are forced to an arm")
class ForcedTest {

    private static final Forced FORCED =
            new Forced(
                    List.of(new Forced.Header("x-staff", List.of("yes", "on call"))),
                    List.of(
                            new Forced.Keys(List.of("acme", "globex")),
                            new Forced.Header("x-legal-hold", List.of())));

    @Test
    @DisplayName("are known by a header's value, or by a key")
    void areKnown() {
        assertThat(FORCED.shareOf("ann", Map.of("x-staff", " yes ")::get)).contains(Share.ALL);
        assertThat(FORCED.shareOf("globex", Map.<String, String>of()::get)).contains(Share.NONE);
        assertThat(FORCED.shareOf("ann", Map.of("x-legal-hold", "")::get)).contains(Share.NONE);
    }

    @Test
    @DisplayName("are no others than those that are named")
    void areNoOthers() {
        assertThat(FORCED.shareOf("ann", Map.of("x-staff", "no")::get)).isEmpty();
        assertThat(FORCED.shareOf("acme inc", Map.<String, String>of()::get)).isEmpty();
    }

    @Test
    @DisplayName("never get the candidate where both lists name them")
    void neverWins() {
        assertThat(FORCED.shareOf("acme", Map.of("x-staff", "yes")::get)).contains(Share.NONE);
    }

    @Test
    @DisplayName("are somebody")
    void areSomebody() {
        List<Forced.Who> nobody = List.of();
        assertThatThrownBy(() -> new Forced(nobody, nobody)).hasMessageContaining("leave it out");
        assertThatThrownBy(() -> new Forced.Keys(List.of())).hasMessageContaining("name one");
    }
}
