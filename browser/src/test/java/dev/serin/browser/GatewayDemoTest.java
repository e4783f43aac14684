package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A person at the demo over sockets")
class GatewayDemoTest {

    private static final double SOON_MS = 300_000;

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo("--gateway");
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    @Test
    @DisplayName("plays both, and sees the bad upgrade rolled back while the good one goes on")
    void playsBoth() {
        var page = CHROMIUM.page();
        page.navigate(SERIN.url("/"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Play both")).click();

        assertThat(page.locator("#scene-A")).containsText("At 5 %", soon());
        assertThat(page.locator("#scene-B")).containsText("Rolled back in", soon());
        assertThat(page.locator("#scene-A")).not().containsText("Rolled back");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(Pattern.compile("Watch\\s*scenario B")))
                .click();
        assertThat(page.locator("#sentence")).containsText("Rolled back", soon());
        assertThat(page.locator("article")).containsText("standin/gpt-4-bad");
        assertThat(page.locator("article").getByText("simulated")).hasCount(0);

        page.navigate(SERIN.url("/routes/support-chat"));
        assertThat(page.locator("dl.facts")).containsText("Provider standin");
        assertThat(CHROMIUM.complaints()).isEmpty();
    }

    private static LocatorAssertions.ContainsTextOptions soon() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON_MS);
    }
}
