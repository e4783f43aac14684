package dev.serin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Settings that are asked for before Quarkus reads them")
class SettingsTest {

    private static final String FAMILY = "quarkus.oftests";
    private static final Set<String> KNOWN = Set.of(FAMILY + ".url");

    private String set = "";

    @AfterEach
    void unset() {
        System.clearProperty(set);
    }

    @Test
    @DisplayName("are no others than those that are known")
    void areNoOthers() {
        assertThat(Settings.areNoOthers(FAMILY, KNOWN)).isTrue();
        set(FAMILY + ".url");
        assertThat(Settings.areNoOthers(FAMILY, KNOWN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {FAMILY + ".jdbc.additional.sslmode", "%prod." + FAMILY + ".url", FAMILY})
    @DisplayName("are others where one more is set, or one of a profile")
    void areOthers(String other) {
        set(other);
        assertThat(Settings.areNoOthers(FAMILY, KNOWN)).isFalse();
    }

    private void set(String name) {
        set = name;
        System.setProperty(name, "any");
    }
}
