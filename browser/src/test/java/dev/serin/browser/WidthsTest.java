package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ForcedColors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Every page, on any screen")
class WidthsTest {

    /// 1280 pixels at 400 % zoom are laid out as 320.
    private static final List<Integer> WIDTHS = List.of(320, 390, 1280, 2560);

    static final String TOO_WIDE =
            """
            () => {
              const root = document.documentElement;
              if (root.scrollWidth <= root.clientWidth) return [];
              const fits = (e) => e.getBoundingClientRect().right <= root.clientWidth + 0.5;
              return [...document.body.querySelectorAll('*')].filter((e) => !fits(e))
                .map((e) => e.tagName + '.' + e.getAttribute('class') + '#' + e.id).slice(0, 5);
            }
            """;

    /// Words in the colour of what they stand on, marks and pictures of which nothing is seen, and
    /// buttons without an edge.
    private static final String VANISHED =
            """
            () => {
              const clear = (c) => c === 'transparent' || c === 'none' || /^rgba.*, 0[)]$/.test(c);
              const ground = (e) => {
                for (let at = e; at; at = at.parentElement) {
                  const c = getComputedStyle(at).backgroundColor;
                  if (!clear(c)) return c;
                }
                const probe = document.body.appendChild(document.createElement('i'));
                probe.setAttribute('hidden', '');
                const canvas = CSS.supports('color', 'Canvas') ? 'Canvas' : 'white';
                probe.style.setProperty('color', canvas);
                const c = getComputedStyle(probe).color;
                probe.remove();
                return c;
              };
              const shown = (e) => e.checkVisibility({ visibilityProperty: true })
                && !e.closest('.spoken, .skip, .defs');
              const name = (e) => e.tagName + '.' + e.getAttribute('class') + ': '
                + e.textContent.trim().slice(0, 40);
              const words = [...document.body.querySelectorAll('*')].filter((e) => shown(e)
                && !e.closest('svg') && e.tagName !== 'OPTION'
                && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
                && getComputedStyle(e).color === ground(e));
              const drawn = (svg) => [...svg.querySelectorAll('path, rect, circle, line, text')]
                .some((s) => ['fill', 'stroke'].some((how) => {
                  const c = getComputedStyle(s)[how];
                  return !clear(c) && c !== ground(svg);
                }));
              const pictures = [...document.querySelectorAll('svg.mark, svg.picture, svg.tiny')]
                .filter((e) => shown(e) && !drawn(e));
              const buttons = [...document.querySelectorAll('button, .button, input, select, textarea')]
                .filter((e) => shown(e) && !['hidden', 'checkbox'].includes(e.type) && !e.closest('.editor-box')
                  && parseFloat(getComputedStyle(e).borderTopWidth) === 0);
              return [...words, ...pictures, ...buttons].map(name);
            }
            """;

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    @Test
    @DisplayName("never scrolls sideways, and shows all of itself in forced colours")
    void fits() throws Exception {
        var page = CHROMIUM.page();
        for (var path : paths(page)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.NONE));
            page.navigate(SERIN.url(path));
            unfold(page);
            for (int width : WIDTHS) {
                page.setViewportSize(width, 900);
                assertThat((List<?>) page.evaluate(TOO_WIDE))
                        .as("%s at %d pixels", path, width)
                        .isEmpty();
            }
            page.setViewportSize(1280, 900);
            page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
            assertThat((List<?>) page.evaluate(VANISHED))
                    .as("%s in forced colours", path)
                    .isEmpty();
        }
    }

    private static List<String> paths(Page page) throws Exception {
        var calls = new Calls(SERIN.url());
        var gate = calls.start(Calls.plan("widths-gate"));
        calls.send(gate, 300, 0);
        var bad = calls.start(Calls.plan("widths-bad"));
        calls.send(bad, 100, 60);
        var young =
                calls.start(Calls.plan("a-route-with-a-name-that-does-not-end-" + "x".repeat(60)));
        calls.send(young, 20, 0);
        await(page, gate, "Gate open");
        await(page, bad, "Rolled back");
        return new ArrayList<>(
                List.of(
                        "/",
                        "/?text=nothing+like+this",
                        "/rollouts/" + gate,
                        "/rollouts/" + bad,
                        "/rollouts/%s/calls".formatted(bad),
                        "/rollouts/" + young,
                        "/teams/everybody",
                        "/compare",
                        "/compare?run=%s&run=%s".formatted(gate, bad),
                        "/new",
                        "/new?from=" + gate,
                        "/name",
                        "/nowhere"));
    }

    private static void await(Page page, String rollout, String state) {
        page.navigate(SERIN.url("/rollouts/" + rollout));
        assertThat(page.locator("h1"))
                .containsText(state, new ContainsTextOptions().setTimeout(30_000));
    }

    private static void unfold(Page page) {
        page.evaluate(
                "() => document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    }
}
