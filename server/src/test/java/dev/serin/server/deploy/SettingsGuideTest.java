package dev.serin.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The guide to the settings")
class SettingsGuideTest {

    private static final String GUIDE = "docs/settings.md";

    @Test
    @DisplayName("has each setting of the code, with its default and its words")
    void complete() throws IOException {
        var made = SettingsGuide.write();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(Root.of(GUIDE), made);
        }
        assertThat(Root.text(GUIDE))
                .as("%s; written anew with -Ddocs.write=true", GUIDE)
                .isEqualTo(made);
    }
}
