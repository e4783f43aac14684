package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Every page, light and wide, dark and narrow")
class AxeTest {

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();

    @RegisterExtension
    static final Chromium CHROMIUM =
            new Chromium(new Browser.NewContextOptions().setBypassCSP(true));

    @Test
    @DisplayName("breaks no rule of WCAG 2.2 A or AA that a machine can see")
    void breaksNoRule() throws Exception {
        var page = CHROMIUM.page();
        var calls = new Calls(SERIN.url());
        var gate = calls.start(Calls.plan("axe-gate"));
        calls.send(gate, 300, 0);
        var bad = calls.start(Calls.plan("axe-bad"));
        calls.send(bad, 100, 60);
        var young = calls.start(Calls.plan("axe-young"));
        calls.send(young, 20, 0);
        await(page, gate, "Gate open");
        await(page, bad, "Rolled back");
        for (var path :
                List.of(
                        "/",
                        "/?text=nothing+like+this",
                        "/rollouts/" + gate,
                        "/rollouts/" + bad,
                        "/rollouts/%s/calls".formatted(bad),
                        "/rollouts/" + young,
                        "/routes",
                        "/routes?after=zzz",
                        "/routes/axe-gate",
                        "/routes/axe-bad",
                        "/routes/nowhere",
                        "/teams/everybody",
                        "/teams/nobody",
                        "/compare",
                        "/compare?run=%s&run=%s".formatted(gate, bad),
                        "/compare?run=" + gate,
                        "/compare?run=%s&run=%s".formatted(gate, gate),
                        "/compare?run=%s&run=nobody".formatted(gate),
                        "/new",
                        "/new?from=" + gate,
                        "/lab",
                        "/lab?from=" + gate,
                        "/rollouts/" + bad + "/backtest",
                        "/name",
                        "/settings/me",
                        "/nowhere")) {
            Axe.check(page, SERIN.url(path));
        }
    }

    @Test
    @DisplayName("breaks none where a plan or a form is wrong either")
    void breaksNoRuleInErrors() {
        var page = CHROMIUM.page();
        page.navigate(SERIN.url("/new"));
        page.locator("#plan").fill("route: odd\nsteps:\n  - { share: 500% }\nnonsense: 1\n");
        assertThat(page.locator("#verdict")).containsText("a share is 0% to 100%");
        Axe.checkAsItIs(page, "/new with a wrong plan");
        page.navigate(SERIN.url("/new"));
        page.locator("#f-step-0-share").fill("500%");
        page.locator(".plan-fields > .buttons button").first().click();
        assertThat(page.locator(".plan-fields .entry.wrong").first()).isVisible();
        Axe.checkAsItIs(page, "/new with a wrong form");
    }

    private static void await(Page page, String rollout, String state) {
        page.navigate(SERIN.url("/rollouts/" + rollout));
        assertThat(page.locator("#sentence"))
                .containsText(state, new ContainsTextOptions().setTimeout(30_000));
    }
}
