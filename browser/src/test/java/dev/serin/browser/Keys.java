package dev.serin.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/// A person who has no mouse.
final class Keys {

    private static final int MOST_TABS = 300;

    private static final String IS_FOCUSED = "element => element === document.activeElement";

    private static final String SHOWS_FOCUS =
            """
            element => {
              const seen = [element, element.closest('.editor-box')].filter(Boolean);
              return seen.some((e) => getComputedStyle(e).outlineStyle !== 'none'
                && parseFloat(getComputedStyle(e).outlineWidth) >= 2);
            }
            """;

    private final Page page;

    Keys(Page page) {
        this.page = page;
    }

    /// Goes on with the Tab key until `wanted` has the focus, and sees it there.
    Keys to(Locator wanted) {
        wanted.waitFor();
        for (int i = 0; i < MOST_TABS && !isFocused(wanted); i++) {
            page.keyboard().press("Tab");
        }
        assertThat(isFocused(wanted)).as("%s is reached with Tab", wanted).isTrue();
        assertThat((Boolean) wanted.evaluate(SHOWS_FOCUS)).as("%s shows it", wanted).isTrue();
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

    private static boolean isFocused(Locator wanted) {
        return (Boolean) wanted.evaluate(IS_FOCUSED);
    }
}
