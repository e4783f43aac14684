package dev.serin.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.TimeoutError;

/// Presses a button as a person does: once more if nothing comes of it.
final class Presses {

    private static final int TRIES = 3;
    private static final double PATIENCE_MS = 15_000;

    private Presses() {}

    /// @param begun is there once the press was heard
    static void until(Locator button, Locator begun) {
        for (int tries = 1; ; tries++) {
            if (button.isVisible()) {
                button.click();
            }
            try {
                begun.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MS));
                return;
            } catch (TimeoutError e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
