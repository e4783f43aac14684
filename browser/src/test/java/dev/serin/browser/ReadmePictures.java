package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `./serin screenshots --readme`: the pictures of the README and the guides, from the demo's data.
@DisplayName("The README's pictures")
class ReadmePictures {

    private static final Path IMAGES = Path.of("..", "docs", "images");
    private static final double GATE_LIMIT_MS = 300_000;

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo("--play");

    @RegisterExtension
    static final Chromium CHROMIUM =
            new Chromium(
                    new Browser.NewContextOptions()
                            .setBypassCSP(true)
                            .setViewportSize(1280, 980)
                            .setColorScheme(ColorScheme.LIGHT));

    @Test
    @DisplayName("show a gate and a plan that is being written")
    void take() {
        var page = CHROMIUM.page();
        page.navigate(SERIN.url("/"));
        var waits =
                page.locator(".waiting-item")
                        .filter(new FilterOptions().setHasText("support-chat"))
                        .locator(".button")
                        .first();
        assertThat(waits).isVisible(new IsVisibleOptions().setTimeout(GATE_LIMIT_MS));
        // Not down at the gate, where the button leads.
        page.navigate(SERIN.url(waits.getAttribute("href").replaceFirst("#.*", "")));
        assertThat(page.locator("#gate")).isVisible();
        take(page, "rollout");
        page.navigate(SERIN.url("/new"));
        page.locator("[formaction$='/new/example']").click();
        assertThat(page.locator("#verdict svg.ladder")).isVisible();
        page.locator("[formaction$='/new/fill']").click();
        assertThat(page.locator("#f-route")).hasValue("support-chat");
        take(page, "new");
    }

    private static void take(Page page, String name) {
        // What just changed is marked for a while; a picture would keep the mark.
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setStyle(
                                ".changed { animation: none !important; background: none !important; }")
                        .setPath(IMAGES.resolve(name + ".png")));
    }
}
