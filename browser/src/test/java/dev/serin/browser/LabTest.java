package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A person who tries a plan")
class LabTest {

    private static final double SOON_MS = 120_000;

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();

    @RegisterExtension
    static final Chromium CHROMIUM =
            new Chromium(new Browser.NewContextOptions().setBypassCSP(true));

    @Test
    @DisplayName("sees in the lab what it would do, with the operating characteristic as a picture")
    void lab() {
        var page = CHROMIUM.page();
        page.navigate(SERIN.url("/lab"));
        page.locator("#plan").fill(Calls.plan("lab") + "patience: 10m\n");
        keepOnly(page, "gpt-4-good", "twice-the-error-limit");
        page.locator("input[name=runs]").fill("30");
        page.locator(".lab-form button.first").click();
        page.waitForURL(Pattern.compile(".*/lab/[0-9a-f]+$"));
        assertThat(page.locator("h1"))
                .containsText("twice-the-error-limit rolled back in 100 %", soon());
        assertThat(page.locator("svg.operating").first()).isVisible();
        assertThat(page.locator(".lab-results")).containsText("gpt-4-good");
        assertThat(page.locator(".lab-results")).containsText("of 30");
        Axe.checkAsItIs(page, "a lab report");
    }

    @Test
    @DisplayName("stops a run that goes on, and keeps what was played")
    void stops() {
        var page = CHROMIUM.page();
        page.navigate(SERIN.url("/lab"));
        page.locator("input[name=runs]").fill("10000");
        page.locator(".lab-form button.first").click();
        assertThat(page.locator("progress")).isVisible();
        page.locator(".lab-progress button").click();
        assertThat(page.locator(".lab-results")).isVisible(visibleSoon());
        assertThat(page.locator("#live")).containsText("It was stopped");
    }

    @Test
    @DisplayName("judges a run that is over by another plan, from that run's page")
    void backtest() throws Exception {
        var page = CHROMIUM.page();
        var calls = new Calls(SERIN.url());
        var run = calls.start(Calls.plan("backtest"));
        calls.send(run, 100, 60);
        page.navigate(SERIN.url("/rollouts/" + run));
        assertThat(page.locator("#sentence")).containsText("Rolled back", soon());
        page.reload();
        page.locator("#backtest-form summary").click();
        page.locator("#other-plan").fill(Calls.plan("other").replace("10%", "90%"));
        page.locator("#backtest-form button").click();
        assertThat(page.locator("h1")).containsText("other plan");
        assertThat(page.locator(".columns")).containsText("What happened");
        assertThat(page.locator(".backtest-step").first()).containsText("judged on the run's step");
    }

    private static void keepOnly(Page page, String... names) {
        for (var box : page.locator("input[name=profile]").all()) {
            box.setChecked(java.util.List.of(names).contains(box.getAttribute("value")));
        }
    }

    private static LocatorAssertions.ContainsTextOptions soon() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON_MS);
    }

    private static LocatorAssertions.IsVisibleOptions visibleSoon() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(SOON_MS);
    }
}
