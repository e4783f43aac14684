package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A browser without JavaScript")
class NoScriptTest {

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();

    @RegisterExtension
    static final Chromium CHROMIUM =
            new Chromium(new Browser.NewContextOptions().setJavaScriptEnabled(false));

    @Test
    @DisplayName("checks and starts a plan, and passes its gate")
    void decides() throws Exception {
        var page = CHROMIUM.page();
        page.navigate(SERIN.url("/new"));
        page.locator("#plan").fill(Calls.plan("no-script").replace("50%", "500%"));
        page.locator("#editor ~ .buttons button").first().click();
        assertThat(page.locator("#verdict")).containsText("keeps this plan from starting");
        page.locator("#plan").fill(Calls.plan("no-script"));
        page.locator("#editor ~ .buttons button").first().click();
        page.locator("#name-plan").fill("Ola");
        page.locator("#verdict button.first").click();

        var id = page.url().substring(page.url().lastIndexOf('/') + 1);
        new Calls(SERIN.url()).send(id, 300, 0);
        untilGate(page);
        page.locator("#gate button.first").first().click();
        assertThat(page.locator("#sentence")).containsText("Promoted");
        assertThat(page.locator(".journal")).containsText("Ola (said)");

        page.navigate(SERIN.url("/routes/no-script"));
        assertThat(page.locator("svg.timeline")).containsText("promoted");
        page.locator("form.actions p.buttons button").click();
        assertThat(page.locator("#sentence")).containsText("Promoted");
        page.navigate(SERIN.url("/routes/no-script"));
        assertThat(page.locator("svg.timeline")).containsText("put back");
    }

    private static void untilGate(Page page) {
        for (int i = 0; i < 60 && page.locator("#gate").count() == 0; i++) {
            page.waitForTimeout(500);
            page.reload();
        }
    }
}
