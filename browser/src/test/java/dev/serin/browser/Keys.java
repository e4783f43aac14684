package dev.serin.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/// A person who has no mouse.
final class Keys {

    private static final int MOST_LOOKS = 300;

    /// Where the focus is, seen from an element. It is asked in one look: a page that is brought up
    /// to date may replace the element between two.
    private static final String FOCUS =
            """
            element => {
              if (!element.isConnected) return 'REPLACED';
              if (element !== document.activeElement) return 'ELSEWHERE';
              const seen = [element, element.closest('.editor-box')].filter(Boolean);
              return seen.some((e) => getComputedStyle(e).outlineStyle !== 'none'
                && parseFloat(getComputedStyle(e).outlineWidth) >= 2) ? 'SHOWN' : 'HIDDEN';
            }
            """;

    private enum Focus {
        /// The element was replaced while it was looked at.
        REPLACED,
        ELSEWHERE,
        /// The element has the focus and does not show it.
        HIDDEN,
        SHOWN
    }

    private final Page page;

    Keys(Page page) {
        this.page = page;
    }

    /// Goes on with the Tab key until `wanted` has the focus, and sees it there.
    Keys to(Locator wanted) {
        wanted.waitFor();
        var focus = focus(wanted);
        for (int i = 0; i < MOST_LOOKS && focus != Focus.SHOWN && focus != Focus.HIDDEN; i++) {
            if (focus == Focus.ELSEWHERE) {
                page.keyboard().press("Tab");
            }
            focus = focus(wanted);
        }
        assertThat(focus)
                .as("the focus, once %s is reached with Tab", wanted)
                .isEqualTo(Focus.SHOWN);
        return this;
    }

    Keys press(String key) {
        page.keyboard().press(key);
        return this;
    }

    Keys type(String text) {
        page.keyboard().insertText(text);
        return this;
    }

    private static Focus focus(Locator wanted) {
        return Focus.valueOf((String) wanted.evaluate(FOCUS));
    }
}
