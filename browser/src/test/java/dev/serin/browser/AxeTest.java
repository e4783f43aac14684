package dev.serin.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Every page, light and wide, dark and narrow")
class AxeTest {

    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

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
                        "/new",
                        "/new?from=" + gate,
                        "/lab",
                        "/lab?from=" + gate,
                        "/rollouts/" + bad + "/backtest",
                        "/name",
                        "/settings/me",
                        "/nowhere")) {
            check(page, path, ColorScheme.LIGHT, 1280);
            check(page, path, ColorScheme.DARK, 390);
        }
    }

    private static void check(Page page, String path, ColorScheme scheme, int width) {
        page.setViewportSize(width, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.navigate(SERIN.url(path));
        var found = new AxeBuilder(page).withTags(TAGS).analyze();
        assertThat(found.getPasses()).isNotEmpty();
        assertThat(found.getViolations())
                .as("%s, %s, %d px", path, scheme, width)
                .extracting(rule -> said(rule.getId(), rule.getNodes().getFirst()))
                .isEmpty();
    }

    private static String said(String rule, CheckedNode node) {
        return "%s: %s %s".formatted(rule, node.getHtml(), node.getFailureSummary());
    }

    private static void await(Page page, String rollout, String state) {
        page.navigate(SERIN.url("/rollouts/" + rollout));
        page.locator("#sentence", new Page.LocatorOptions().setHasText(state))
                .waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setTimeout(30_000));
    }
}
