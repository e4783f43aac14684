package dev.serin.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/// What a machine can see of WCAG 2.2 A and AA. A browser must let it in: `setBypassCSP(true)`.
final class Axe {

    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private Axe() {}

    /// Looks at an address, light and wide, dark and narrow.
    static void check(Page page, String url) {
        light(page);
        page.navigate(url);
        check(page, url, ColorScheme.LIGHT);
        dark(page);
        page.navigate(url);
        check(page, url, ColorScheme.DARK);
    }

    /// Looks at a page as it stands, which nobody could go to again, light and wide, dark and narrow.
    ///
    /// @param what names it where a rule is broken
    static void checkAsItIs(Page page, String what) {
        light(page);
        check(page, what, ColorScheme.LIGHT);
        dark(page);
        check(page, what, ColorScheme.DARK);
        light(page);
    }

    private static void light(Page page) {
        show(page, 1280, ColorScheme.LIGHT);
    }

    private static void dark(Page page) {
        show(page, 390, ColorScheme.DARK);
    }

    private static void show(Page page, int width, ColorScheme scheme) {
        page.setViewportSize(width, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        // A mark that fades keeps the colours of the scheme in which it began.
        page.evaluate(
                "document.querySelectorAll('.changed').forEach(mark => mark.classList.remove('changed'))");
    }

    private static void check(Page page, String what, ColorScheme scheme) {
        // Frames, of which no page has any, would be looked at in a page of their own each time.
        var found = new AxeBuilder(page).withTags(TAGS).setLegacyMode(true).analyze();
        assertThat(found.getPasses()).isNotEmpty();
        assertThat(found.getViolations())
                .as("%s, %s", what, scheme)
                .extracting(rule -> said(rule.getId(), rule.getNodes().getFirst()))
                .isEmpty();
    }

    private static String said(String rule, CheckedNode node) {
        return "%s: %s %s".formatted(rule, node.getHtml(), node.getFailureSummary());
    }
}
